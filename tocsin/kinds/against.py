"""What speaks against every class of documents: a text for the public, a bill, a job offer, a contract, a manual."""

from __future__ import annotations

from tocsin.kinds.kind import Sign

ARTICLE = Sign(
    name="texte destiné au public",
    weight=-1.6,
    pattern=(
        "chercheurs?|une etude|des etudes|selon (?:les|des|l.|la|le) [a-z]+|newsletter|abonnez.vous|se desabonner|desinscrire|lire aussi|en savoir plus"
        "|publie (?:le|dans)|nos conseils|consultez (?:votre|un)|demandez conseil|les? patients? (?:doivent|peuvent|atteints?)|chez (?:les|l.)|recommandations"
        "|c.est quoi|qu.est.ce que|comment (?:bien|lire|remplir|choisir|faire)|francais sur|des francais|effets indesirables|excipients?|tenir hors"
        "|posologie (?:usuelle|recommandee|habituelle)|conferences?|colloque|communique de presse|abonnes?|lecteurs?|redaction|programme de la journee|cours|exercices?"
    ),
)
ARTICLE_TWICE = Sign(
    name="texte destiné au public, plusieurs fois",
    weight=-1.4,
    pattern=ARTICLE.pattern,
    times=3,
)
BILL = Sign(
    name="facture ou devis",
    weight=-1.3,
    pattern=(
        "factures?|devis|bon de (?:commande|livraison)|total ttc|montant ttc|total ht|montant ht|tva|conditions de reglement|prix unitaire|net a regler"
        "|echeance|avoir n|bordereau|acompte|frais de port|panier|votre commande|invoice|releve de remboursements?|decompte"
    ),
)
MACHINE = Sign(
    name="journal de machine",
    weight=-2.5,
    pattern="info|warn(?:ing)?|error|debug|trace|fatal|http/1|select|insert into|def|return",
    times=3,
)
OFFER = Sign(
    name="offre d'emploi",
    weight=-2.0,
    pattern=(
        "nous recherchons|recherche (?:un|une)|recrute|recrutons|profil recherche|profil souhaite|vos? missions?|votre profil|poste a pourvoir|h/f|f/h"
        "|postulez|envoyez (?:votre|vos|cv)|merci d.adresser|rejoignez|nous (?:vous )?offrons|type de contrat|lettre de motivation|avantages du poste|vous justifiez"
        "|remuneration (?:selon|attractive)|we are (?:hiring|looking)|apply now|fiche de poste"
    ),
)
TERMS = Sign(
    name="contrat ou règlement",
    weight=-1.6,
    pattern=(
        "les parties|ci-apres|conclue? entre|il a ete convenu|le present (?:contrat|avenant|document|reglement|guide)|la presente convention|clauses?|avenant"
        "|conditions generales|article [0-9]+|proces.verbal|assemblee generale|ordre du jour|reglement interieur|procedure|manuel|mode d.emploi|cahier des charges|notice"
    ),
)
