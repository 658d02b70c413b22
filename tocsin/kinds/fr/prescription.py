"""A medical prescription: who prescribes, for whom, which medicine or act, how much and how long."""

from __future__ import annotations

import random

from tocsin.kinds.against import ARTICLE, ARTICLE_TWICE, BILL, MACHINE, OFFER, TERMS
from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind, Sign


def fake(rng: random.Random) -> str:
    """A prescription in one line, of nobody in particular."""
    medicine = rng.choice(("Amoxicilline 1 g", "Bisoprolol 2,5 mg", "Oméprazole 20 mg", "Sertraline 50 mg"))
    return (
        f"Dr Lilas, médecin généraliste — Ordonnance — Mme Colline, née le 03/05/1961 — {medicine} : "
        f"1 comprimé matin et soir pendant {rng.randrange(5, 15)} jours — à renouveler 2 fois — signature"
    )


KIND = Kind(
    name="fr.prescription",
    label={"fr": "ordonnance médicale", "en": "medical prescription"},
    category=Category.HEALTH,
    lexicon="documents",
    signs=(
        Sign(
            name="titre d'ordonnance",
            weight=1.0,
            pattern=(
                "ordonnance(?: bizone| securisee| medicale)?|prescription medicale|prescription de (?:soins|transport|medicaments"
                "|seances)|duplicata d.ordonnance|rp ?[:/]|r/|prescription"
            ),
        ),
        Sign(
            name="posologie écrite",
            weight=1.5,
            pattern=(
                "(?:[0-9]+(?:[,/.][0-9]+)?|un|une|deux|trois|quatre|demi|1/2|½) ?(?:comprimes?|cpr?s?|cps?|gelules?|sachets?|gouttes?"
                "|gttes?|ampoules?|bouffees?|dosettes?|applications?|cuilleres?|suppositoires?|patchs?|pulverisations?|unites?|ui"
                "|injections?|pastilles?|inhalations?|instillations?|mesures?)[^\\n]{0,40}(?:par jour|/ ?j(?:our)?|/24 ?h|x ?[1-6]"
                "|matin|midi|soir|coucher|fois|toutes les|en une prise|par semaine|si (?:douleur|besoin|fievre)|au repas|le lundi)"
                "|[0-3](?:[,.]5)? ?- ?[0-3](?:[,.]5)? ?- ?[0-3](?:[,.]5)?|(?:[0-9]+(?:[,/.][0-9]+)?|un|une|deux|trois|quatre|demi|1/2"
                "|½) (?:le )?matin[^\\n]{0,12}(?:[0-9]+(?:[,/.][0-9]+)?|un|une|deux|trois|quatre|demi|1/2|½) (?:a |le )?(?:midi|soir)"
                "|(?:[0-9]|une|deux|trois|quatre) (?:fois|prises|seances?) (?:par|/) ?(?:j(?:our)?|semaine|mois)|matin,? midi et soir"
                "|matin et soir|si (?:douleur|besoin)s?|au coucher"
            ),
        ),
        Sign(
            name="durée ou renouvellement",
            weight=0.8,
            pattern=(
                "(?:pendant|durant|pour) [0-9]+ (?:jours?|j|semaines?|sem|mois)|pendant (?:une|deux|trois|quatre|cinq|six) (?:jours?"
                "|semaines?|mois)|qsp [0-9]+|a renouveler|renouvelable|renouveler|ar [0-9]|[0-9]+ boites?|op [0-9]|non substituable"
                "|ne pas substituer|traitement de [0-9]+ (?:jours|mois|semaines)|ns"
            ),
        ),
        Sign(name="dosage", weight=0.5, pattern="[0-9][0-9.,]* ?(?:mg|g|ug|mcg|ml|%|ui|mg/ml|g/l|ch)"),
        Sign(name="médicament", weight=0.7, kinds=("any.medicine", "fr.cip13", "any.atc")),
        Sign(name="numéro de prescripteur", weight=0.9, kinds=("fr.rpps", "fr.adeli", "fr.finess")),
        Sign(
            name="prescripteur",
            weight=0.4,
            pattern=(
                "docteur|dr|drs|medecin|chirurgien|sage.femme|cabinet medical|conventionnee?|centre hospitalier|hopital|clinique"
                "|service de [a-z]+|interne des hopitaux|praticien|rpps|adeli|am [0-9]"
            ),
        ),
        Sign(
            name="patient",
            weight=0.4,
            pattern=(
                "nee? le|n\\(e\\) le|agee? de|[0-9]+ ans|poids|[0-9]+ ?kg|patiente?|ddn|date de naissance|mme|mlle|madame|monsieur|mr"
                "|enfant"
            ),
        ),
        Sign(name="identité du patient", weight=0.3, kinds=("any.birth_date", "fr.nir", "fr.ins")),
        Sign(
            name="acte ou soin prescrit",
            weight=0.9,
            pattern=(
                "faire pratiquer|faire realiser|merci de (?:realiser|pratiquer|faire)|seances? de (?:kinesitherapie|reeducation|masso"
                "|orthophonie)|par une? idel?|infirmier(?:e)? (?:diplomee? d.etat|a domicile|liberale?)|soins infirmiers|pansements?"
                "|dosage de|numeration|nfs|crp|bilan (?:sanguin|biologique|lipidique)|ionogramme|radiographie|radio(?: du| de)"
                "|echographie|irm|scanner|bas de contention|deambulateur|lit medicalise|transport (?:assis|en ambulance)|verres?"
                "|lunettes|od ?:|og ?:|semelles orthopediques|a domicile, dimanches"
            ),
        ),
        Sign(
            name="volet ALD",
            weight=0.9,
            pattern=(
                "prescriptions? relatives? au traitement de l.affection|sans rapport avec l.affection|affection de longue duree"
                "|affections? exonerantes?|maladies? intercurrentes?|ald"
            ),
        ),
        Sign(
            name="signature ou date",
            weight=0.3,
            pattern=(
                "signature|cachet|tampon|fait a|fait le|le [0-9]{1,2}[/. ][0-9]{1,2}[/. ][0-9]{2,4}|le [0-9]{1,2}(?:er)? [a-z]+ (?:19"
                "|20)[0-9]{2}"
            ),
        ),
        Sign(
            name="courrier entre confrères",
            weight=-0.9,
            pattern=(
                "chere? (?:confrere|collegue|ami)|confraternel(?:le|lement)|compte.rendu|je vous remercie de m.avoir adresse"
                "|a ete hospitalisee?|au total"
            ),
        ),
        Sign(name="bulletin de paie", weight=-1.5, pattern="bulletin de (?:paie|salaire)|salaire"),
        Sign(name="ordonnance de justice", weight=-2.0, pattern="tribunal|juge|cour d.appel|greffe|ordonnance (?:de non|penale|du roi|n)|refere|ordonnance de protection"),
        Sign(name="commande ou soins vétérinaires", weight=-0.8, pattern="veterinaire|chien|chat|chienne|chatte|stock|fournisseur|grossiste"),
        ARTICLE, ARTICLE_TWICE, BILL, MACHINE, OFFER, TERMS,
    ),
    fake=fake,
    citations=(remembered("Code de la santé publique, article R. 5132-3: mentions d'une ordonnance", "https://www.legifrance.gouv.fr/codes/id/LEGIARTI000037867748"),),
    dpv="https://w3id.org/dpv/pd#Prescription",
    note={
        "fr": "Classe de documents : aucun mot ne la prouve seul ; la somme de signes indépendants décide. Les poids sont estimés, non mesurés sur un corpus.",
        "en": "A class of documents: no word proves it alone; the sum of independent signs decides. The weights are estimated, not measured on a corpus.",
    },
)
