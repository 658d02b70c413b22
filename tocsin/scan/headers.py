"""Column headers taken apart into words, and how strongly they announce a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from tocsin.kinds.kind import fold

_BREAKS = re.compile(
    r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zß-ÿ])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|[\W_]+"
)
_MARKS = re.compile(r"[\W_]+")
_STOP = frozenset("a au aux d de des du en et l la le les of s the un une".split())
_SAME = {"no": "numero", "n": "numero", "num": "numero", "nr": "numero", "nb": "nombre", "tél": "tel"}

# Whose value it is: a word that may stand beside a kind's header without changing what the column holds.
OWNERS = frozenset(
    "abonne acheteur adherent adresse agent allocataire assure ayant beneficiaire candidat client compte conjoint"
    " contact customer demandeur destinataire donneur eleve employe emprunteur enfant etudiant expediteur facturation"
    " home individu infirmier interlocuteur livraison locataire mandataire medecin membre mere parent participant"
    " patient pere perso personal personne porteur praticien prescripteur principal proprietaire representant"
    " responsable salarie signataire souscripteur titulaire tuteur user usager utilisateur victime voyageur".split()
)
# A `nom` or `name` beside one of these is an account's, not a person's.
ACCOUNTS = frozenset("account compte host login session user utilisateur".split())
# What turns a header into the name of something else: a file, a thing, a code, a flag, a count.
OTHERWISE = frozenset(
    "abrege activite app application appareil article banque base bool campagne categorie champ classe code comment commentaire colonne"
    " column company compagnie count crypt database description device domaine email en entreprise enseigne envoye etablissement"
    " file fichier flag fonction format fournisseur function hash hashed has host id image ip is job label langue"
    " language libelle logiciel logo mac machine mail courriel marque md medicament message modele module motif nombre note objet"
    " observation ok organisation organisme package page photo poste process produit product projet project raison reference remarque reseau schema"
    " serveur server service sha site societe statut status sujet table task tache taille taux theme titre total"
    " type url valide verifie version voie web".split()
)


@lru_cache(maxsize=4096)
def tokens(header: str) -> tuple[str, ...]:
    """The words of a header in order: folded, cut at case changes, digits and punctuation, small words left out."""
    words = (_MARKS.sub("", fold(part)) for part in _BREAKS.split(header) if part)
    return tuple(_SAME.get(word, word) for word in words if word and word not in _STOP)


def matches(header: tuple[str, ...], kind_headers: Iterable[str]) -> float:
    """How strongly the words `header` announce a kind with these headers, from 0 (not at all) to 1 (word for word).

    1.0 the same words; 0.9 with only owners beside them (`nom_patient`); 0.8 inside, in a row, with one other
    word, 0.6 with more; 0 where another word says that it is something else (`nom_fichier`, `code_ville`).
    Words count whole, never parts of them; plural and singular are one, figures count only where the kind's
    own header has some.
    """
    written = _written(tuple(kind_headers))
    return max(_strongest(header, written[True]), _strongest(_without_figures(header), written[False]))


def _without_figures(header: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in header if not word.isdigit())


@dataclass(slots=True)
class _Written:
    """The headers of a kind, each by its first word, and all words of each in one."""

    by_first: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)


@lru_cache(maxsize=4096)
def _written(kind_headers: tuple[str, ...]) -> tuple[_Written, _Written]:
    """The headers of a kind without figures, and those with some."""
    both = _Written(), _Written()
    for header in kind_headers:
        kind = tuple(_singular(word) for word in tokens(header))
        if kind:
            one = both[any(word.isdigit() for word in kind)]
            one.by_first.setdefault(kind[0], []).append(kind)
            one.joined.add("".join(kind))
    return both


def _strongest(header: tuple[str, ...], written: _Written) -> float:
    """The strength of the best of the written headers: only one whose first word stands in `header` can match."""
    words = tuple(_singular(word) for word in header)
    if "".join(words) in written.joined:
        return 1.0 if words else 0.0
    kinds = (kind for word in set(words) for kind in written.by_first.get(word, ()))
    return max((_match(words, kind) for kind in kinds), default=0.0)


def about_something_else(header: tuple[str, ...]) -> bool:
    """Whether a word of the header names a thing, a code or a flag: names are not looked for there."""
    return any(_singular(word) in OTHERWISE for word in header)


def _match(header: tuple[str, ...], kind: tuple[str, ...]) -> float:
    """The strength of one written header (singular words, neither is empty)."""
    if set(header) == set(kind):
        return 1.0
    if not _in_a_row(kind, header):
        return 0.0
    rest = [word for word in header if word not in kind]
    if any(word in OTHERWISE for word in rest):
        return 0.0
    if kind in (("nom",), ("name",)) and any(word in ACCOUNTS for word in rest):
        return 0.0
    if all(word in OWNERS for word in rest):
        return 0.9
    return 0.8 if len(rest) <= 1 else 0.6


def _in_a_row(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether `part` stands in `whole` without a gap."""
    size = len(part)
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))


def _singular(word: str) -> str:
    """`word` without a plural s."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
