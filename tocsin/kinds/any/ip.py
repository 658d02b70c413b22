"""An internet address (IPv4 or IPv6); private ranges count too."""

from __future__ import annotations

import ipaddress
import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Boundary, Category, Example, Kind, Lower, Through

OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])"
GROUP = "[0-9A-Fa-f]{1,4}"
FIRST = "(?:[23][0-9A-Fa-f]{3}|[Ff][C-Fc-f][0-9A-Fa-f]{2})"
V4 = f"{OCTET}(?:[.]{OCTET}){{3}}"
# A global, local or multicast first group; then all eight groups, or some, a double colon and the rest.
V6 = "|".join(
    [f"{FIRST}(?::{GROUP}){{7}}"]
    + [f"{FIRST}(?::{GROUP}){{{before}}}:(?::{GROUP}){{1,{6 - before}}}" for before in range(5, -1, -1)]
    + [f"{FIRST}(?::{GROUP}){{0,6}}::"]
)


def canonical(value: str) -> str:
    """One writing of one address (RFC 5952); what is no address stays as it is."""
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        return value


def fake(rng: random.Random) -> str:
    """An address of a documentation or private range (RFC 5737, 3849, 1918), so that it is nobody's."""
    if rng.random() < 0.25:
        return str(ipaddress.IPv6Address((0x20010DB8 << 96) | rng.getrandbits(64)))
    network = rng.choice(
        ("192.0.2", "198.51.100", "203.0.113", f"10.{rng.randrange(256)}.{rng.randrange(256)}")
    )
    return f"{network}.{rng.randrange(1, 255)}"


KIND = Kind(
    name="any.ip",
    label={"fr": "adresse IP", "en": "IP address"},
    category=Category.DEVICE,
    pattern=f"{V6}|{V4}",
    boundary=Boundary.ADDRESS,
    normalise=(Lower(), Through(canonical)),
    headers=(
        "ip",
        "adresse ip",
        "ip address",
        "ipaddress",
        "ip addr",
        "adr ip",
        "ip client",
        "client ip",
        "remote ip",
        "remote addr",
        "ip source",
        "src ip",
        "source ip",
        "dst ip",
        "ip destination",
        "last ip",
        "last login ip",
        "login ip",
        "ip connexion",
        "ip inscription",
        "signup ip",
        "registration ip",
        "ipv4",
        "ipv6",
        "x forwarded for",
    ),
    context=("ip", "ipv4", "ipv6", "adresse ip", "connexion", "login", "serveur", "host"),
    fake=fake,
    valid=(
        Example(value="192.0.2.1", source="RFC 5737, block 192.0.2.0/24 for documentation"),
        Example(value="203.0.113.255", source="RFC 5737, block 203.0.113.0/24 for documentation"),
        Example(value="2001:db8:0:0::1", source="RFC 5952, section 2.2, as erratum 4985 quotes it"),
        Example(value="2001:db8::1", source="RFC 5952, section 2.2, as erratum 4985 quotes it"),
    ),
    invalid=("256.1.1.1", "192.0.2", "1.2.3.4.5", "2001:db8:::1", "2001:db8", "01.2.3.4"),
    in_text=(
        ("Connexion depuis l'IP 192.0.2.146 à 3 h.", ("192.0.2.146",)),
        ("Requests came from 2001:db8::8a2e:370:7334.", ("2001:db8::8a2e:370:7334",)),
        ("Version 10.0.19041.1.2 du système, voir la section 4.2.1.", ()),
    ),
    citations=(
        Citation(
            title="RFC 5737, IPv4 Address Blocks Reserved for Documentation",
            url="https://www.rfc-editor.org/rfc/rfc5737",
            quote="The blocks 192.0.2.0/24 (TEST-NET-1), 198.51.100.0/24 (TEST-NET-2), and 203.0.113.0/24 (TEST-NET-3)",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="RFC 5952, A Recommendation for IPv6 Address Text Representation (abstract read)",
            url="https://www.rfc-editor.org/rfc/rfc5952",
            quote="This document defines a canonical textual representation format.",
            checked_on=date(2026, 11, 21),
            verification=Verification.PRIMARY,
        ),
        Citation(title="RFC 4291, IP Version 6 Addressing Architecture, section 2.2 and 2.4"),
    ),
    dpv="https://w3id.org/dpv/pd#IPAddress",
    show=(3, 0),
    note={
        "fr": "Aucune clé : la forme seule parle ; quatre nombres séparés de points peuvent être un numéro de version. "
        "Une adresse IPv6 doit commencer par un groupe de quatre chiffres d'une plage globale, locale ou multidiffusion.",
        "en": "No key: the shape alone speaks; four numbers between dots may be a version number. An IPv6 address must "
        "begin with a group of four digits of a global, local or multicast range.",
    },
)
