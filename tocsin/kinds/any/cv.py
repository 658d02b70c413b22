"""A curriculum vitae: somebody's jobs, studies and skills on a page or two."""

from __future__ import annotations

import random

from tocsin.citation import Citation
from tocsin.kinds.against import ARTICLE_TWICE, BILL, MACHINE, OFFER, TERMS
from tocsin.kinds.kind import Category, Kind, Sign


def fake(rng: random.Random) -> str:
    """A curriculum vitae in one line, of nobody in particular."""
    year = rng.randrange(2004, 2016)
    return (
        f"Curriculum vitae — Camille Colline — camille.colline@example.org — 06 39 98 12 34 — permis B — Expérience professionnelle : {year + 4} - aujourd'hui comptable ; "
        f"{year} - {year + 4} assistante — Formation : {year} BTS comptabilité ; {year - 2} baccalauréat — Compétences : Excel, Sage — Langues : anglais courant — Centres d'intérêt : voile, lecture"
    )


KIND = Kind(
    name="any.cv",
    label={"fr": "curriculum vitae", "en": "curriculum vitae"},
    category=Category.PROFESSIONAL,
    lexicon="documents",
    signs=(
        Sign(name="titre de CV", weight=0.7, pattern="curriculum vitae|cv|resume"),
        Sign(
            name="expériences",
            weight=0.6,
            pattern=(
                "experiences?(?: professionnelles?)?|parcours(?: professionnel)?|work experience|professional experience"
                "|employment(?: history)?|emplois (?:occupes|precedents)|carriere|stages?"
            ),
        ),
        Sign(name="formation", weight=0.5, pattern="formations?(?: initiale| continue)?|etudes|diplomes?|education|cursus|scolarite|academic background|degrees?"),
        Sign(name="compétences", weight=0.5, pattern="competences?|savoir.faire|savoir.etre|skills|informatique|logiciels|outils|bureautique|pack office|atouts|qualites"),
        Sign(
            name="langues",
            weight=0.5,
            pattern=(
                "langues?(?: parlees| etrangeres)?|languages|anglais|espagnol|allemand|english|courant|bilingue|toeic|lu,? ecrit|fluent"
                "|native|notions"
            ),
        ),
        Sign(
            name="centres d'intérêt",
            weight=0.6,
            pattern=(
                "centres? d.interets?|loisirs|hobbies|interests|activites (?:extra.?professionnelles|personnelles)|benevolat"
                "|associati(?:f|ve|ons?)|passions?|divers"
            ),
        ),
        Sign(
            name="périodes d'emploi",
            weight=0.8,
            pattern=(
                "(?:0?[1-9]/|1[0-2]/|[a-z]+\\.? )?(?:19|20)[0-9]{2} ?(?:-|–|—|a|/|to|>|→) ?(?:(?:0?[1-9]/|1[0-2]/|[a-z]+\\.? )?(?:19"
                "|20)[0-9]{2}|aujourd.hui|present|ce jour|en cours|now|actuel(?:lement)?)|depuis (?:[a-z]+ )?(?:19|20)[0-9]{2}"
                "|since (?:19|20)[0-9]{2}"
            ),
            times=2,
        ),
        Sign(name="années", weight=0.8, pattern="(?:19|20)[0-9]{2}", times=3, missing=-0.8),
        Sign(
            name="diplômes",
            weight=0.5,
            pattern=(
                "licence|master|mastere|bts|dut|but|baccalaureat|bac|cap|bep|brevet|doctorat|phd|ingenieure?|bachelor|deug|deust|mba"
                "|des|deas|deaes|titre professionnel|universite|lycee|iut|ecole"
            ),
        ),
        Sign(name="coordonnées", weight=0.4, kinds=("any.email", "any.phone")),
        Sign(
            name="état civil",
            weight=0.5,
            pattern=(
                "permis (?:b|a|c|de conduire)|vehicule(?:e)?|celibataire|mariee?|pacsee?|nationalite|nee? le|[0-9]{2} ans"
                "|driving licen[cs]e|date of birth|references? (?:sur demande|available)|linkedin|disponible"
            ),
        ),
        Sign(
            name="fonctions",
            weight=0.3,
            pattern=(
                "responsable|assistante?|charge(?:e)? de|chef de|technicien(?:ne)?|gestion(?:naire)?|manager|developpeu(?:r|se)"
                "|conseillere?|consultante?|vendeu(?:r|se)|serveu(?:r|se)|infirmier(?:e)?|aide.soignante?|secretaire|comptable"
                "|ouvrier(?:e)?|conducteur|engineer|interimaire|agent|hote(?:sse)?"
            ),
        ),
        Sign(
            name="lettre",
            weight=-1.3,
            pattern=(
                "je vous prie d.agreer|salutations distinguees|objet ?:|dans l.attente|veuillez agreer|madame, monsieur|cordialement"
                "|yours sincerely"
            ),
        ),
        Sign(
            name="conseils pour un CV",
            weight=-1.8,
            pattern=(
                "nos conseils|comment (?:rediger|ecrire|faire|presenter|reussir)|recruteurs?|mettez|evitez|bien presenter"
                "|modeles? de cv|exemples? de cv"
            ),
        ),
        Sign(name="offre, encore", weight=-1.0, pattern="candidats?|candidatures?|recrutement|salaire|cdi|cdd|temps plein|tickets restaurant|mutuelle entreprise"),
        Sign(
            name="biographie ou palmarès",
            weight=-0.8,
            pattern=(
                "elue? (?:maire|depute|president)|biographie|ouvrages?|roman|album|prix litteraire|filmographie|nomination|promue?"
                "|entreprise fondee|chiffre d.affaires|fiche entreprise|catalogue de formations?|programme de formation"
                "|organisme de formation"
            ),
        ),
        ARTICLE_TWICE, BILL, MACHINE, OFFER, TERMS,
    ),
    fake=fake,
    citations=(Citation(title="no rule: what a curriculum vitae usually holds"),),
    dpv="https://w3id.org/dpv/pd#CV",
    note={
        "fr": "Classe de documents : aucun mot ne la prouve seul ; la somme de signes indépendants décide. Les poids sont estimés, non mesurés sur un corpus.",
        "en": "A class of documents: no word proves it alone; the sum of independent signs decides. The weights are estimated, not measured on a corpus.",
    },
)
