"""The advertising identifier of a telephone (IDFA, GAID): a UUID under which somebody is followed from one program to another."""

from __future__ import annotations

import random

from tocsin.kinds.cited import examples, remembered
from tocsin.kinds.kind import Category, Kind, Lower, Needs


def fake(rng: random.Random) -> str:
    """An identifier of the right form, of no telephone in particular."""
    word = f"{rng.getrandbits(128):032x}"
    made = f"{word[:8]}-{word[8:12]}-4{word[13:16]}-b{word[17:20]}-{word[20:]}"
    return made.upper() if rng.random() < 0.4 else made


KIND = Kind(
    name="any.advertising_id",
    label={"fr": "identifiant publicitaire d'appareil", "en": "advertising identifier of a device"},
    category=Category.DEVICE,
    pattern="[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
    normalise=(Lower(),),
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=(
        "advertising id", "advertisingid", "ad id", "adid", "idfa", "gaid", "aaid", "google advertising id", "google ad id", "maid", "mobile ad id",
        "identifiant publicitaire", "id publicitaire", "advertiser id device", "ifa", "rdid",
    ),
    context=("advertising id", "advertising_id", "idfa", "gaid", "aaid", "adid", "identifiant publicitaire", "maid"),
    fake=fake,
    valid=(
        *examples("Google Play services, documentation of the advertising identifier", "38400000-8cf0-11bd-b23e-10b96e40000d"),
        *examples("Apple, ASIdentifierManager: what is given where tracking is refused", "00000000-0000-0000-0000-000000000000"),
        *examples("RFC 9562, form of a UUID", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"),
    ),
    invalid=("38400000-8cf0-11bd-b23e", "38400000"),
    in_text=(
        ("idfa=38400000-8cf0-11bd-b23e-10b96e40000d lat=0", ("38400000-8cf0-11bd-b23e-10b96e40000d",)),
        ("Identifiant publicitaire : 38400000-8cf0-11bd-b23e-10b96e40000d", ("38400000-8cf0-11bd-b23e-10b96e40000d",)),
        ("trace 38400000-8cf0-11bd-b23e-10b96e40000d", ()),
    ),
    citations=(remembered("Android developers, Advertising ID", "https://developers.google.com/android/reference/com/google/android/gms/ads/identifier/AdvertisingIdClient"),),
    dpv="https://w3id.org/dpv/pd#DeviceBased",
    show=(2, 0),
    note={
        "fr": "Un UUID peut désigner n'importe quoi : l'en-tête ou le contexte est nécessaire.",
        "en": "A UUID may point to anything: a header or context is needed.",
    },
)
