"""The name of a street without its number, known by the type of way it begins with."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Kind, Needs

# Types of way as lists.key writes them, short forms included; the first 20 are those that fakes use.
WAYS = tuple(
    "rue avenue boulevard place chemin impasse route allee quai cours square passage sentier faubourg lotissement"
    " esplanade promenade ruelle venelle montee traverse voie mail parvis residence cite hameau villa clos domaine"
    " rond_point lieu_dit quartier zone za zi zac galerie porte pont rocade chaussee cour enclos ilot parc digue"
    " escalier levee rampe sente vallon av ave bd bld boul blvd bvd pl ch che chem imp rte all sq pass fg fbg lot"
    " lotiss res resid qu crs r bat batiment immeuble street road lane drive".replace("_", "@").split()
)
WAYS = tuple(way.replace("@", " ") for way in WAYS)
NAMES = (
    "Tilleuls Lilas Acacias Peupliers Marronniers Platanes Glycines Hirondelles Alouettes Rossignols Moulins"
    " Fontaines Remparts Lavoirs Vignes Vergers Prairies Jardins Coteaux Sources Saules Noisetiers Cerisiers Bleuets"
    " Coquelicots Tanneurs Tisserands Potiers Carriers Meuniers Bateliers"
).split()


def fake(rng: random.Random) -> str:
    """A type of way and a common noun in the plural: streets that exist everywhere and lead to nobody."""
    way = rng.choice(WAYS[:8])
    return f"{way.capitalize() if rng.random() < 0.5 else way} des {rng.choice(NAMES)}"


KIND = Kind(
    name="any.street",
    label={"fr": "nom de voie", "en": "street name"},
    category=Category.CONTACT,
    lexicon="ways",
    needs=Needs.HEADER,
    headers=(
        "voie",
        "nom voie",
        "libelle voie",
        "nom de la voie",
        "rue",
        "nom rue",
        "street",
        "street name",
        "lib voie",
        "adresse voie",
        "type et nom de voie",
        "strasse",
    ),
    fake=fake,
    citations=(
        Citation(
            title="La Poste, Service national de l’adresse, la voie (ligne 4)",
            url="http://www.laposte.fr/sna/article.php3?id_article=661",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
)
