"""The number of a mobile subscriber (IMSI), kept in the SIM: country, network, subscriber; no key."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Number, Within
from tocsin.kinds.cited import examples, remembered, stdnum
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import digits


# Mobile country codes: 2 Europe, 3 North America, 4 Asia, 5 Oceania, 6 Africa, 7 South America, 9 the world (ITU-T E.212).
def fake(rng: random.Random) -> str:
    """A number of a French or neighbouring network's form, of nobody in particular."""
    return f"{rng.choice(('20801', '20810', '20815', '20820', '20601', '22801', '26201'))}{digits(rng, 10)}"


KIND = Kind(
    name="any.imsi",
    label={"fr": "identifiant d'abonné mobile (IMSI)", "en": "mobile subscriber identity (IMSI)"},
    category=Category.DEVICE,
    pattern="[2-79][0-9]{14}",
    check=Within(Number(0, 3), 202, 901),
    chance=0.96,
    needs=Needs.CONTEXT,
    headers=("imsi", "num imsi", "numero imsi", "no imsi", "imsi number", "sim imsi", "code imsi", "subscriber imsi"),
    context=("imsi",),
    fake=fake,
    valid=examples("imsi", "429011234567890", "310150123456789", "460001234567890"),
    invalid=("829011234567890", "42901123456789", "201011234567890"),
    in_text=(
        ("Carte SIM, IMSI 208011234567890.", ("208011234567890",)),
        ("IMSI: 310150123456789", ("310150123456789",)),
        ("La référence 208011234567890 est celle du colis.", ()),
    ),
    citations=(stdnum("imsi"), remembered("ITU-T E.212, 3GPP TS 23.003 clause 2.2")),
    dpv="https://w3id.org/dpv/pd#DeviceBased",
    show=(5, 0),
)
