"""What every section needs: the counts, the words, the names as they may be shown, and where each anchor is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import polars as pl

from tocsin.report.digest import Digest, IssueTotal, KindTotal, digest
from tocsin.report.gravity import CREDENTIAL, UNKNOWN
from tocsin.report.markup import Html, clip, safe, tag
from tocsin.report.results import FindingKey, Results
from tocsin.report.words import Words

GRAVE = 3
GRAVEST, SENSITIVE, CREDENTIALS, EACH_KIND, SOURCES, CODES = 40, 100, 60, 8, 200, 60
HEALTH = ("health",)
# Its label says by itself how it is kept.
CLEAR = "any.password"
NIR = ("fr.nir", "fr.nir13", "fr.nia", "fr.ins", "fr.vitale")

Finding = dict[str, Any]
"""One line of FINDINGS with `row`, the number of its anchor, and `order`, its place in the order of reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The report's material, read by every section, changed by none. `explained` are the rows of findings
    that have a line of their own among the reasons; `listed` the sources that have one."""

    results: Results
    words: Words
    digest: Digest
    explained: pl.DataFrame
    listed: pl.DataFrame
    rows: frozenset[int]
    sources: frozenset[int]
    kinds: Mapping[str, KindTotal]
    codes: frozenset[str]

    # ---- names ---------------------------------------------------------------------------------------

    def name(self, text: str) -> Html:
        """A name from the pile as it may be shown: masked where it holds values, cut, set apart from the sentence."""
        return tag("bdi", _breakable(clip(self.results.shown(text))), class_="name")

    def plain_name(self, text: str) -> str:
        """The same for a picture, where no element may stand."""
        return self.results.shown(text)

    def place(self, text: str) -> Html:
        """A place within a source: `page 3` or `line 12` in the reader's words, any other as a name."""
        counted = re.fullmatch(r"(page|line|record|cell|row) ([0-9]{1,18})", text)
        if counted is None:
            return self.name(text)
        number = self.words.number(int(counted[2]))
        return tag("span", self.words.say(f"report.place.{counted[1]}", number=number), class_="term")

    def where(self, finding: Finding) -> Html:
        """Source, column and place of a finding."""
        parts = [self.name(finding["source"])]
        if finding["field"] is not None:
            parts.append(
                tag("span", self.words.say("report.column"), " ", self.name(finding["field"]), class_="part")
            )
        if finding["place"] is not None:
            parts.append(tag("span", self.place(finding["place"]), class_="part"))
        return tag("span", *parts, class_="where")

    def label(self, kind: str) -> str:
        """What a kind is called, its name where the catalogue does not know it."""
        known = self.results.kinds.get(kind)
        return known.label.get(self.words.language, kind) if known is not None else kind

    def grade(self, grade: str | None) -> Html:
        """How well a credential is protected, in words."""
        return self.words.known(f"report.grade.{grade or UNKNOWN}", "report.grade.unknown")

    def graded(self, kind: str, category: str, grade: str | None) -> Html:
        """A kind's label, with the grade where it is a credential that has one."""
        label = tag("span", self.label(kind))
        if category != CREDENTIAL or grade is None or kind == CLEAR:
            return label
        return self.words.say("report.graded", kind=label, grade=self.grade(grade))

    def category(self, category: str) -> Html:
        """A category in words."""
        return self.words.known(f"report.category.{category}", "report.category.other")

    # ---- numbers and where they are explained --------------------------------------------------------

    def count(self, value: int, anchor: str) -> Html:
        """A number that links to why."""
        return self.link(self.words.number(value), anchor)

    def link(self, text: str, anchor: str) -> Html:
        """Any words that link to an anchor of this page."""
        return tag("a", text, href=f"#{anchor}", class_="n")

    def of_finding(self, finding: Finding) -> str:
        """The anchor of a finding's line, else of its kind."""
        row = int(finding["row"])
        return f"f-{row}" if row in self.rows else self.of_kind(finding["kind"])

    def of_kind(self, kind: str) -> str:
        """The anchor of a kind's reasons."""
        return f"k-{_slug(kind)}"

    def of_source(self, source_id: int) -> str:
        """The anchor of a source's line, else of the table."""
        return f"s-{source_id}" if source_id in self.sources else "sources"

    def of_issue(self, code: str) -> str:
        """The anchor of an issue's card, else of the section."""
        return f"i-{_slug(code)}" if code in self.codes else "unread"

    # ---- choices -------------------------------------------------------------------------------------

    def chosen(self, where: pl.Expr, most: int) -> tuple[list[Finding], int]:
        """The first `most` findings that `where` keeps, gravest first, and how many there are in all."""
        found = self.digest.findings.filter(where)
        return found.head(most).to_dicts(), found.height

    def rest(self, shown: int, whole: int, table: str) -> Html | None:
        """The line that says how many are left out and which table holds them; None where none is."""
        left = whole - shown
        if left <= 0:
            return None
        return self.words.plural("report.rest", left, count=self.words.number(left), table=tag("code", table))


def _breakable(text: str) -> Html:
    """`text` that a narrow column may cut: after a mark, and in any run of more than 24 characters."""
    pieces = re.findall(r"[^/_!#: -]{1,24}[/_!#: -]*|[/_!#: -]+", text, re.DOTALL)
    return Html("<wbr>".join(safe(piece) for piece in pieces))


def sensitive() -> pl.Expr:
    """Findings of health data and of social-security numbers."""
    return pl.col("category").is_in(HEALTH) | pl.col("kind").is_in(NIR)


def key(finding: Finding) -> FindingKey:
    """The key of a finding in `Results.why`."""
    return (finding["source_id"], finding["field"], finding["place"], finding["kind"])


def view(results: Results, language: str) -> View:
    """All that the sections read, computed once."""
    results = replace(results, shown=cache(results.shown))
    counted = digest(results)
    explained = _explained(counted.findings)
    listed = _listed(results, counted)
    return View(
        results=results,
        words=Words(language, results.timezone),
        digest=counted,
        explained=explained,
        listed=listed,
        rows=frozenset(explained["row"].to_list()),
        sources=frozenset(listed["source_id"].to_list()),
        kinds={kind.kind: kind for kind in counted.kinds},
        codes=frozenset(issue.code for issue in counted.issues[:CODES]),
    )


def _explained(findings: pl.DataFrame) -> pl.DataFrame:
    """The findings that any table of the page shows, and the first few of each kind."""
    parts = [
        findings.head(GRAVEST),
        findings.filter(sensitive()).head(SENSITIVE),
        findings.filter(pl.col("category") == CREDENTIAL).head(CREDENTIALS),
        findings.group_by("kind", maintain_order=True).head(EACH_KIND).select(findings.columns),
    ]
    return pl.concat(parts).unique("row", maintain_order=True).sort("row")


def _listed(results: Results, counted: Digest) -> pl.DataFrame:
    """The sources of the table, those with the gravest findings first, then those not wholly read."""
    found = counted.findings.group_by("source_id").agg(
        pl.col("order").min(), pl.col("valid").sum().alias("values")
    )
    joined = results.sources.join(found, on="source_id", how="left", maintain_order="left")
    by = [pl.col("order").fill_null(9999), -pl.col("unread").fill_null(2**62), -pl.col("values").fill_null(0)]
    return joined.sort(*by, "source_id").head(SOURCES)


def _slug(code: str) -> str:
    """`code` as an id: what is neither letter nor digit becomes its number, so that no two codes meet."""
    return re.sub(r"[^a-z0-9]", lambda found: "-" if found[0] == "." else f"_{ord(found[0])}", code)


def issue_sentence(view: View, issue: IssueTotal) -> Html:
    """What an issue code means, in the words of the room that raised it."""
    number = view.words.number(issue.count)
    return view.words.known(
        issue.code, "report.issue.generic", named=issue.code, count=number, place="…", source="…"
    )


def remedy_sentence(view: View, issue: IssueTotal) -> Html:
    """What to do about it."""
    return view.words.known(
        f"{issue.code}.remedy",
        "report.issue.generic.remedy",
        named=issue.code,
        count=view.words.number(issue.count),
    )
