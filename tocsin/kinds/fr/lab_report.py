"""A report of laboratory results: a sample, measures with units and reference values, a biologist."""

from __future__ import annotations

import random

from tocsin.kinds.against import ARTICLE, ARTICLE_TWICE, BILL, MACHINE, OFFER, TERMS
from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind, Sign


def fake(rng: random.Random) -> str:
    """A report in one line, of nobody in particular."""
    return (
        "Laboratoire de biologie médicale — Mme Colline née le 03/05/1961 — prélevé le 04/11/2024 à jeun — valeurs de référence — "
        f"Glycémie {rng.randrange(60, 180) / 100:.2f} g/L (0.70 - 1.10) — Créatinine {rng.randrange(40, 150)} µmol/L — "
        f"Hémoglobine {rng.randrange(90, 170) / 10:.1f} g/dL — validé par le biologiste"
    )


KIND = Kind(
    name="fr.lab_report",
    label={"fr": "compte rendu d'analyses de laboratoire", "en": "laboratory report"},
    category=Category.HEALTH,
    lexicon="documents",
    signs=(
        Sign(
            name="titre de résultats",
            weight=0.9,
            pattern=(
                "laboratoires?(?: d.analyses?| de biologie| d.anatomie)?|biologie medicale|resultats?(?: d.analyses?| d.examens?"
                "| biologiques?| de laboratoire| du prelevement)|compte.rendu d.(?:analyses?|examens?)|examens? de (?:biologie"
                "|laboratoire)|bilan (?:biologique|sanguin)|analyses? medicales?|lbm|bacteriologie|hematologie|biochimie|serologies?"
                "|anatomopathologie|immunologie|lab report"
            ),
        ),
        Sign(
            name="mesure avec son unité",
            weight=0.9,
            pattern=(
                "[0-9][0-9.,]* ?(?:g/l|g/dl|mmol/l|[uµμ]mol/l|nmol/l|pmol/l|mg/l|mg/dl|[uµμ]g/l|ui/l|u/l|[mµμu]ui/l|mui/ml|ui/ml|giga/l"
                "|g/l|tera/l|t/l|/mm3|/ml|/[uµμ]l|pg/ml|ng/ml|ng/l|ng/dl|meq/l|ml/min(?:/1[,.]73 ?m2?)?|fl|pg|mm/h|10\\^?[0-9]/l|ufc/ml"
                "|kui/l|copies/ml|mmhg|%)"
            ),
        ),
        Sign(
            name="plusieurs mesures avec leur unité",
            weight=0.6,
            pattern=(
                "[0-9][0-9.,]* ?(?:g/l|g/dl|mmol/l|[uµμ]mol/l|nmol/l|pmol/l|mg/l|mg/dl|[uµμ]g/l|ui/l|u/l|[mµμu]ui/l|ui/ml|giga/l|g/l"
                "|tera/l|t/l|/mm3|/[uµμ]l|pg/ml|ng/ml|meq/l|ml/min|fl|mm/h|%)"
            ),
            times=3,
        ),
        Sign(
            name="valeurs de référence",
            weight=0.9,
            pattern=(
                "valeurs? (?:de reference|usuelles?|normales?|attendues?)|intervalles? de (?:reference|normalite)|normes?|v\\.? ?r\\.?"
                "|normale|n ?:|inf(?:erieur)?\\.? a|\\(? ?(?:<|>|vr|n) ?[0-9.,]+|[\\[(] ?[0-9.,]+ ?(?:-|a|–|et) ?[0-9.,]+"
                "|[0-9.,]+ ?(?:-|–) ?[0-9.,]+ ?[)\\]]|entre [0-9.,]+ et|sensible|resistant|positif|positive|negatif|negative"
            ),
        ),
        Sign(name="antériorité", weight=0.5, pattern="anteriorites?|anterieurs?|resultats? (?:precedents?|anterieurs?)|anterieur du"),
        Sign(name="analyses", weight=0.9, kinds=("any.laboratory", "any.loinc"), times=3),
        Sign(name="analyse", weight=0.4, kinds=("any.laboratory", "any.loinc")),
        Sign(
            name="prélèvement",
            weight=0.9,
            pattern=(
                "prelev(?:e|ee?s?|ement|ements)|echantillons?|sang total|serum|plasma|a jeun|recu le|enregistre le|edite le|urines?"
                "|ecbu|hemoculture|frottis|tube|sampled|culture"
            ),
        ),
        Sign(
            name="biologiste ou méthode",
            weight=0.8,
            pattern=(
                "valide(?:e|s|es)? (?:biologiquement|par|le)|biologistes?|cofrac|accreditation|technique|automate|spectrophotometrie"
                "|immunoturbidimetrie|chimiluminescence|cytometrie|impedance|hplc|architect|cobas|sysmex|eia|elisa|antibiogramme"
                "|pharmacien biologiste|pathologiste|conclusion"
            ),
        ),
        Sign(name="prescripteur", weight=0.4, pattern="prescripteur|prescrit(?:e|s)? (?:par|le)|medecin|dr|docteur|demandeur|copie (?:a|au)|correspondant|service"),
        Sign(name="patient", weight=0.4, pattern="nee? le|n\\(e\\) le|ddn|date de naissance|patiente?|mme|mlle|madame|monsieur|mr|sexe|[0-9]+ ans|dossier|ipp|demande n"),
        Sign(name="identité du patient", weight=0.4, kinds=("any.birth_date", "fr.nir", "fr.ins", "any.customer_number")),
        Sign(
            name="eau, air ou produit",
            weight=-2.0,
            pattern=(
                "eau (?:potable|de baignade|de distribution|destinee)|captage|turbidite|lot n|fabrication|controle qualite"
                "|exploitation agricole|sols?|effluents?|rejets|denrees?|hotte|potabilite|nitrates|pesticides"
            ),
        ),
        Sign(name="bulletin de paie", weight=-1.5, pattern="bulletin de (?:paie|salaire)|salaire"),
        ARTICLE, ARTICLE_TWICE, BILL, MACHINE, OFFER, TERMS,
    ),
    fake=fake,
    citations=(remembered("Arrêté du 15 décembre 2016 et norme NF EN ISO 15189: contenu du compte rendu des examens de biologie médicale"),),
    dpv="https://w3id.org/dpv/pd#MedicalHealth",
    note={
        "fr": "Classe de documents : aucun mot ne la prouve seul ; la somme de signes indépendants décide. Les poids sont estimés, non mesurés sur un corpus.",
        "en": "A class of documents: no word proves it alone; the sum of independent signs decides. The weights are estimated, not measured on a corpus.",
    },
)
