"""The number under which an organisation knows a customer, member, patient or employee."""

from __future__ import annotations

import random

from tocsin.citation import Citation
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Upper


def fake(rng: random.Random) -> str:
    """A letter or two and six to nine digits, or digits alone."""
    digits = str(rng.randrange(10**5, 10**9))
    return rng.choice((digits, f"C{digits}", f"CL-{digits}", f"P{digits}"))


KIND = Kind(
    name="any.customer_number",
    label={"fr": "numéro de client, d’adhérent ou de patient", "en": "customer, member or patient number"},
    category=Category.PSEUDONYM,
    pattern="[A-Za-z]{0,4}[_/-]?[0-9][0-9A-Za-z_/-]{2,18}[0-9]",
    normalise=(Drop(" _/-"), Upper()),
    needs=Needs.CONTEXT,
    headers=(
        "numero client", "num client", "no client", "n client", "id client", "code client", "client id", "client number",
        "customer number", "customer id", "customer no", "cust id", "numero adherent", "num adherent", "id adherent",
        "numero patient", "num patient", "id patient", "patient id", "patient number", "ipp", "numero dossier patient",
        "numero abonne", "num abonne", "id abonne", "subscriber id", "numero membre", "member id", "member number",
        "membership number", "matricule", "numero matricule", "employee id", "employee number", "emp id", "staff id",
        "account number", "account no", "numero compte client", "numero allocataire", "numero assure", "numero usager",
        "id usager", "carte fidelite", "numero carte fidelite", "loyalty number", "loyalty card", "user id",
        "id utilisateur", "identifiant client", "identifiant patient", "mrn",
    ),
    context=(
        "numéro client", "n° client", "numéro de client", "code client", "client n°", "numéro adhérent",
        "numéro d’adhérent", "numéro d'adhérent", "matricule", "ipp", "numéro patient", "customer number",
        "customer id", "patient id", "member number", "employee id",
    ),
    fake=fake,
    invalid=("12", "ABC", "client", "A" * 30, "12/03 14"),
    in_text=(
        ("Votre numéro client : CL-204518 (à rappeler).", ("CL-204518",)),
        ("Customer number 88120456, please quote it.", ("88120456",)),
        ("La ligne 88120456 du journal ne dit rien de personne.", ()),
    ),
    citations=(Citation(title="no public rule: every organisation has its own form"),),
    note={
        "fr": "aucune règle publique : seuls l’en-tête ou le contexte le prouvent",
        "en": "no public rule: only a header or a context proves it",
    },
    dpv="https://w3id.org/dpv/pd#UID",
    show=(0, 2),
)
