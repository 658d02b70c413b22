"""Escaping holds for any text; what cannot be seen is made visible."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tocsin.report.markup import UNSEEN, Html, clip, join, safe, tag


class Reader(HTMLParser):
    """The texts and elements of a piece of markup."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


ANY = st.text(alphabet=st.characters(), max_size=60)
SEEN = st.text(alphabet=st.characters(exclude_categories=tuple(UNSEEN)), max_size=60)


@given(SEEN)
def test_text_comes_back_as_it_was_and_opens_no_element(text: str) -> None:
    reader = Reader(tag("p", text))
    assert reader.text == text
    assert [name for name, _ in reader.found] == ["p"]


@given(SEEN)
def test_an_attribute_comes_back_as_it_was(text: str) -> None:
    assert Reader(tag("p", title=text)).found == [("p", {"title": text})]


@given(ANY)
def test_nothing_unseen_reaches_the_page(text: str) -> None:
    assert not [char for char in safe(text) if unicodedata.category(char) in UNSEEN]
    safe(text).encode("utf-8")


@given(ANY, st.integers(min_value=4, max_value=40))
def test_a_clipped_text_is_short_and_keeps_both_ends(text: str, length: int) -> None:
    short = clip(text, length)
    assert len(short) <= length
    assert short[:1] == text[:1]
    assert short[-1:] == text[-1:]


def test_markup_passes_once_and_attributes_keep_their_quotes_closed() -> None:
    inner = tag("b", "a & b")
    assert tag("p", inner) == "<p><b>a &amp; b</b></p>"
    assert tag("p", title=Html('"x"')) == '<p title="&quot;x&quot;"></p>'
    assert join(["<", Html("<i>")], ", ") == "&lt;, <i>"
    assert tag("a", data_why=True, class_="n", id=None) == '<a data-why class="n"></a>'
