"""A health questionnaire that somebody filled in: questions on illnesses, treatments and habits, with answers."""

from __future__ import annotations

import random

from tocsin.kinds.against import ARTICLE_TWICE, BILL, MACHINE, OFFER, TERMS
from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind, Sign


def fake(rng: random.Random) -> str:
    """A questionnaire in one line, of nobody in particular."""
    answers = [rng.choice(("oui", "non")) for _ in range(4)]
    return (
        "Questionnaire de santé — Nom : Colline — né le 03/05/1961 — Taille : 172 cm, poids : 70 kg — "
        f"Avez-vous des allergies ? {answers[0]} — Prenez-vous un traitement ? {answers[1]} — Avez-vous été hospitalisé ? {answers[2]} — "
        f"Fumez-vous ? {answers[3]} — antécédents familiaux : diabète — certifié sur l'honneur, signature"
    )


KIND = Kind(
    name="fr.health_questionnaire",
    label={"fr": "questionnaire de santé", "en": "health questionnaire"},
    category=Category.HEALTH,
    lexicon="documents",
    signs=(
        Sign(
            name="titre de questionnaire de santé",
            weight=1.2,
            pattern=(
                "questionnaire (?:de sante|medical|d.etat de sante|pre.?anesthesi(?:que|e)|confidentiel|simplifie|preoperatoire|sante"
                "|d.anesthesie|de pre.?consultation|qs.sport|d.admission)|fiche sanitaire(?: de liaison)?"
                "|declaration (?:d.etat )?de sante|fiche (?:medicale|de sante|de renseignements medicaux)|auto.?questionnaire"
                "|questionnaire.{0,40}sante|dossier (?:medical|d.admission)|anamnese|interrogatoire medical|visite medicale"
                "|health questionnaire"
            ),
        ),
        Sign(
            name="questions posées à la personne",
            weight=0.8,
            pattern=(
                "avez.vous|etes.vous|prenez.vous|souffrez.vous|fumez.vous|buvez.vous|suivez.vous|portez.vous|consommez.vous|a.t.il"
                "|a.t.elle|l.enfant (?:suit|a|est|souffre|porte)|est.il|est.elle|suivi[ (e)]*par|do you|have you"
            ),
        ),
        Sign(
            name="plusieurs questions",
            weight=0.5,
            pattern=(
                "avez.vous|etes.vous|prenez.vous|souffrez.vous|fumez.vous|buvez.vous|suivez.vous|portez.vous|consommez.vous|a.t.il"
                "|a.t.elle|l.enfant (?:suit|a|est|souffre|porte)"
            ),
            times=3,
        ),
        Sign(
            name="réponses oui ou non",
            weight=0.9,
            pattern=(
                "(?:[?:.)\\]]|\\.{2,}|-|—|=|;|,)[ \\t]*(?:oui|non|yes|no)|\\[ ?x ?\\] ?(?:oui|non)|(?:☑|☒|✓|⊠|x) ?(?:oui|non)|(?:oui"
                "|non) ?(?:☑|☒|✓|⊠|\\[x\\]|x)|rep(?:onse)? ?:"
            ),
            times=3,
        ),
        Sign(
            name="antécédents",
            weight=0.6,
            pattern=(
                "antecedents?|maladies?|hospitalis(?:e|ee|ation|ations)|operations?|operee?|interventions? chirurgicales?|atcd"
                "|affections?|pathologies?"
            ),
        ),
        Sign(
            name="traitements et allergies",
            weight=0.6,
            pattern=(
                "allergi(?:e|es|que|ques)|traitements?|medicaments?|intolerances?|asthme|diabete|vaccins?|vaccinations?|hypertension"
                "|epilepsie|troubles"
            ),
        ),
        Sign(name="habitudes", weight=0.5, pattern="tabac|fum(?:ez|e|eur|euse)|cigarettes?|alcool|verres? (?:par|/)|activite physique|sport|sommeil|drogues?|cannabis"),
        Sign(name="mesures du corps", weight=0.5, pattern="taille|poids|[0-9]{2,3} ?kg|imc|[0-9]{3} ?cm|1[,.m ][0-9]{2} ?m?|groupe sanguin|tension|rhesus"),
        Sign(
            name="certification",
            weight=0.5,
            pattern=(
                "sur l.honneur|je (?:soussignee?|declare|certifie)|certifiee?|signature|fait (?:a|le)|fausse declaration|exactitude"
                "|confidentiel|secret medical|medecin.conseil|responsable legal"
            ),
        ),
        Sign(
            name="identité",
            weight=0.4,
            pattern=(
                "nom ?:|prenoms? ?:|nom et prenom|nom, prenom|date de naissance|nee? (?:\\(e\\) )?le|n\\(e\\) le|patiente?|assuree?"
                "|candidat|enfant"
            ),
        ),
        Sign(name="état de santé", weight=0.4, kinds=("any.health", "any.medicine")),
        Sign(
            name="satisfaction ou sondage",
            weight=-2.2,
            pattern=(
                "satisfaction|tres satisfaite?|sondage|enquete|recommanderiez.vous|votre avis|note de 1 a|service client|score|anonyme"
                "|statistiques?|grille|dossier de (?:subvention|candidature)"
            ),
        ),
        Sign(name="formulaire vide", weight=-1.5, pattern="(?:\\.{6,}|_{6,}|…{3,})", times=4),
        Sign(name="prescription ou paie", weight=-1.0, pattern="bulletin de (?:paie|salaire)|ordonnance|qsp [0-9]|net a payer"),
        ARTICLE_TWICE, BILL, MACHINE, OFFER, TERMS,
    ),
    fake=fake,
    citations=(remembered("Code de la santé publique, article L. 1141-1; formulaires QS-Sport (Cerfa 15699) and fiche sanitaire de liaison (Cerfa 10008)"),),
    dpv="https://w3id.org/dpv/pd#MedicalHealth",
    note={
        "fr": "Classe de documents : aucun mot ne la prouve seul ; la somme de signes indépendants décide. Les poids sont estimés, non mesurés sur un corpus.",
        "en": "A class of documents: no word proves it alone; the sum of independent signs decides. The weights are estimated, not measured on a corpus.",
    },
)
