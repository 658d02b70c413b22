"""The page as a whole: self-contained, linked, escaped, masked, complete in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from tocsin.kinds.catalogue import bundled
from tocsin.report.page import POLICY, render
from tocsin.report.results import Results
from tocsin.tables import FINDINGS, ISSUES, SOURCES

Leak = Callable[..., Results]
VOID = {"meta", "br", "hr", "wbr"}
LOADING = {"src", "srcset", "data", "action", "formaction", "poster", "background", "xlink:href"}
NAMES = {"bdi", "code", "time", "style", "title", "desc", "term", "line", "label"}


class Page(HTMLParser):
    """What a test asks of a page: its elements, and each text with the elements around it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, list[tuple[str, dict[str, str | None]]]]] = []
        self.around: list[tuple[str, dict[str, str | None]]] = []
        self.crossed: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.around.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.around or self.around[-1][0] != tag:
            self.crossed.append(tag)
        self.around.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append((data, list(self.around)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of this name."""
        return [attributes for name, attributes in self.elements if name == tag]

    def words(self) -> str:
        """All that is read, without the style sheet."""
        return " ".join(text for text, around in self.texts if ("style", {}) not in around)


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


PEOPLE = {
    "persons": {"estimate": 5315, "low": 5299, "high": 5328, "level": 0.95, "method": "hidden_nir"},
    "kinds": {"fr.nir": 5001, "any.email": 12, "zz.unknown": 3},
    "combinations": [{"kinds": ["any.email", "fr.nir"], "persons": 12}],
    "departments": {"75": 40, "2A": 3, "974": 1},
    "countries": {"FR": 44, "BE": 2},
    "ages": {"0-17": 8, "18-29": 30},
    "unknown_age": 4,
    "reach": {"email": 12, "phone": 0, "postal": 40, "none": 2},
    "demoted": 5,
    "review": 7,
}


@pytest.fixture(params=[None, PEOPLE], ids=["values", "persons"])
def page(leak: Leak, language: str, request: pytest.FixtureRequest) -> Page:
    return Page(render(leak(people=request.param), language))


def test_the_first_lines_say_who_is_affected(leak: Leak) -> None:
    words = " ".join(Page(render(leak(people=PEOPLE), "en")).words().split())
    assert words.count("5,315 persons, between 5,299 and 5,328 at 95% , in what was read") == 2
    assert "Nobody was recognised" in Page(render(leak(), "en")).words()


def test_every_element_closes_where_it_opened(page: Page) -> None:
    assert page.crossed == []
    assert page.around == []


def test_nothing_is_loaded_and_nothing_runs(page: Page) -> None:
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "iframe", "object", "embed", "img", "form", "base", "video", "audio"}
    for tag, attributes in page.elements:
        assert not LOADING & set(attributes), tag
        assert not [name for name in attributes if name.startswith("on")], tag
        if "href" in attributes:
            assert str(attributes["href"]).startswith("#"), tag


def test_the_style_loads_nothing(leak: Leak, language: str) -> None:
    sheet = render(leak(), language).partition("<style>")[2].partition("</style>")[0]
    assert "@import" not in sheet
    assert "url(" not in sheet


def test_the_policy_refuses_everything_from_elsewhere(page: Page) -> None:
    policies = [meta["content"] for meta in page.named("meta") if meta.get("http-equiv")]
    assert policies == [POLICY]
    assert POLICY == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_every_link_has_its_anchor_and_every_anchor_is_one(page: Page) -> None:
    anchors = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(anchors) == len(set(anchors))
    targets = {str(link["href"])[1:] for link in page.named("a")}
    assert targets <= set(anchors)


def test_every_number_links_to_its_reason(page: Page) -> None:
    """A digit stands in a link, in a name, or in the part that gives the reasons."""
    bare = []
    for text, around in page.texts:
        names = {tag for tag, _ in around} | {attributes.get("class") for _, attributes in around}
        why = any("data-why" in attributes for _, attributes in around)
        if re.search(r"\d", text) and not names & ({"a"} | NAMES) and not why:
            bare.append(text)
    assert [text for text in bare if not law(text)] == []


def law(text: str) -> bool:
    """Whether the digits are those of a law's article and date, of a norm, or of a kind's own name."""
    return (
        re.search(r"(?:article|janvier|January|SHA-|CIM-|ICD-)\s?\d|\d (?:janvier|January)", text) is not None
    )


def test_language_and_headings(page: Page, language: str) -> None:
    assert page.named("html")[0]["lang"] == language
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_scopes(page: Page) -> None:
    tables = len(page.named("table"))
    assert tables == len(page.named("caption"))
    assert tables > 10
    assert all(head.get("scope") in {"col", "row"} for head in page.named("th"))


def test_pictures_have_a_name_and_a_description(page: Page, request: pytest.FixtureRequest) -> None:
    anchors = {attributes.get("id") for _, attributes in page.elements}
    pictures = [svg for svg in page.named("svg") if svg.get("role") == "img"]
    assert len(pictures) == (7 if "persons" in request.node.callspec.id else 3)
    for picture in pictures:
        assert set(str(picture["aria-labelledby"]).split()) <= anchors


def test_the_first_link_skips_to_the_content(page: Page) -> None:
    assert page.named("a")[0]["class"] == "skip"


def test_a_hostile_name_is_words_and_never_markup(leak: Leak, language: str) -> None:
    whole = render(leak(), language)
    assert "<img" not in whole
    assert "<script" not in whole
    assert "&lt;img src=x" in whole
    assert "\u202e" not in whole
    assert "⟨U+202E⟩" in whole


def test_a_hostile_sample_setting_or_code_is_escaped(leak: Leak, language: str) -> None:
    evil = '"><svg onload=alert(1)>'
    findings = leak().findings.with_columns(
        pl.lit(evil).alias("evidence"), pl.lit(evil).alias("family"), pl.lit(evil).alias("place")
    )
    issues = leak().issues.with_columns(pl.lit(evil).alias("code"), pl.lit(evil).alias("detail"))
    sources = leak().sources.with_columns(pl.lit(evil).alias("format"), pl.lit(evil).alias("encoding"))
    page = render(
        leak(findings=findings, issues=issues, sources=sources, settings={evil: evil}, version=evil), language
    )
    assert "onload" in page
    assert "<svg onload" not in page
    assert not [tag for tag, attributes in Page(page).elements if "onload" in attributes]


def test_names_that_hold_values_are_masked_everywhere(leak: Leak, language: str) -> None:
    whole = render(leak(), language)
    assert "ZZTOP" not in whole.replace("<wbr>", "")
    assert "Z*****" in whole


def test_a_masked_column_header_is_masked(leak: Leak, language: str) -> None:
    canary = "Quatrepoints-Melusine"
    findings = leak().findings.with_columns(pl.lit(canary).alias("field"), pl.lit(canary).alias("place"))
    issues = leak().issues.with_columns(pl.lit(canary).alias("place"), pl.lit(canary).alias("detail"))

    def shown(name: str) -> str:
        return "****" if name == canary else name

    whole = render(leak(findings=findings, issues=issues, shown=shown, why={}), language)
    assert canary not in whole.replace("<wbr>", "")


def test_what_could_not_be_read_comes_before_what_was_found(page: Page) -> None:
    sections = [section["id"] for section in page.named("section")]
    assert sections[:3] == ["unread", "handed", "persons"]


def test_stages_that_are_not_built_are_said(leak: Leak) -> None:
    assert "non calculé par cette version" in render(leak(), "fr")
    assert "not computed by this version" in render(leak(), "en")


def test_french_writes_narrow_spaces_and_decimal_commas(leak: Leak) -> None:
    words = Page(render(leak(), "fr")).words()
    assert "792\u202f638" in words
    assert "12,5\u202fMo" in words
    assert not re.search(r"[a-zé] [:;!?»]", words)


def test_english_writes_commas_and_decimal_points(leak: Leak) -> None:
    words = Page(render(leak(), "en")).words()
    assert "792,638" in words
    assert "12.5\u00a0MB" in words


def test_no_sentence_is_left_in_the_other_language(leak: Leak) -> None:
    assert "records read" not in Page(render(leak(), "fr")).words()
    assert "enregistrement" not in Page(render(leak(), "en")).words()


def empty(leak: Leak) -> Results:
    """Nothing found, nothing missing."""
    return leak(
        findings=pl.DataFrame(schema=FINDINGS),
        issues=pl.DataFrame(schema=ISSUES),
        sources=pl.DataFrame(schema=SOURCES),
        why={},
        stages_absent=(),
    )


def test_an_empty_pile_says_so_in_every_section(leak: Leak, language: str) -> None:
    page = Page(render(empty(leak), language))
    states = [attributes for tag, attributes in page.elements if attributes.get("class") == "empty"]
    assert len(states) >= 8
    targets = {str(link["href"])[1:] for link in page.named("a")}
    assert targets <= {attributes.get("id") for _, attributes in page.elements}


def test_no_health_data_is_said_and_not_left_out(leak: Leak) -> None:
    findings = leak().findings.filter(pl.col("category") == "contact")
    page = render(leak(findings=findings), "fr")
    assert "Aucune donnée de santé reconnue" in page
    assert "Aucun numéro de sécurité sociale reconnu" in page


def many(table: pl.DataFrame, count: int, **columns: Any) -> pl.DataFrame:
    """`count` lines like the first, with some columns replaced."""
    return pl.concat([table.head(1)] * count).with_columns(**columns).cast(dict(table.schema))


def test_a_big_pile_gives_a_small_file_that_says_what_it_leaves_out(leak: Leak) -> None:
    count, columns = 10_000, 50_000
    ids = pl.int_range(pl.len()).cast(pl.Int32)
    given = leak(
        sources=many(leak().sources, count, source_id=ids, source=pl.format("dir/{}.csv", ids)),
        findings=many(
            leak().findings, columns, source_id=ids % count, source=pl.format("dir/{}.csv", ids % count)
        ),
        issues=many(leak().issues, count, source_id=ids, place=pl.format("line {}", ids)),
    )
    page = render(given, "fr")
    assert len(page) < 1_500_000
    words = Page(page).words()
    assert "9\u202f800 autres, voir" in words
    assert "sources.parquet" in words
    targets = {str(link["href"])[1:] for link in Page(page).named("a")}
    assert targets <= {attributes.get("id") for _, attributes in Page(page).elements}


def test_a_naive_time_is_refused(leak: Leak) -> None:
    with pytest.raises(ValueError):
        leak(started=leak().started.replace(tzinfo=None))


def test_the_same_results_give_the_same_page(leak: Leak, language: str) -> None:
    assert render(leak(), language) == render(leak(), language)


def test_places_are_said_in_the_readers_words(leak: Leak) -> None:
    assert "ligne\u00a01\u202f204" in render(leak(), "fr")
    assert "line\u00a01,204" in render(leak(), "en")


def test_more_issue_codes_than_cards_leave_no_broken_link(leak: Leak) -> None:
    codes = pl.format("source.made_up_{}", pl.int_range(pl.len()))
    given = leak(issues=many(leak().issues, 90, code=codes, bytes_unread=None))
    page = Page(render(given, "en"))
    assert len([card for card in page.named("article") if card.get("class") == "card"]) == 60
    targets = {str(link["href"])[1:] for link in page.named("a")}
    assert targets <= {attributes.get("id") for _, attributes in page.elements}


def test_the_remedy_of_the_room_that_raised_it_is_shown(leak: Leak) -> None:
    """A code with a sentence of its own (one of the report stands in) is said in it; another one by its code."""
    issues = leak().issues.with_columns(pl.lit("report.unread.empty").alias("code"))
    assert "No line and no file was left out." in render(leak(issues=issues), "en")
    assert "bears the code test.code_that_no_room_explains" in render(leak(), "en")


def test_every_bundled_kind_has_its_reasons(leak: Leak, language: str) -> None:
    """A kind that is declared is shown with its label and its citations, whatever it leaves out."""
    kinds = bundled()
    names = pl.Series(list(kinds))
    findings = many(leak().findings, len(kinds), kind=names).with_columns(
        pl.Series("category", [kind.category.value for kind in kinds.values()])
    )
    page = Page(render(leak(findings=findings, kinds=kinds, why={}), language))
    articles = [card for card in page.named("article") if card.get("class") == "reason"]
    assert len(articles) == len(kinds)
    words = page.words()
    assert all(kind.label[language] in words for kind in kinds.values())
    targets = {str(link["href"])[1:] for link in page.named("a")}
    assert targets <= {attributes.get("id") for _, attributes in page.elements}
