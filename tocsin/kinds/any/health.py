"""Words that reveal somebody's health: diagnoses, treatments, handicaps and care, in French and English."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Kind

DISEASES = (
    "cancer|cancer du sein|cancer de la prostate|cancer colorectal|tumeur|tumeur maligne|métastase|métastases|mélanome"
    "|lymphome|leucémie|myélome|carcinome|adénocarcinome|sarcome|glioblastome|diabète|diabétique|diabète de type 1"
    "|diabète de type 2|insulinodépendant|hypertension artérielle|HTA|infarctus|infarctus du myocarde|AVC"
    "|accident vasculaire cérébral|insuffisance cardiaque|fibrillation auriculaire|arythmie|angine de poitrine"
    "|embolie pulmonaire|phlébite|anévrisme|athérosclérose|insuffisance rénale|dialysé|dialysée|cirrhose|pancréatite"
    "|maladie de Crohn|rectocolite|maladie cœliaque|ulcère gastrique|endométriose|fibrome utérin|ovaires polykystiques"
    "|asthme|asthmatique|BPCO|bronchite chronique|emphysème|mucoviscidose|tuberculose|pneumopathie|pneumonie"
    "|apnée du sommeil|hypothyroïdie|hyperthyroïdie|maladie de Basedow|obésité morbide|obésité sévère|anémie"
    "|drépanocytose|hémophilie|thalassémie|polyarthrite|polyarthrite rhumatoïde|spondylarthrite|fibromyalgie|lupus"
    "|sclérose en plaques|sclérodermie|ostéoporose|arthrose|hernie discale|sciatique|lombalgie|psoriasis|eczéma"
    "|épilepsie|épileptique|maladie de Parkinson|Alzheimer|maladie d'Alzheimer|démence|myopathie"
    "|sclérose latérale amyotrophique|glaucome|cataracte|rétinopathie|DMLA|surdité|migraines|allergie alimentaire"
    "|choc anaphylactique|maladie rare|maladie orpheline|maladie chronique|affection de longue durée"
)
INFECTIONS = (
    "VIH|HIV|séropositif|séropositive|séropositivité|séronégatif|sida|hépatite|hépatite B|hépatite C|syphilis|gonorrhée"
    "|chlamydia|chlamydiose|papillomavirus|herpès|herpès génital|zona|covid|covid-19|covid long|SARS-CoV-2|grippe"
    "|paludisme|dengue|maladie de Lyme|toxoplasmose|rubéole|rougeole|varicelle|méningite|septicémie|staphylocoque doré"
    "|infection sexuellement transmissible"
)
MIND = (
    "dépression|dépressif|dépressive|trouble bipolaire|schizophrénie|schizophrène|psychose|psychotique|névrose"
    "|anorexie|anorexique|boulimie|boulimique|trouble anxieux|troubles anxieux|burn-out|syndrome d'épuisement|autisme"
    "|autiste|trouble du spectre autistique|Asperger|TDAH|hyperactivité|dyslexie|dyspraxie|tentative de suicide"
    "|idées suicidaires|suicidaire|scarifications|addiction|toxicomanie|toxicomane|alcoolisme|alcoolodépendance"
    "|alcoolique|sevrage tabagique|sevrage alcoolique|stress post-traumatique|hospitalisation sous contrainte|psychiatrie"
    "|psychiatre|psychiatrique|psychothérapie|pédopsychiatrie|phobie scolaire"
)
BODY = (
    "femme enceinte|patiente enceinte|est enceinte|enceinte de|grossesse|grossesse à risque|fausse couche|IVG|interruption volontaire de grossesse|avortement|FIV"
    "|fécondation in vitro|procréation médicalement assistée|stérilité|infertilité|ménopause|contraception|stérilet"
    "|accouchement|césarienne|échographie obstétricale|amniocentèse|trisomie|trisomie 21|situation de handicap|handicap moteur|handicap mental|handicap visuel|travailleur handicapé|handicapé|handicapée"
    "|RQTH|MDPH|allocation adulte handicapé|taux d'incapacité|tétraplégique|paraplégique|hémiplégique"
    "|malvoyant|malentendant|fauteuil roulant|incontinence|dysfonction érectile|transidentité|dysphorie de genre"
    "|arrêt de travail|arrêt maladie|accident du travail|maladie professionnelle|mi-temps thérapeutique|pension d'invalidité|avis d'inaptitude"
)
CARE = (
    "chimiothérapie|radiothérapie|immunothérapie|curiethérapie|hormonothérapie|hémodialyse|transfusion sanguine"
    "|greffe de rein|greffe de moelle|pontage coronarien|stent|pacemaker|coronarographie|coloscopie|gastroscopie"
    "|fibroscopie|mammographie|IRM|IRM cérébrale|électrocardiogramme|électroencéphalogramme|mastectomie|hystérectomie"
    "|prostatectomie|appendicectomie|prothèse de hanche|prothèse de genou|anesthésie générale|réanimation"
    "|soins palliatifs|soins intensifs|oncologie|oncologue|cardiologie|cardiologue|néphrologie|neurologie|neurologue"
    "|gynécologie|gynécologue|urologie|pneumologie|rhumatologie|dermatologie|endocrinologie|hématologie|infectiologie"
    "|addictologie|gériatrie|dossier médical|antécédents médicaux|antécédents familiaux|ordonnance médicale|posologie"
    "|compte rendu opératoire|compte rendu d'hospitalisation|certificat médical|traitement médical|insuline|méthadone"
    "|Subutex|antidépresseur|antidépresseurs|anxiolytique|neuroleptique|neuroleptiques|antirétroviral|antirétroviraux"
    "|trithérapie|morphine|antiépileptique|anticoagulant|bêtabloquant|corticoïdes|Levothyrox|Lévothyroxine|Ventoline"
    "|Kardegic|metformine|Prozac|Xanax|Lexomil|lithium thérapeutique|Ritaline|Truvada|PrEP VIH"
)
ENGLISH = (
    "diabetes|diabetic|tumor|tumour|metastasis|leukemia|leukaemia|lymphoma|chemotherapy|radiotherapy|heart failure"
    "|heart attack|stroke patient|hypertension|asthma|epilepsy|schizophrenia|bipolar disorder|clinical depression"
    "|eating disorder|HIV positive|hepatitis|tuberculosis|sickle cell|multiple sclerosis|Parkinson's disease"
    "|Alzheimer's disease|dementia|pregnant|miscarriage|abortion|infertility|disability|wheelchair user|substance abuse"
    "|suicide attempt|psychiatric|antidepressant|insulin|kidney failure|cirrhosis|medical history"
    "|medical record|prescription drug|sick leave|autism|anorexia|bulimia"
)
WORDS = tuple("|".join((DISEASES, INFECTIONS, MIND, BODY, CARE, ENGLISH)).split("|"))


def fake(rng: random.Random) -> str:
    """One term of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.health",
    label={"fr": "état de santé", "en": "state of health"},
    category=Category.HEALTH,
    words=WORDS,
    headers=(
        "pathologie",
        "pathologies",
        "maladie",
        "diagnostic",
        "antecedents",
        "allergies",
        "allergie",
        "traitement",
        "traitements",
        "handicap",
        "motif consultation",
        "motif hospitalisation",
        "etat de sante",
        "sante",
        "symptomes",
        "disease",
        "diagnosis",
        "health condition",
        "medical condition",
        "treatment",
        "medicament",
        "observations medicales",
        "specialite",
        "ald",
    ),
    fake=fake,
    citations=(
        Citation(
            title="Règlement (UE) 2016/679, article 4, point 15, et considérant 35",
            url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
    in_text=(
        ("Patiente diabétique, sous insuline depuis 2011", ("diabétique", "insuline")),
        ("le test est positif et la crise est finie", ()),
    ),
    note={
        "fr": "Vocabulaire choisi pour Tocsin : chaque terme dit à lui seul quelque chose de la santé d’une personne.",
        "en": "Vocabulary chosen for Tocsin: each term alone says something of a person’s health.",
    },
)
