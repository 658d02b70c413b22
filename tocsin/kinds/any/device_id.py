"""The identifier of a device or an installation: a UUID or a long hexadecimal word that follows somebody about."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Lower, Needs


def fake(rng: random.Random) -> str:
    """An identifier of one of two forms, of no device in particular."""
    word = f"{rng.getrandbits(128):032x}"
    return f"{word[:8]}-{word[8:12]}-4{word[13:16]}-a{word[17:20]}-{word[20:]}" if rng.random() < 0.7 else word[:16]


KIND = Kind(
    name="any.device_id",
    label={"fr": "identifiant d'appareil", "en": "device identifier"},
    category=Category.DEVICE,
    pattern="[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}|[0-9a-f]{16}|[0-9A-F]{16}|[0-9a-f]{40}|[0-9a-f]{32}",
    normalise=(Lower(),),
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=(
        "device id", "deviceid", "device uuid", "device identifier", "device token", "android id", "androidid", "udid", "identifiant appareil",
        "id appareil", "id terminal", "identifiant terminal", "terminal id", "installation id", "install id", "vendor id", "idfv", "hardware id",
        "hwid", "push token", "phone id", "mobile id",
    ),
    context=("device id", "device_id", "deviceid", "android_id", "udid", "identifiant d'appareil", "identifiant de l'appareil", "idfv", "device identifier"),
    fake=fake,
    valid=examples("RFC 9562 (form of a UUID and appendix A), and the ANDROID_ID known from emulators", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "919108f7-52d1-4320-9bac-f847db4148a8", "9774d56d682e549c"),
    invalid=("f81d4fae-7dec-11d0-a765", "9774d56d682e549", "zzzz"),
    in_text=(
        ("device_id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6 os=android", ("f81d4fae-7dec-11d0-a765-00a0c91e6bf6",)),
        ("Identifiant d'appareil : 9774d56d682e549c", ("9774d56d682e549c",)),
        ("request 919108f7-52d1-4320-9bac-f847db4148a8 served", ()),
    ),
    citations=(
        remembered("RFC 9562: Universally Unique IDentifiers", "https://www.rfc-editor.org/rfc/rfc9562"),
        remembered("Règlement (UE) 2016/679, considérant 30", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),
    ),
    dpv="https://w3id.org/dpv/pd#DeviceBased",
    show=(2, 0),
    note={
        "fr": "Un UUID peut désigner n'importe quoi : l'en-tête ou le contexte dit qu'il désigne un appareil.",
        "en": "A UUID may point to anything: the header or context says that it points to a device.",
    },
)
