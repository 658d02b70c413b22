"""Health and payroll formats: HL7 v2, HPRIM, DSN, DICOM."""

from __future__ import annotations

import json
import struct
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from tests.sources.reading import read_bytes
from tocsin.sources import catalogue
from tocsin.sources.pile import walk
from tocsin.sources.source import Issue, Located, Rows, Section

ADT = (
    "MSH|^~\\&|DPI|HOP|LABO|HOP|20260101120000||ADT^A01^ADT_A01|1|P|2.5\r"
    "PID|1||777123^^^HOP&1.2.3&ISO^PI~255081416802538^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.8&ISO^INS||"
    "DUPONT^Anne^Marie Zoé^^^^L~MARTIN^Anne^^^^^B||195508170000|F|||12 rue des Lilas^^Lille^^59000^FRA~^^Brest^^^^N||"
    "0612345678^PRN^PH~^NET^Internet^a.d@example.org\r"
    "PV1|1|I|CARD^101||||10100000012^DURAND^Luc^^^^^^ANS^D^^^RPPS\r"
    "NK1|1|DUPONT^Paul|SPO||0698765432\rNK1|2|DUPONT^Rose|CHD\r"
    "DG1|1||I21.9^Infarctus^CIM10\r"
    'OBX|1|ST|14749-6^Glucose^LN||5.5\\T\\x|mmol/L|""\r'
    "OBX|2|FT|X^Note^L||ligne un\\.br\\ligne \\H\\deux\\N\\\rqui continue\r"
    "ZFR|a^b&c~d\r"
)
DOCUMENT = "OBX|3|ED|P^CR^L||^application^pdf^Base64^JVBERi0xLjQK\r"


def persons_of(
    folder: Path, content: bytes
) -> tuple[Located, dict[tuple[int, int], dict[str, list[str]]], list[Issue]]:
    """The rows of the one source of this content, by record and mention, and its issues."""
    (folder / "x.bin").write_bytes(content)
    (located,) = [found for found in walk([str(folder)]) if isinstance(found, Located)]
    rows: dict[tuple[int, int], dict[str, list[str]]] = {}
    issues = []
    for section in catalogue.survey(located):
        for given in catalogue.read(section) if isinstance(section, Section) else ():
            if isinstance(given, Rows):
                assert given.mentions is not None
                for number, mention, row in zip(
                    given.numbers, given.mentions, given.frame.to_dicts(), strict=True
                ):
                    rows[number, mention] = {name: cell for name, cell in row.items() if cell}
            elif isinstance(given, Issue):
                issues.append(given)
    return located, rows, issues


def test_an_hl7_message_tells_of_its_patient_relatives_and_doctors(tmp_path: Path) -> None:
    located, rows, issues = persons_of(tmp_path, ADT.encode())
    assert (located.format, issues, sorted(rows)) == ("hl7", [], [(0, 0), (0, 1), (0, 2), (0, 3)])
    patient = rows[0, 0]
    told = {
        name: patient[f"patient.{name}"] for name in ("ipp", "ins", "nom", "nom_naissance", "prenom", "ville")
    }
    assert told == {
        "ipp": ["777123"],
        "ins": ["255081416802538"],
        "nom": ["DUPONT"],
        "nom_naissance": ["MARTIN"],
        "prenom": ["Anne"],
        "ville": ["Lille"],
    }
    assert patient["patient.date_naissance"] == ["1955-08-17"]
    assert patient["patient.lieu_naissance"] == ["Brest"]
    assert patient["patient.autres_prenoms"] == ["Marie", "Zoé"]
    assert patient["patient.courriel"] == ["a.d@example.org"]
    assert patient["diagnostic.code"] == ["I21.9"]
    assert patient["analyse.resultat"] == ["5.5&x", "ligne un\nligne deux\nqui continue"]
    assert patient["ZFR.1"] == ["a", "b", "c", "d"]
    assert rows[0, 1] == {
        "medecin.rpps": ["10100000012"],
        "medecin.nom": ["DURAND"],
        "medecin.prenom": ["Luc"],
    }
    assert [rows[0, number]["proche.prenom"] for number in (2, 3)] == [["Paul"], ["Rose"]]


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (ADT * 3, 3),
        (ADT.replace("\r", "\n"), 1),
        (ADT.replace("\r", "\r\n") * 2, 2),
        (f"\x0b{ADT}\x1c\r" * 4, 4),
        (f"FHS|^~\\&|x\rBHS|^~\\&|y\r{ADT * 2}BTS|2\rFTS|1\r", 2),
        (ADT.replace("|", "#").replace("^", "*") * 2, 2),
    ],
)
def test_messages_follow_each_other_in_files_batches_and_frames(
    tmp_path: Path, content: str, count: int
) -> None:
    located, rows, _ = persons_of(tmp_path, content.encode())
    assert located.format == "hl7"
    assert {number for number, _ in rows} == set(range(count))
    assert all(rows[number, 0]["patient.nom"] == ["DUPONT"] for number in range(count))


def test_two_patients_of_one_message_are_two_persons(tmp_path: Path) -> None:
    swapped = ADT + "PID|1||42^^^HOP^PI||LEROY^Jean\r"
    _, rows, _ = persons_of(tmp_path, swapped.encode())
    assert [row.get("patient.nom") for row in rows.values()][:2] == [["DUPONT"], ["LEROY"]]


def test_a_document_inside_a_message_is_told_not_scanned(tmp_path: Path) -> None:
    _, rows, issues = persons_of(tmp_path, (ADT + DOCUMENT).encode())
    assert [(issue.code, issue.place) for issue in issues] == [("source.unsupported", "record 0")]
    assert "JVBER" not in str(rows)


def test_sections_of_a_large_file_hold_whole_messages(tmp_path: Path) -> None:
    (tmp_path / "big.hl7").write_bytes((ADT * 12_000).encode())
    (located,) = [found for found in walk([str(tmp_path)]) if isinstance(found, Located)]
    sections = [one for one in catalogue.survey(located) if isinstance(one, Section)]
    assert len(sections) > 2
    for before, after in pairwise(sections):
        assert before.stop == after.start
        size = len(ADT.encode())
        assert divmod(after.start, size) == (after.first, 0)


HPRIM = (
    "H|~^\\&|labo.hpr||LABO~LABORATOIRE||ORU|||CAB~CABINET||P|H2.2~C|202601011200\r\n"
    "P|1|A12|777123|D9|DUPONT~Anne~Marie|MARTIN|19550817|F||12 rue des Lilas~~Lille~~59000||0612345678|"
    "10100000012~DURAND~Luc\r\n"
    "OBR|1||123|GLU~Glycémie~L|R||202601010800||||N|||202601010900||10100000020~PETIT~Zoé\r\n"
    "OBX|1|NM|GLU~Glycémie~L||5.5|mmol/L|||N||F\r\n"
    "C|1|L|Une remarque qui se poursuit \r\nA| sur deux lignes\r\n"
    "P|2|B7|777124||LEROY~Jean||19600102|M\r\n"
    "L|1\r\n"
)


def test_hprim_patients_are_records(tmp_path: Path) -> None:
    located, rows, issues = persons_of(tmp_path, HPRIM.encode("cp1252"))
    assert (located.format, issues) == ("hprim", [])
    assert sorted(rows) == [(0, 0), (0, 1), (0, 2), (1, 0)]
    patient = rows[0, 0]
    assert patient["patient.nom"] == ["DUPONT"]
    assert patient["patient.nom_naissance"] == ["MARTIN"]
    assert patient["patient.date_naissance"] == ["1955-08-17"]
    assert patient["patient.code_postal"] == ["59000"]
    assert patient["commentaire"] == ["Une remarque qui se poursuit  sur deux lignes"]
    assert [rows[0, at]["medecin.rpps"] for at in (1, 2)] == [["10100000012"], ["10100000020"]]
    assert rows[1, 0]["patient.nom"] == ["LEROY"]


def declaration(end: str = "\r\n") -> str:
    """A declaration of three individuals, the second without a number, the first with a dependant."""
    lines = (
        ("S10.G00.00.001", "PAIE"),
        ("S10.G00.02.001", "01"),
        ("S10.G00.02.002", "Petit Zoé"),
        ("S10.G00.02.004", "z.petit@example.org"),
        ("S20.G00.05.002", "01"),
        ("S21.G00.06.001", "732829320"),
        ("S21.G00.30.001", "2550814168025"),
        ("S21.G00.30.002", "DUPONT"),
        ("S21.G00.30.004", "Anne"),
        ("S21.G00.30.005", "02"),
        ("S21.G00.30.006", "17081955"),
        ("S21.G00.40.006", "chef d'équipe"),
        ("S21.G00.50.002", "1912.34"),
        ("S21.G00.73.007", "1800514168026"),
        ("S21.G00.30.002", "LEROY"),
        ("S21.G00.30.006", "99021960"),
        ("S21.G00.30.001", "1600299999999"),
        ("S21.G00.30.002", "MOREL"),
        ("S90.G00.90.001", "17"),
    )
    return "".join(f"{code},'{value}'{end}" for code, value in lines)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_dsn_individuals_are_records(tmp_path: Path, end: str) -> None:
    located, rows, issues = persons_of(tmp_path, declaration(end).encode("latin-1"))
    assert (located.format, issues) == ("dsn", [])
    assert [rows[number, 0]["salarie.nom_famille"] for number in range(3)] == [
        ["DUPONT"],
        ["LEROY"],
        ["MOREL"],
    ]
    first = rows[0, 0]
    assert first["salarie.numero_secu"] == ["2550814168025"]
    assert first["salarie.date_naissance"] == ["1955-08-17"]
    assert first["salarie.sexe"] == ["2"]
    assert first["salarie.emploi"] == ["chef d'équipe"]
    assert rows[1, 0]["salarie.date_naissance"] == ["99021960"]
    others = [row for (number, mention), row in rows.items() if number == 0 and mention]
    assert {"contact.courriel", "ayant_droit.S21.G00.73.007", "employeur.siren"} <= {
        key for row in others for key in row
    }
    assert "contact.courriel" not in first


@pytest.mark.parametrize(
    "content",
    [
        "H|un titre|un autre\nP|1|deux\n",
        "MSH est un sigle. Le segment MSH|^~ ouvre un message.\n",
        "S21.G00.30.001 porte le numéro de sécurité sociale ;\nS21.G00.30.002 le nom.\n",
        "code,valeur\nS21.G00.30.001,nir\nS21.G00.30.002,nom\n" + "a,b\n" * 20,
        "nom|prenom|ville\nA|B|C\nD|E|F\n",
    ],
)
def test_prose_and_tables_that_look_alike_stay_what_they_are(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.txt").write_text(content, encoding="utf-8")
    (located,) = [found for found in walk([str(tmp_path)]) if isinstance(found, Located)]
    assert located.format in ("text", "csv")


EXPLICIT, IMPLICIT = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2"
BIG, DEFLATED = "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"


def element(tag: int, kind: str, value: bytes, syntax: str = EXPLICIT, length: int | None = None) -> bytes:
    """One data element by DICOM PS3.5 7.1.2 and 7.1.3."""
    order = ">" if syntax == BIG else "<"
    value += b" " * (len(value) % 2)
    size = len(value) if length is None else length
    head = struct.pack(order + "HH", tag >> 16, tag & 0xFFFF)
    if syntax == IMPLICIT or not kind:
        return head + struct.pack(order + "I", size) + value
    if kind in ("SQ", "OB", "OW", "UT", "UN"):
        return head + kind.encode() + b"\0\0" + struct.pack(order + "I", size) + value
    return head + kind.encode() + struct.pack(order + "H", size) + value


def dicom(syntax: str, more: bytes = b"") -> bytes:
    """A small file: its patient, a doctor, a nested sequence of each length, and pixels."""
    inner = element(0x00080050, "SH", b"ACC1", syntax)
    open_item = element(0xFFFEE000, "", inner, syntax, 0xFFFFFFFF) + element(0xFFFEE00D, "", b"", syntax)
    closed_item = element(
        0xFFFEE000, "", element(0x00321060, "LO", "Scanner cérébral".encode(), syntax), syntax
    )
    body = b"".join(
        (
            element(0x00080005, "CS", b"ISO_IR 192", syntax),
            element(0x00080018, "UI", b"1.2.826.0.1.3680043.2.1", syntax),
            element(0x00080090, "PN", b"DURAND^Luc", syntax),
            element(0x00081140, "SQ", open_item + element(0xFFFEE0DD, "", b"", syntax), syntax, 0xFFFFFFFF),
            element(0x00100010, "PN", "LEFÈVRE^Anne^Zoé".encode(), syntax),
            element(0x00100020, "LO", b"777123\\B9", syntax),
            element(0x00100030, "DA", b"19550817", syntax),
            element(0x00100040, "CS", b"F", syntax),
            more,
            element(0x00280010, "US", b"\x02\0", syntax),
            element(0x00400275, "SQ", closed_item, syntax),
            element(0x7FE00010, "OW", b"NOT^READ" * 9, syntax),
        )
    )
    if syntax == DEFLATED:
        packer = zlib.compressobj(wbits=-15)
        body = packer.compress(body) + packer.flush()
    return bytes(128) + b"DICM" + element(0x00020010, "UI", syntax.encode()) + body


@pytest.mark.parametrize("syntax", [EXPLICIT, IMPLICIT, BIG, DEFLATED])
def test_a_dicom_header_tells_of_its_patient(tmp_path: Path, syntax: str) -> None:
    located, rows, issues = persons_of(tmp_path, dicom(syntax))
    assert (located.format, issues, sorted(rows)) == ("dicom", [], [(0, 0), (0, 1)])
    assert rows[0, 0] == {
        "numero_examen": ["ACC1"],
        "patient.nom": ["LEFÈVRE"],
        "patient.prenom": ["Anne"],
        "patient.autres_prenoms": ["Zoé"],
        "patient.ipp": ["777123", "B9"],
        "patient.date_naissance": ["1955-08-17"],
        "patient.sexe": ["F"],
        "examen.libelle": ["Scanner cérébral"],
    }
    assert rows[0, 1] == {"medecin.nom": ["DURAND"], "medecin.prenom": ["Luc"]}


def test_a_damaged_dicom_header_is_told_and_what_came_before_is_read(tmp_path: Path) -> None:
    _, rows, issues = persons_of(tmp_path, dicom(EXPLICIT, more=b"\x10\x00\x00\x40??garbage"))
    assert [issue.code for issue in issues] == ["source.damaged"]
    assert rows[0, 0]["patient.nom"] == ["LEFÈVRE"]


def test_a_document_inside_dicom_is_told(tmp_path: Path) -> None:
    wrapped = element(0x00420011, "OB", b"%PDF-1.7")
    _, rows, issues = persons_of(tmp_path, dicom(EXPLICIT, more=wrapped))
    assert [issue.code for issue in issues] == ["source.unsupported"]
    assert "PDF" not in str(rows)


CDA = """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="1.2.3" extension="DOC-9"/><title>Compte rendu</title>
<recordTarget><patientRole><id extension="255081416802538" root="1.2.250.1.213.1.4.8"/>
<addr><houseNumber>12</houseNumber><streetName>rue des Lilas</streetName><postalCode>59000</postalCode><city>Lille</city></addr>
<telecom value="tel:0612345678"/><telecom value="mailto:a.d@example.org"/>
<patient><name><family qualifier="BR">MARTIN</family><family qualifier="SP">DUPONT</family><given>Anne</given></name>
<administrativeGenderCode code="F"/><birthTime value="19550817"/>
<guardian><guardianPerson><name><family>DUPONT</family><given>Paul</given></name></guardianPerson></guardian>
<birthplace><place><addr><city>Brest</city></addr></place></birthplace></patient>
<providerOrganization><name>CLINIQUE</name></providerOrganization></patientRole></recordTarget>
<author><assignedAuthor><id root="1.2.250.1.71.4.2.1" extension="810100000012"/>
<assignedPerson><name><family>DURAND</family><given>Luc</given></name></assignedPerson>
<representedOrganization><name>CLINIQUE</name></representedOrganization></assignedAuthor></author>
<component><structuredBody><component><section><title>Motif</title>
<text><paragraph>Vue ce jour.</paragraph><paragraph>Fièvre.</paragraph></text>
<entry><observation><code code="8310-5" displayName="Température"/><value value="39.1" unit="Cel"/></observation></entry>
</section></component></structuredBody></component></ClinicalDocument>
"""


def test_a_clinical_document_tells_of_its_patient_and_author(tmp_path: Path) -> None:
    located, rows, issues = persons_of(tmp_path, CDA.encode())
    assert (located.format, issues, sorted(rows)) == ("cda", [], [(0, 0), (0, 1), (0, 2)])
    patient = {name: values for name, values in rows[0, 0].items() if name.startswith("patient.")}
    assert patient == {
        "patient.ins": ["255081416802538"],
        "patient.adresse": ["12", "rue des Lilas"],
        "patient.code_postal": ["59000"],
        "patient.ville": ["Lille"],
        "patient.telephone": ["0612345678"],
        "patient.courriel": ["a.d@example.org"],
        "patient.nom_naissance": ["MARTIN"],
        "patient.nom": ["DUPONT"],
        "patient.prenom": ["Anne"],
        "patient.sexe": ["F"],
        "patient.date_naissance": ["1955-08-17"],
        "patient.lieu_naissance": ["Brest"],
    }
    assert rows[0, 0]["compte_rendu"] == ["Compte rendu\nMotif\nVue ce jour.\nFièvre."]
    assert rows[0, 0]["code.displayName"] == ["Température"]
    assert rows[0, 1] == {"tuteur.nom": ["DUPONT"], "tuteur.prenom": ["Paul"]}
    assert rows[0, 2]["medecin.rpps"] == ["10100000012"]
    assert rows[0, 2]["medecin.nom"] == ["DURAND"]


def test_a_cut_clinical_document_is_told_and_its_head_read(tmp_path: Path) -> None:
    _, rows, issues = persons_of(tmp_path, CDA[: CDA.index("Fièvre")].encode())
    assert [issue.code for issue in issues] == ["source.damaged"]
    assert rows[0, 0]["patient.nom"] == ["DUPONT"]


def test_a_wrapped_document_is_told(tmp_path: Path) -> None:
    body = '<nonXMLBody><text mediaType="application/pdf" representation="B64">JVBERi0x</text></nonXMLBody>'
    start, stop = CDA.index("<structuredBody>"), CDA.index("</structuredBody>") + len("</structuredBody>")
    _, rows, issues = persons_of(tmp_path, (CDA[:start] + body + CDA[stop:]).encode())
    assert [issue.code for issue in issues] == ["source.unsupported"]
    assert "JVBER" not in str(rows)


@pytest.mark.parametrize("lines", [False, True])
def test_fhir_identifiers_are_named_by_their_system(tmp_path: Path, lines: bool) -> None:
    patient = {
        "resourceType": "Patient",
        "identifier": [
            {"system": "urn:oid:1.2.250.1.213.1.4.8", "value": "255081416802538"},
            {"use": "usual", "value": "777123"},
        ],
        "name": [{"family": "DUPONT", "given": ["Anne"]}],
    }
    medic = {
        "resourceType": "Practitioner",
        "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.1", "value": "10100000012"}],
    }
    bundle = {"resourceType": "Bundle", "entry": [{"resource": patient}, {"resource": medic}]}
    content = "\n".join(map(json.dumps, (patient, medic))) if lines else json.dumps(bundle)
    found = read_bytes(tmp_path, content.encode())
    assert [located.format for located in found.located] == ["fhir_lines" if lines else "fhir"]
    start = "" if lines else "resource."
    rows = [
        row for row in found.rows.values() if row.get(f"{start}resourceType") in ("Patient", "Practitioner")
    ]
    assert rows[0][f"{start}ins"] == ["255081416802538"]
    assert rows[0][f"{start}identifier[].value"] == ["777123"]
    assert rows[1][f"{start}rpps"] == ["10100000012"]
