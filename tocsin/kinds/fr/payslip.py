"""A French payslip: gross pay, contributions, net pay, employer and employee."""

from __future__ import annotations

import random

from tocsin.kinds.against import ARTICLE, ARTICLE_TWICE, MACHINE, OFFER, TERMS
from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind, Sign


def fake(rng: random.Random) -> str:
    """A payslip in one line, of nobody in particular."""
    gross = rng.randrange(1800, 4000)
    return (
        f"Bulletin de paie — SIRET 12345678901234 — code NAF 8690B — Mme Colline, matricule 204 — période du 01/03/2024 au 31/03/2024 — salaire de base 151,67 h {gross},00 — "
        f"CSG déductible, retraite complémentaire, assurance chômage — net imposable {gross * 8 // 10},12 — net à payer {gross * 78 // 100},40 — congés payés acquis 2,5"
    )


KIND = Kind(
    name="fr.payslip",
    label={"fr": "bulletin de paie", "en": "payslip"},
    category=Category.BANK,
    lexicon="documents",
    signs=(
        Sign(name="titre de bulletin", weight=1.1, pattern="bulletins? de (?:paie|paye|salaire|remuneration)|fiches? de (?:paie|paye)|feuille de paie|bulletin de solde|payslip"),
        Sign(name="montants", weight=0.9, pattern="[0-9 .]*[0-9][,.][0-9]{2}(?: ?€)?", times=5, missing=-2.0),
        Sign(
            name="net",
            weight=0.7,
            pattern=(
                "net a payer(?: avant impot)?|net paye|net imposable|net fiscal|montant net social|net social|net verse|salaire net"
                "|net a payer au salarie|a payer"
            ),
        ),
        Sign(
            name="brut",
            weight=0.5,
            pattern=(
                "salaire (?:de base|brut)|brut (?:mensuel|soumis|imposable|fiscal)|total brut|remuneration brute|traitement (?:brut"
                "|indiciaire|de base)|salaire mensuel|brut"
            ),
        ),
        Sign(name="CSG et CRDS", weight=0.6, pattern="csg|crds"),
        Sign(
            name="retraite et chômage",
            weight=0.6,
            pattern=(
                "retraite(?: complementaire)?|agirc|arrco|assurance chomage|chomage|vieillesse(?: plafonnee| deplafonnee)?|ircantec"
                "|rafp|pension civile|ags|ceg"
            ),
        ),
        Sign(
            name="santé et prévoyance",
            weight=0.3,
            pattern=(
                "prevoyance|mutuelle|complementaire sante|maladie|accidents? du travail|at/mp|allocations familiales|securite sociale"
                "|urssaf|cotisations?"
            ),
        ),
        Sign(
            name="colonnes du bulletin",
            weight=0.6,
            pattern=(
                "part (?:patronale|salariale|salarie|employeur)|taux (?:salarial|patronal)|base|cotisations? (?:salariales?"
                "|patronales?)|charges (?:salariales|patronales)|total des (?:cotisations|retenues)|retenues?|gains|a deduire|a payer"
                "|plafond"
            ),
        ),
        Sign(
            name="heures",
            weight=0.5,
            pattern=(
                "151[,.]67|heures? (?:supplementaires|mensuelles|normales|travaillees|compl)|taux horaire|h(?:eu)?res? sup"
                "|nombre d.heures|temps (?:plein|partiel)"
            ),
        ),
        Sign(name="congés", weight=0.4, pattern="conges? payes?|cp (?:acquis|pris|n-1|n)|solde (?:de )?(?:conges|cp)|rtt|conges? (?:acquis|pris|restants?)"),
        Sign(name="employeur", weight=0.5, pattern="siret|code (?:naf|ape)|naf|ape|convention collective|ccn|employeur|urssaf|idcc|collectivite"),
        Sign(
            name="salarié",
            weight=0.5,
            pattern=(
                "matricule|emploi|qualification|coefficient|echelon|anciennete|date d.entree|classification|indice|position|statut"
                "|n.? ?(?:de )?(?:ss|secu|securite sociale)|salarie|agent|grade"
            ),
        ),
        Sign(
            name="période",
            weight=0.3,
            pattern=(
                "periode(?: de paie)?|du [0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4} au|mois (?:de|d.)|paie du|paiement (?:le|par)|virement"
                "|(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre) (?:19|20)[0-9]{2}"
            ),
        ),
        Sign(name="identité du salarié", weight=0.4, kinds=("fr.nir", "any.iban", "fr.siret")),
        Sign(name="impôt à la source", weight=0.5, pattern="prelevement a la source|impot sur le revenu preleve|pas|taux personnalise|taux non personnalise|impot preleve"),
        Sign(name="conservation", weight=1.0, pattern="sans limitation de duree|conserve[rz] ce bulletin|conserver ce document|dans votre interet"),
        Sign(
            name="simulation ou guide",
            weight=-1.6,
            pattern=(
                "simulateur|simulation|stagiaires?|tarif|plaquette|estimez|calculer|guide|expliquee?s?|lexique|modele gratuit"
                "|exemple de bulletin|logiciel de paie|dossier de presse|avis d.imposition|attestation (?:employeur|de salaire)"
            ),
        ),
        ARTICLE, ARTICLE_TWICE, MACHINE, OFFER, TERMS,
    ),
    fake=fake,
    citations=(remembered("Code du travail, article R. 3243-1: mentions du bulletin de paie", "https://www.legifrance.gouv.fr/codes/id/LEGIARTI000033005850"),),
    dpv="https://w3id.org/dpv/pd#Salary",
    note={
        "fr": "Classe de documents : aucun mot ne la prouve seul ; la somme de signes indépendants décide. Les poids sont estimés, non mesurés sur un corpus.",
        "en": "A class of documents: no word proves it alone; the sum of independent signs decides. The weights are estimated, not measured on a corpus.",
    },
)
