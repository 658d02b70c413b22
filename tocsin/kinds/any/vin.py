"""The serial number of a vehicle (VIN): seventeen characters without I, O and Q; the key is North America's."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Called
from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.making import digits

VALUES = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", (*range(10), *range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True))
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def known(value: str) -> bool:
    """The ninth character is the key, or the maker is European (which has no key); letters and digits are mixed."""
    if len(value) != 17 or any(char not in VALUES for char in value) or not any(char.isdigit() for char in value[9:]):
        return False
    key = sum(VALUES[char] * weight for char, weight in zip(value, WEIGHTS, strict=True)) % 11
    return "0123456789X"[key] == value[8] or value[0] in "STUVWXYZ" and value[13:].isdigit()


def fake(rng: random.Random) -> str:
    """A number of the form of a French or German maker, of no vehicle in particular."""
    signs = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    return f"{rng.choice(('VF1', 'VF3', 'VF7', 'WBA', 'WVW', 'VSS'))}{''.join(rng.choice(signs) for _ in range(8))}{digits(rng, 6)}"


KIND = Kind(
    name="any.vin",
    label={"fr": "numéro de série d'un véhicule (VIN)", "en": "vehicle identification number (VIN)"},
    category=Category.DEVICE,
    pattern="[0-9A-HJ-NPR-Z]{12}[0-9]{5}|[0-9A-HJ-NPR-Z]{16}[0-9A-HJ-NPR-Z]",
    check=Called(known),
    chance=0.15,
    needs=Needs.CONTEXT,
    headers=("vin", "num vin", "numero vin", "code vin", "numero de serie vehicule", "numero serie vehicule", "chassis", "numero chassis", "num chassis", "vin number", "vehicle id"),
    context=("vin", "châssis", "numéro de série du véhicule", "chassis", "immatriculé", "carte grise", "vehicle"),
    fake=fake,
    valid=examples("ISO 3779 and 49 CFR 565, numbers quoted as examples by many programs", "1M8GDM9AXKP042788", "5GZCZ43D13S812715", "1HGCM82633A004352"),
    invalid=("1M8GDM9AXKP042789", "1M8GDM9AXKPO42788", "1M8GDM9AXKP04278"),
    in_text=(
        ("Véhicule immatriculé, VIN 1M8GDM9AXKP042788.", ("1M8GDM9AXKP042788",)),
        ("Chassis: VF1AB000012345678", ("VF1AB000012345678",)),
        ("Le châssis du lit est en hêtre.", ()),
    ),
    citations=(remembered("49 CFR 565.15: check digit of the vehicle identification number", "https://www.ecfr.gov/current/title-49/section-565.15"),),
    dpv="https://w3id.org/dpv/pd#VehicleRegistrationNumber",
    show=(3, 0),
    note={
        "fr": "La clé n'est d'usage qu'en Amérique du Nord ; ailleurs seule la forme est vérifiée : l'en-tête ou le contexte est nécessaire.",
        "en": "The key is in use in North America only; elsewhere only the form is checked: a header or context is needed.",
    },
)
