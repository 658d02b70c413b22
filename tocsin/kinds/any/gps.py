"""A place on Earth as decimal degrees: a pair, or one coordinate under its header."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Boundary, Category, Drop, Example, Kind, Needs, Swap

LATITUDE = "[+-]?(?:90[.]0{4,15}|[0-8]?[0-9][.][0-9]{4,15})"
LONGITUDE = "[+-]?(?:180[.]0{4,15}|(?:1[0-7][0-9]|0?[0-9]?[0-9])[.][0-9]{4,15})"


def fake(rng: random.Random) -> str:
    """A pair of coordinates in a square around France, four to seven decimals."""
    decimals = rng.randrange(4, 8)
    latitude, longitude = rng.uniform(42.0, 51.0), rng.uniform(-4.5, 8.0)
    return f"{latitude:.{decimals}f}{rng.choice((', ', ',', ';', ' '))}{longitude:.{decimals}f}"


KIND = Kind(
    name="any.gps",
    label={"fr": "position GPS", "en": "GPS position"},
    category=Category.LOCATION,
    pattern=f"{LATITUDE}(?:[ ]?[,;/][ ]?|[ ]){LONGITUDE}|{LONGITUDE}",
    boundary=Boundary.ADDRESS,
    normalise=(Drop("+"), Swap("^([0-9.-]+)[ ]?[,;/ ][ ]?([0-9.-]+)$", "${1},${2}")),
    needs=Needs.CONTEXT,
    headers=(
        "gps",
        "coordonnees gps",
        "position gps",
        "coord gps",
        "latitude",
        "longitude",
        "lat",
        "lng",
        "lon",
        "long lat",
        "lat long",
        "lat lng",
        "latlong",
        "latlng",
        "geolocalisation",
        "geoloc",
        "geo point",
        "geopoint",
        "geo lat",
        "geo lon",
        "coordonnees geographiques",
        "coordinates",
        "gps latitude",
        "gps lat",
        "gps lng",
        "gps lon",
        "gps long",
        "gps longitude",
        "geolocation",
        "last location",
        "position lat",
        "position lng",
    ),
    context=(
        "gps",
        "latitude",
        "longitude",
        "lat",
        "lon",
        "lng",
        "coordonnées",
        "position",
        "coordinates",
        "geo",
    ),
    fake=fake,
    valid=(
        Example(value="48.198634,16.371648", source="RFC 5870, section 6.1 (geo:48.198634,16.371648)"),
        Example(
            value="-48.876667,-123.393333",
            source="Wikipedia, Pole of inaccessibility, decimal degrees of Point Nemo",
        ),
        Example(
            value="48.2010,16.3695",
            source="RFC 5870, section 6.1 (geo:48.2010,16.3695,183), without altitude",
        ),
    ),
    invalid=("91.12345, 2.3522", "48.8566, 181.35220", "48.85, 2.35", "248.85661"),
    in_text=(
        ("Position GPS : 48.85661, 2.35222 (parvis).", ("48.85661, 2.35222",)),
        ("Coordinates 48.198634,16.371648 were logged at noon.", ("48.198634,16.371648",)),
        ("La moyenne passe de 12.5 à 13.25.", ()),
    ),
    citations=(
        Citation(
            title="RFC 5870, A Uniform Resource Identifier for Geographic Locations ('geo' URI) (abstract read)",
            url="https://www.rfc-editor.org/rfc/rfc5870",
            quote="The default coordinate reference system used is the World Geodetic System 1984 (WGS-84).",
            checked_on=date(2026, 11, 21),
            verification=Verification.PRIMARY,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#GPSCoordinate",
    show=(2, 0),
    note={
        "fr": "Degrés décimaux à point, quatre décimales au moins (une dizaine de mètres). Les degrés, minutes et "
        "secondes et la virgule décimale ne sont pas reconnus. L'en-tête ou le contexte est nécessaire.",
        "en": "Decimal degrees with a point, four decimals at least (some ten metres). Degrees, minutes and seconds and "
        "the decimal comma are not recognised. A header or context is needed.",
    },
)
