"""The address of a network card (MAC): six pairs of hexadecimal digits."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Boundary, Category, Drop, Example, Kind, Lower, Swap

PAIR = "[0-9A-Fa-f][0-9A-Fa-f]"
SIX = ":".join(f"${{{number}}}" for number in range(1, 7))


def fake(rng: random.Random) -> str:
    """A locally administered address, so that it is no maker's, in one of the usual writings."""
    pairs = [f"{rng.randrange(256):02x}" for _ in range(6)]
    pairs[0] = f"{rng.randrange(64) * 4 + 2:02x}"
    way = rng.randrange(4)
    if way == 0:
        return "-".join(pairs).upper()
    if way == 1:
        return ".".join("".join(pairs[at : at + 2]) for at in (0, 2, 4))
    return ":".join(pairs) if way == 2 else ":".join(pairs).upper()


DOCTEST = "python-stdnum (GitHub), tests/test_mac.doctest"
KIND = Kind(
    name="any.mac",
    label={"fr": "adresse MAC d'un appareil", "en": "device MAC address"},
    category=Category.DEVICE,
    pattern=(f"{PAIR}(?::{PAIR}){{5}}|{PAIR}(?:-{PAIR}){{5}}|{PAIR}{PAIR}(?:[.]{PAIR}{PAIR}){{2}}"),
    boundary=Boundary.ADDRESS,
    normalise=(Drop(":-. "), Lower(), Swap("^" + f"({PAIR})" * 6 + "$", SIX)),
    headers=(
        "mac",
        "adresse mac",
        "mac address",
        "macaddress",
        "mac addr",
        "adr mac",
        "mac appareil",
        "mac wifi",
        "wifi mac",
        "mac ethernet",
        "device mac",
        "bssid",
        "mac client",
    ),
    context=("mac", "wifi", "wi-fi", "ethernet", "bssid", "adresse physique"),
    fake=fake,
    valid=(
        Example(value="D0-50-99-84-A2-A0", source="python-stdnum 2.2, documentation of stdnum.mac"),
        Example(value="2c:76:8a:ad:f2:74", source=DOCTEST),
        Example(value="fe:54:00:76:07:0a", source=DOCTEST),
    ),
    invalid=("zz:50:99:84:a2:a0", "00:00:00:00:00", "123:23:45:67:89:00", "d0:50-99:84-a2:a0"),
    in_text=(
        ("Imprimante vue à l'adresse MAC d0:50:99:84:a2:a0 cette nuit.", ("d0:50:99:84:a2:a0",)),
        ("The access point is D0-50-99-84-A2-A0.", ("D0-50-99-84-A2-A0",)),
        ("Rendez-vous à 12:30:45 devant la salle.", ()),
    ),
    citations=(
        Citation(
            title="python-stdnum 2.2, stdnum.mac",
            url="https://arthurdejong.org/python-stdnum/doc/2.2/stdnum.mac",
            quote="A media access control address (MAC address, sometimes Ethernet address) of a device is meant as a "
            "unique identifier within a network at the data link layer.",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(title="IEEE 802, EUI-48"),
    ),
    dpv="https://w3id.org/dpv/pd#MACAddress",
    show=(2, 0),
    note={
        "fr": "Aucune clé : la forme seule parle. Douze chiffres hexadécimaux sans séparateur ne sont pas reconnus.",
        "en": "No key: the shape alone speaks. Twelve hexadecimal digits without separator are not recognised.",
    },
)
