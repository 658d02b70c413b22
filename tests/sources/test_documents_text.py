"""Plain text, HTML and XML: what a reader sees, exact offsets, and hostile documents in linear time."""

from __future__ import annotations

import time
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.reading import Read, read_bytes, read_source
from tocsin.sources import text
from tocsin.sources.source import Located

SAFE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=12)
PATIENT = "<patient id='1'><nom>{}</nom></patient>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    words = "Le café de l’été à Besançon, où l’on déjeune.\n" * 30
    found = read_bytes(tmp_path, words.encode(encoding))
    assert (found.located[0].format, found.text, found.codes) == ("text", words, [])


@given(words=st.lists(st.text("aé€😀 \n", max_size=30), min_size=1, max_size=40), size=st.integers(64, 200))
def test_sections_lose_and_move_nothing(tmp_path: Path, words: list[str], size: int) -> None:
    content = "mot " + " ".join(words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "SECTION", size)
        patch.setattr(text, "PIECE", 50)
        path = tmp_path / "x"
        path.write_bytes(content.encode())
        located = Located(
            source="x",
            path=str(path),
            format="text",
            encoding="utf-8",
            reader="text",
            bytes=path.stat().st_size,
        )
        found = Read()
        read_source(located, content.encode(), found)
    assert (found.text, found.codes) == (content, [])


def test_bytes_of_another_encoding_are_counted(tmp_path: Path) -> None:
    content = "Une ligne en UTF-8 : été.\n".encode() * 50 + "Une ligne à part.\n".encode("cp1252")
    found = read_bytes(tmp_path, content)
    assert found.text.endswith("Une ligne à part.\n")
    assert [(issue.code, issue.count) for issue in found.issues] == [("source.mixed_encoding", 1)]


def test_a_page_as_people_read_it(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html><head><style>p{}</style><script>var a='<b>';</script><title>Dossier</title></head>"
        "<body><!-- pour jean --><p>Caf&eacute; du <b>co</b>in<br>fin &#233;</p>"
        "<table><tr><td>a</td><td>b</td></tr></table>"
        '<a href="mailto:a%40b.fr">&Eacute;crire</a><input value="1 < 2"></body></html>'
    )
    found = read_bytes(tmp_path, page.encode())
    assert found.located[0].format == "html"
    lines = [line.strip() for line in found.text.split("\n") if line.strip()]
    assert lines == ["Dossier", "pour jean", "Café du coin", "fin é", "a\t\tb", "Écrire", "a@b.fr", "1 < 2"]


@pytest.mark.parametrize(
    "piece", ["<", "<!--", '<a "', "<a href='", "<![CDATA[", "&", "<script>", "</", "<p x=", "<!"]
)
def test_hostile_pages_take_linear_time(tmp_path: Path, piece: str) -> None:
    started = time.process_time()
    read_bytes(tmp_path, ("<html>" + piece * (1_000_000 // len(piece))).encode())
    assert time.process_time() - started < 10


def test_repeated_elements_are_rows(tmp_path: Path) -> None:
    document = (
        '<?xml version="1.0"?><x:export xmlns:x="u" date="2026"><x:patient id="1"><nom>Dup&eacute;</nom>'
        "<tel>1</tel><tel>2</tel></x:patient><x:patient id='2'><nom>B</nom><adr><cp>01000</cp></adr></x:patient></x:export>"
    )
    found = read_bytes(tmp_path, document.encode())
    assert found.rows == {
        0: {"@id": "1", "nom": "Dupé", "tel": ["1", "2"]},
        1: {"@id": "2", "nom": "B", "adr.cp": "01000"},
        2: {"export/@date": "2026"},
    }


@given(
    records=st.lists(
        st.dictionaries(st.sampled_from(["nom", "ville", "cp"]), SAFE, min_size=1), min_size=2, max_size=8
    )
)
def test_every_value_of_xml_arrives(tmp_path: Path, records: list[dict[str, str]]) -> None:
    inside = "".join(
        f"<r n={quoteattr(str(number))}>"
        + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in record.items())
        + "</r>"
        for number, record in enumerate(records)
    )
    found = read_bytes(tmp_path, f'<?xml version="1.0" encoding="UTF-8"?>\n<liste>{inside}</liste>'.encode())
    wanted = [
        {"@n": str(number)} | {k: v.strip() for k, v in record.items() if v.strip()}
        for number, record in enumerate(records)
    ]
    assert [found.rows[number] for number in range(len(records))] == wanted
    assert found.codes == []


@pytest.mark.parametrize(
    "damage", ["<p><n>b</p>", "<p><n>b</n>", "<p><n>b</n></q>", "<p><n a=>b</n></p>", "<p><n>&b</n></p>"]
)
def test_damaged_records_cost_themselves_alone(tmp_path: Path, damage: str) -> None:
    document = "<r>" + "<p><n>a</n></p>" * 3 + damage + "<p><n>c</n></p>" * 3 + "</r>"
    found = read_bytes(tmp_path, document.encode())
    assert found.rows == {n: {"n": "a" if n < 3 else "c"} for n in (0, 1, 2, 4, 5, 6)}
    assert [(issue.code, issue.place) for issue in found.issues] == [("source.bad_element", "record 3")]


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    lol = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    document = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{lol}]><l><x>&l9;</x><x>jean@example.org</x></l>'
    found = read_bytes(tmp_path, document.encode())
    assert found.codes == ["source.xml_entities"]
    assert "jean@example.org" in found.text
    assert len(found.text) < len(document)
    secret = tmp_path / "secret"
    secret.write_text("canary")
    document = (
        f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY s SYSTEM "{secret.as_uri()}">]><l><x>&s;</x><x>b</x></l>'
    )
    found = read_bytes(tmp_path, document.encode())
    assert found.codes == ["source.xml_entities"]
    assert "canary" not in found.text


def test_prose_in_xml_is_text(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b"<doc><p>Bonjour <b>Jean</b> Dupont</p><p>Le <b>2</b> mai</p></doc>")
    assert [line for line in found.text.split("\n") if line] == ["Bonjour Jean Dupont", "Le 2 mai"]
