"""DSN (déclaration sociale nominative): every individual a record, dependants and contacts its further mentions.

Form of lines (`S21.G00.30.001,'value'`) and names of fields: cahier technique DSN (NEODeS), from public implementations;
unverified against the text of the GIP-MDS. A field without a name here is called by its code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.sources.encoding import detect
from tocsin.sources.hl7_rows import Person, put, rows_with_mentions, together
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed, Surveyed
from tocsin.sources.vcard_blocks import records_in, survey_by, text_of

# An individual begins with its number, or with its name where the number is left out.
_NUMBERED = "".join(
    rf"(?<!S21\.G00\.30\.001,'.{{{length}}}'{end})" for length in range(16) for end in (r"\n", r"\r\n")
)
_BEGINS = re.compile(rf"(?m)^(?:S21\.G00\.30\.001,|{_NUMBERED}S21\.G00\.30\.002,)")
_BEGIN = re.compile(_BEGINS.pattern.encode())
_LINE = re.compile(r"(S\d\d\.G\d\d\.\d\d)\.(\d{3}),'?(.*?)'?")
_LOOKED_AT = 20
_DAY = re.compile(r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(\d{4})")

NAMES = {
    "S10.G00.01": {"001": "siren", "002": "nic", "003": "raison_sociale"},
    "S10.G00.02": {"001": "civilite", "002": "nom_prenom", "004": "courriel", "005": "telephone"},
    "S20.G00.07": {"001": "nom_prenom", "002": "telephone", "003": "courriel"},
    "S21.G00.06": {"001": "siren", "002": "nic"},
    "S21.G00.30": {
        "001": "numero_secu",
        "002": "nom_famille",
        "003": "nom_usage",
        "004": "prenoms",
        "005": "sexe",
        "006": "date_naissance",
        "007": "lieu_naissance",
        "008": "adresse",
        "009": "code_postal",
        "010": "ville",
        "011": "pays",
        "016": "complement_adresse",
        "017": "complement_voie",
        "018": "courriel",
        "019": "matricule",
        "020": "numero_technique_temporaire",
    },
    "S21.G00.40": {"001": "date_debut_contrat", "006": "emploi"},
    "S21.G00.50": {"001": "date_versement", "002": "remuneration_nette_fiscale", "004": "net_verse"},
    "S21.G00.51": {"013": "remuneration_brute"},
    "S21.G00.60": {"001": "motif_arret_travail", "002": "date_dernier_jour_travaille"},
}
_OF_CONTACTS = frozenset({"S10.G00.02", "S20.G00.07"})
_OF_DEPENDANTS = frozenset({"S21.G00.73"})
_PRIVATE = range(30, 82)


def sniff(head: bytes, size: int) -> Sniffed | None:
    """Lines of which nearly all are a code of the DSN and its value."""
    encoding = detect(head, size)
    if encoding is None:
        return None
    text = head[:16384].decode(encoding, "replace").removeprefix("\ufeff")
    lines = [line.strip() for line in text.split("\n") if line.strip()][:_LOOKED_AT]
    known = sum(_LINE.fullmatch(line) is not None for line in lines)
    enough = len(lines) > 1 and known >= 0.8 * len(lines)
    return Sniffed(confidence=0.99, encoding=encoding) if enough else None


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of whole individuals; the declaration's head stands in the first."""
    return survey_by(located, _BEGIN)


def read(section: Section) -> Iterator[Given]:
    """The individuals as rows, and the persons that their blocks tell of."""
    text, issue = text_of(section)
    everybody = (_persons(record) for record in records_in(text, _BEGINS))
    yield from rows_with_mentions(everybody, section.first)
    if issue is not None:
        yield issue


def _persons(text: str) -> list[Person]:
    """The individual of a record first, then its dependants, those to be asked, and the declaration itself."""
    individual: Person = {}
    declaration: Person = {}
    others: list[Person] = []
    before = ("", 0)
    for line in text.split("\n"):
        found = _LINE.fullmatch(line.strip())
        if found is None:
            put(individual, "line", line)
            continue
        block, rubric, value = found.groups()
        alone = block in _OF_CONTACTS or block in _OF_DEPENDANTS
        if alone and (before[0] != block or int(rubric) <= before[1]):
            others.append({})
        before = (block, int(rubric))
        whose = others[-1] if alone else individual if _private(block) else declaration
        put(whose, _field(block, rubric), _plain(block, rubric, value))
    found_ones = together([individual, *others, declaration] if individual else [*others, declaration])
    return found_ones if len(found_ones) == 1 else [one for one in found_ones if one]


def _private(block: str) -> bool:
    return block.startswith("S21.G00.") and int(block[-2:]) in _PRIVATE


def _field(block: str, rubric: str) -> str:
    """The name of a field: whose it is and what, or its code."""
    name = NAMES.get(block, {}).get(rubric)
    if name is None:
        return f"ayant_droit.{block}.{rubric}" if block in _OF_DEPENDANTS else f"{block}.{rubric}"
    if block in _OF_CONTACTS:
        return f"contact.{name}"
    return f"salarie.{name}" if _private(block) else f"employeur.{name}"


def _plain(block: str, rubric: str, value: str) -> str:
    """A value; the day of birth (JJMMAAAA) as ISO 8601 writes it, the code of the sex as ISO 5218 does."""
    if (block, rubric) == ("S21.G00.30", "006") and (found := _DAY.fullmatch(value)) is not None:
        return f"{found[3]}-{found[2]}-{found[1]}"
    if (block, rubric) == ("S21.G00.30", "005") and value in ("01", "02"):
        return value[1]
    return value


FORMAT = Format(
    name="dsn",
    label={"fr": "déclaration sociale nominative (DSN)", "en": "French payroll declaration (DSN)"},
    reader="dsn",
    sniff=sniff,
    survey=survey,
    read=read,
)
