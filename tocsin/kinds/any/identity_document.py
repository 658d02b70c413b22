"""A copy of an identity document: card, passport, residence permit or driving licence, read from its scan."""

from __future__ import annotations

import random

from tocsin.kinds.against import ARTICLE, ARTICLE_TWICE, BILL, MACHINE, OFFER, TERMS
from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind, Sign


def fake(rng: random.Random) -> str:
    """A passport's page in one line, of nobody in particular."""
    return (
        f"RÉPUBLIQUE FRANÇAISE — PASSEPORT / PASSPORT — Nom / Surname COLLINE — Prénoms / Given names CAMILLE — Nationalité / Nationality Française — Sexe / Sex F — "
        f"Date de naissance / Date of birth 03 05 1961 — Lieu de naissance / Place of birth BREST — Date de délivrance / Date of issue 04 06 {rng.randrange(2015, 2025)} — Autorité / Authority Préfecture — Signature du titulaire"
    )


KIND = Kind(
    name="any.identity_document",
    label={"fr": "copie d'une pièce d'identité", "en": "copy of an identity document"},
    category=Category.OFFICIAL_DOCUMENT,
    lexicon="documents",
    signs=(
        Sign(name="bande de lecture", weight=2.5, kinds=("any.mrz",)),
        Sign(name="bande de lecture mal lue", weight=1.5, pattern="(?:p|id|i|ac|ir|v)[<«k]?[a-z]{3}[a-z]+[<«][a-z<«]*[<«]{3,}[a-z0-9<«]*|[a-z0-9]+<{3,}[a-z0-9<]*"),
        Sign(
            name="titre de document",
            weight=0.9,
            pattern=(
                "republique francaise|carte nationale d.identite|carte d.identite|passeport|passport|titre de sejour|residence permit"
                "|carte de resident|permis de conduire|driving licen[cs]e|identity card|union europeenne|personalausweis|reisepass"
                "|documento nacional|carte de sejour|confederation suisse|royaume de|kingdom of"
            ),
        ),
        Sign(
            name="intitulés bilingues",
            weight=1.2,
            pattern=(
                "nom ?/ ?(?:surname|name)|prenoms? ?/ ?given names?|surname ?/|given names?|date of birth|place of birth|date of issue"
                "|date of expiry|nationality|nationalite ?/|sexe ?/ ?sex|authority|height|document n"
            ),
        ),
        Sign(name="plusieurs intitulés bilingues", weight=0.5, pattern="surname|given names?|date of birth|place of birth|date of issue|date of expiry|nationality|sex|authority|height", times=3),
        Sign(
            name="délivrance et validité",
            weight=0.8,
            pattern=(
                "delivre(?:e)? (?:le|par|a)|date de delivrance|autorite|date d.expiration|valable (?:jusqu|du)|expire le"
                "|fin de validite|cette carte est valable|date of (?:issue|expiry)|valable en france|4[abc]\\.|4a|4b|4c"
            ),
        ),
        Sign(name="nationalité", weight=0.5, pattern="nationalite ?:?/? ?[a-z]+|nationality|francaise"),
        Sign(name="naissance", weight=0.5, pattern="nee?(?: ?\\(e\\))? (?:le|a)|ne\\(e\\) le|lieu de naissance|place of birth|date de naissance|date of birth"),
        Sign(name="sexe et taille", weight=0.5, pattern="sexe ?:?/? ?[mf]|sex ?:? ?[mf]|taille ?:? ?1|height|1[,.]?[0-9]{2} ?m|couleur des yeux|colour of eyes"),
        Sign(name="signature du titulaire", weight=0.7, pattern="signature du titulaire|holder.?s signature|signature of bearer|signature"),
        Sign(name="numéro de pièce", weight=0.6, kinds=("fr.cni", "fr.passport", "any.passport", "fr.residence_permit", "fr.driving_licence")),
        Sign(name="numéro", weight=0.3, pattern="n ?° ?:?|no ?:|numero|passeport n|carte n|document n|[0-9]{12}|[0-9]{2}[a-z]{2}[0-9]{5}"),
        Sign(name="catégories de permis", weight=0.8, pattern="am|a1|a2|b1|be|c1e?|ce|d1e?|categories?", times=3),
        Sign(
            name="démarche ou liste de pièces",
            weight=-1.8,
            pattern=(
                "pieces? (?:a fournir|justificatives?|demandees?|jointes?)|photocopies?|copie (?:de|recto)|demarches?|formulaires?"
                "|rendez.vous|veuillez (?:joindre|fournir|trouver|presenter)|renouvellement|perte|vol|declaration|objets? trouves?"
                "|candidat(?:e|ure)?|dossier|locataire|service.public|attestation|contrat|facture|vous devez|en cours de validite"
                "|je soussignee?|billet|reservation|embarquement|cerfa|guichet|depot"
            ),
        ),
        Sign(name="récit ou courrier", weight=-1.0, pattern="je vous prie|cordialement|bonjour|madame|monsieur|rapport|voyageurs?|ministre|loi|police|prefet de|enquete"),
        ARTICLE, ARTICLE_TWICE, BILL, MACHINE, OFFER, TERMS,
    ),
    fake=fake,
    citations=(remembered("ICAO Doc 9303; Règlement (UE) 2019/1157: mentions of identity cards and residence permits"),),
    dpv="https://w3id.org/dpv/pd#OfficialID",
    note={
        "fr": "Classe de documents : aucun mot ne la prouve seul ; la somme de signes indépendants décide. Les poids sont estimés, non mesurés sur un corpus.",
        "en": "A class of documents: no word proves it alone; the sum of independent signs decides. The weights are estimated, not measured on a corpus.",
    },
)
