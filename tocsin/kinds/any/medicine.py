"""Names of medicines: what somebody takes says what they suffer from."""

from __future__ import annotations

import random

from tocsin.kinds.cited import remembered
from tocsin.kinds.kind import Category, Kind

WORDS = (
    "paracétamol", "Doliprane", "Dafalgan", "Efferalgan", "ibuprofène", "Nurofen", "Advil", "kétoprofène", "diclofénac", "Voltarène", "tramadol",
    "codéine", "Lamaline", "Ixprim", "oxycodone", "Skenan", "Actiskenan", "fentanyl", "amoxicilline", "Clamoxyl", "Augmentin", "azithromycine",
    "ciprofloxacine", "ofloxacine", "pristinamycine", "Pyostacine", "doxycycline", "cotrimoxazole", "Bactrim", "céfuroxime", "ceftriaxone",
    "fosfomycine", "nitrofurantoïne", "métronidazole", "aciclovir", "valaciclovir", "oméprazole", "ésoméprazole", "Inexium", "pantoprazole",
    "lansoprazole", "Gaviscon", "Spasfon", "phloroglucinol", "Smecta", "lopéramide", "Imodium", "macrogol", "Movicol", "métoclopramide",
    "dompéridone", "amlodipine", "ramipril", "périndopril", "Coversyl", "énalapril", "losartan", "valsartan", "candésartan", "irbésartan",
    "bisoprolol", "aténolol", "propranolol", "Avlocardyl", "furosémide", "Lasilix", "spironolactone", "hydrochlorothiazide", "atorvastatine", "Tahor",
    "rosuvastatine", "Crestor", "simvastatine", "pravastatine", "ézétimibe", "clopidogrel", "Plavix", "apixaban", "Eliquis", "rivaroxaban", "Xarelto",
    "warfarine", "Coumadine", "fluindione", "Préviscan", "énoxaparine", "Lovenox", "amiodarone", "Cordarone", "digoxine", "Glucophage", "gliclazide",
    "Diamicron", "glimépiride", "sitagliptine", "Januvia", "dulaglutide", "Trulicity", "sémaglutide", "Ozempic", "liraglutide", "Victoza", "Lantus",
    "Novorapid", "Humalog", "Levemir", "carbimazole", "Néomercazole", "prednisone", "prednisolone", "Solupred", "Cortancyl", "bétaméthasone",
    "Celestene", "allopurinol", "colchicine", "Colchimax", "méthotrexate", "hydroxychloroquine", "Plaquénil", "adalimumab", "Humira", "étanercept",
    "Enbrel", "acide alendronique", "colécalciférol", "Uvédose", "salbutamol", "Seretide", "Symbicort", "budésonide", "fluticasone", "montélukast",
    "Singulair", "desloratadine", "Aerius", "cétirizine", "Zyrtec", "bilastine", "Inorial", "sertraline", "Zoloft", "escitalopram", "Seroplex",
    "citalopram", "paroxétine", "Deroxat", "fluoxétine", "venlafaxine", "Effexor", "duloxétine", "Cymbalta", "mirtazapine", "Norset", "miansérine",
    "amitriptyline", "Laroxyl", "clomipramine", "Anafranil", "alprazolam", "bromazépam", "lorazépam", "Témesta", "diazépam", "Valium", "oxazépam",
    "Séresta", "prazépam", "Lysanxia", "zolpidem", "Stilnox", "zopiclone", "Imovane", "hydroxyzine", "Atarax", "quétiapine", "Xeroquel", "olanzapine",
    "Zyprexa", "rispéridone", "Risperdal", "aripiprazole", "Abilify", "halopéridol", "Haldol", "cyamémazine", "Tercian", "Téralithe", "valproate",
    "Dépakine", "Dépakote", "lamotrigine", "Lamictal", "lévétiracétam", "Keppra", "carbamazépine", "Tégrétol", "prégabaline", "Lyrica", "gabapentine",
    "Neurontin", "lévodopa", "Modopar", "Sinemet", "donépézil", "Aricept", "buprénorphine", "naltrexone", "baclofène", "disulfirame", "Esperal",
    "méthylphénidate", "Concerta", "lévonorgestrel", "Optilova", "désogestrel", "Cérazette", "mifépristone", "misoprostol", "tamoxifène", "létrozole",
    "anastrozole", "imatinib", "Glivec", "trastuzumab", "Herceptin", "bicalutamide", "ténofovir", "emtricitabine", "Biktarvy", "dolutégravir",
    "Genvoya", "efavirenz", "tadalafil", "Cialis", "sildénafil", "Viagra", "finastéride", "tamsulosine", "solifénacine",
)


def fake(rng: random.Random) -> str:
    """One phrase of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.medicine",
    label={"fr": "médicament", "en": "medicine"},
    category=Category.HEALTH,
    words=WORDS,
    headers=(
    "medicament", "medicaments", "traitement medicamenteux", "medication", "medications", "drug", "drug name", "specialite pharmaceutique", "dci",
    "traitement en cours", "prescription", "medicine", "principe actif",
    ),
    fake=fake,
    in_text=(
        ("Bisoprolol 2,5 mg le matin, Seroplex le soir", ("Bisoprolol", "Seroplex")),
        ("La pharmacie ouvre à neuf heures.", ()),
    ),
    citations=(remembered("Base de données publique des médicaments: dénominations", "https://base-donnees-publique.medicaments.gouv.fr"),),
    dpv="https://w3id.org/dpv/pd#Prescription",
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque expression dit à elle seule quelque chose d'une personne ; un mot qui se dit aussi d'autre chose ne compte que sous un en-tête ou près d'un mot qui l'annonce.",
        "en": "Vocabulary chosen for Tocsin: each phrase alone says something of a person; a word also said of other things counts only under a header or near a word that announces it.",
    },
)
