"""The vocabulary of medical laboratories: analyses, samples and their results' names."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Kind

BLOOD = (
    "hémogramme|numération formule sanguine|numération sanguine|hémoglobine|hémoglobine glyquée|HbA1c|hématocrite"
    "|érythrocytes|globules rouges|globules blancs|leucocytes|lymphocytes|neutrophiles|polynucléaires|éosinophiles"
    "|basophiles|monocytes|thrombocytes|numération plaquettaire|réticulocytes|VGM|CCMH|TCMH|frottis sanguin|myélogramme"
    "|vitesse de sédimentation|groupe sanguin|phénotype érythrocytaire|agglutinines irrégulières|test de Coombs"
    "|électrophorèse de l'hémoglobine|taux de prothrombine|temps de céphaline|TCA|fibrinogène|D-dimères|antithrombine"
    "|anti-Xa|facteur V Leiden|protéine C réactive|CRP|procalcitonine|ferritine|ferritinémie|transferrine|fer sérique"
    "|haptoglobine|complete blood count|haemoglobin|hemoglobin|hematocrit|haematocrit|platelet count|red blood cells"
    "|white blood cells|blood type|prothrombin time"
)
CHEMISTRY = (
    "glycémie|glycémie à jeun|hyperglycémie provoquée|insulinémie|créatinine|créatininémie|clairance de la créatinine"
    "|débit de filtration glomérulaire|urémie|uricémie|acide urique|natrémie|kaliémie|chlorémie|calcémie|phosphorémie"
    "|magnésémie|ionogramme|ionogramme sanguin|bilirubine|transaminases|ASAT|ALAT|TGO|gamma-GT|gamma GT|GGT"
    "|phosphatases alcalines|lipasémie|amylasémie|albuminémie|protidémie|électrophorèse des protéines"
    "|cholestérol|cholestérolémie|HDL cholestérol|LDL cholestérol|triglycérides|triglycéridémie|apolipoprotéine"
    "|troponine|NT-proBNP|CPK|créatine kinase|myoglobine|lactates|lactatémie|gaz du sang|ammoniémie|homocystéine"
    "|vitamine D|25-OH vitamine D|vitamine B12|folates|alcoolémie|lithiémie|digoxinémie|paracétamolémie"
    "|blood glucose|fasting glucose|bilirubin|troponin|liver function test"
)
HORMONES = (
    "TSH|TSHus|T3 libre|T4 libre|thyroglobuline|parathormone|PTH|cortisol|cortisolémie|ACTH|prolactine|prolactinémie"
    "|œstradiol|progestérone|testostérone|FSH|17-OH progestérone|bêta-hCG|HCG plasmatique|AMH"
    "|hormone antimüllérienne|inhibine B|IGF-1|aldostérone|rénine|calcitonine|marqueurs tumoraux|PSA total|CA 125"
    "|CA 15-3|CA 19-9|alpha-fœtoprotéine|spermogramme|spermoculture|DPNI|trisomie 21 risque|HT21"
    "|thyroid stimulating hormone|tumour marker|tumor marker|semen analysis"
)
MICROBES = (
    "sérologie|sérologie VIH|sérologie HIV|test VIH|charge virale|CD4|western blot|antigène HBs|Ac anti-HBs|Ac anti-HBc"
    "|anticorps anti-VHC|sérologie hépatite B|sérologie hépatite C|sérologie toxoplasmose|sérologie rubéole"
    "|sérologie CMV|sérologie EBV|sérologie Lyme|sérologie syphilis|TPHA|VDRL|TPHA-VDRL|chlamydia trachomatis PCR"
    "|PCR SARS-CoV-2|RT-PCR|test antigénique|ECBU|cytobactériologique|coproculture|hémoculture|antibiogramme"
    "|prélèvement vaginal|prélèvement urétral|frottis cervico-vaginal|frottis cervical|test HPV|parasitologie des selles"
    "|examen mycologique|BK crachats|quantiféron|intradermoréaction|HIV test|viral load|urine culture|blood culture|pap smear"
)
IMMUNITY = (
    "facteur rhumatoïde|anticorps antinucléaires|anti-CCP|ANCA|anticorps anti-TPO|anticorps antiphospholipides"
    "|immunoglobulines|IgE totales|IgE spécifiques|immunofixation|HLA B27|typage HLA|caryotype|protéinurie|microalbuminurie"
    "|bandelette urinaire|sang dans les selles|calprotectine fécale|toxicologie urinaire|recherche de stupéfiants"
    "|ponction lombaire|liquide céphalorachidien|anatomopathologie|biopsie|cytologie|histologie|prélèvement sanguin"
    "|prise de sang|ordonnance de biologie|biologiste médical|valeurs de référence|compte rendu d'analyses"
    "|laboratoire d'analyses|blood test|lab results|urinalysis|biopsy|antinuclear antibodies"
)
WORDS = tuple("|".join((BLOOD, CHEMISTRY, HORMONES, MICROBES, IMMUNITY)).split("|"))


def fake(rng: random.Random) -> str:
    """One term of the vocabulary."""
    return rng.choice(WORDS)


KIND = Kind(
    name="any.laboratory",
    label={"fr": "analyse de laboratoire", "en": "laboratory analysis"},
    category=Category.HEALTH,
    words=WORDS,
    headers=(
        "analyse",
        "analyses",
        "examen",
        "libelle analyse",
        "libelle examen",
        "dosage",
        "biologie",
        "parametre biologique",
        "bilan",
        "bilan sanguin",
        "lab test",
        "analyte",
        "test name",
        "resultat analyse",
        "prelevement",
    ),
    fake=fake,
    citations=(
        Citation(
            title="Règlement (UE) 2016/679, considérant 35 (examen d’une partie du corps ou d’une substance corporelle)",
            url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
    in_text=(("Hémoglobine glyquée : 6,2 %, TSH normale", ("Hémoglobine glyquée", "TSH")),),
    note={
        "fr": "Vocabulaire choisi pour Tocsin ; un terme n’y est que s’il ne sert guère hors de la biologie médicale.",
        "en": "Vocabulary chosen for Tocsin; a term is in it only where it has little use outside medical biology.",
    },
)
