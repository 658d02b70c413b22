"""Mails through the whole scan: mentions in the records, spans in the bodies, the same tables on one core and on two."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tocsin.pipeline import Asked, scan

HEAD = "To: bo@example.net\nSubject: s\nMessage-ID: <1@example.net>\n"
LETTER = (
    "From x Thu Jan  1 10:00:00 2026\nFrom: Zoe Martin <zoe{0}@example.org>\n"
    + HEAD
    + "\nécrire à patient{0}@example.com\n"
    "-- \nsecretariat{0}@example.org\n\n"
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of a mailbox of thirty messages."""
    folder = tmp_path_factory.mktemp("mail")
    (folder / "inbox.mbox").write_text(
        "".join(LETTER.format(number) for number in range(30)), encoding="utf-8"
    )
    scan(Asked(piles=[str(folder / "inbox.mbox")], case=folder / "case"))
    return folder / "case"


def test_mentions(case: Path) -> None:
    """Whom a mail is about, who sent it and who got it are apart, in order, each with its roles."""
    records = pl.scan_parquet(case / "records.parquet").collect()
    assert records.select("record", "mention").rows() == [
        (number, mention) for number in range(30) for mention in range(3)
    ]
    first = (
        records.filter(pl.col("record") == 7).select("mention", "any.email", "any.full_name", "roles").rows()
    )
    assert first == [
        (0, ["patient7@example.com"], None, ["body"]),
        (
            1,
            ["zoe7@example.org", "secretariat7@example.org"],
            ["Zoe Martin"],
            ["from", "signature", "display_name"],
        ),
        (2, ["bo@example.net"], None, ["to"]),
    ]


def test_a_record_is_counted_once(case: Path) -> None:
    """Thirty messages are thirty records, whatever their mentions."""
    assert pl.read_parquet(case / "sources.parquet").select("records", "unread").rows() == [(30, 0)]


def test_spans_stand_in_the_body(case: Path) -> None:
    """Their places count the characters of the body."""
    spans = pl.read_parquet(case / "spans.parquet").filter(pl.col("field") == "body", pl.col("record") == 3)
    assert spans.select("start", "end", "kind").rows() == [(9, 9 + len("patient3@example.com"), "any.email")]
