"""Logs: every line a record; where its form is known (web servers, syslog, IIS, applications) its fields are columns.

Forms: Apache HTTP Server 2.4 mod_log_config (common, combined, with the virtual host), nginx's `combined`, RFC 3164 and
RFC 5424 (syslog), W3C extended log file format (`#Fields:`), and lines that begin with a date and time of ISO 8601.
A line of another form is a record of one field, `line`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import polars as pl

from tocsin.sources import jsonl
from tocsin.sources.decoding import begin, utf8, utf8_blocks, wide
from tocsin.sources.encoding import detect
from tocsin.sources.limits import limit
from tocsin.sources.opening import read_range, stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed

_QUOTED = r'"((?:[^"\\]|\\.)*)"'
FORMS = {
    "access": (
        r"^(?:(?P<host>[^ ]+:\d+) )?(?P<ip>[^ ]+) (?P<ident>[^ ]+) (?P<user>[^ ]+|\"[^\"]*\") \[(?P<date>[^\]]{20,40})\] "
        r'"(?P<request>(?:[^"\\]|\\.)*)" (?P<status>\d{3}|-) (?P<bytes>\d+|-)'
        r'(?: "(?P<referer>(?:[^"\\]|\\.)*)" "(?P<user_agent>(?:[^"\\]|\\.)*)")?(?P<more>.*)$'
    ),
    "syslog": (
        r"^(?:<\d{1,3}>)?(?P<date>[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[^ ]+) (?P<host>[^ ]+) "
        r"(?P<program>[^ :\[]+)(?:\[(?P<pid>\d+)\])?: (?P<message>.*)$"
    ),
    "syslog5424": (
        r"^<\d{1,3}>\d (?P<date>[^ ]+) (?P<host>[^ ]+) (?P<program>[^ ]+) (?P<pid>[^ ]+) (?P<message_id>[^ ]+) "
        r"(?P<data>-|(?:\[(?:[^\]\\]|\\.)*\])+) ?(?P<message>.*)$"
    ),
    "application": (
        r"^[\[(]?(?P<date>\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,:]\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)[\])]?[ \t:|,-]+"
        r"(?:[\[(]?(?P<level>TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|ALERT|SEVERE|trace|debug|info"
        r"|notice|warn|warning|error|critical|fatal)[\])]?[ \t:|-]+)?(?P<message>.*)$"
    ),
}
_KNOWN = {name: re.compile(form) for name, form in FORMS.items()}
_W3C = re.compile(rb"(?m)^#Fields:[ \t]*([^\r\n]+)")
# Names of the W3C format and of IIS, as the columns of other logs are called.
_W3C_NAMES = {"c-ip": "ip", "cs-username": "user", "cs(user-agent)": "user_agent", "cs(referer)": "referer"}
_SILENT = ("ident", "more")
LOOKED_AT, BATCH = 50, 100_000


def sniff(head: bytes, size: int) -> Sniffed | None:
    """Two lines or more, most of them of one form; the form and its fields are the dialect."""
    encoding = detect(head, size)
    if encoding is None:
        return None
    told = _W3C.search(head) if head[:1] == b"#" else None
    if told is not None:
        names = told[1].decode("ascii", "replace")
        return Sniffed(
            confidence=0.985, encoding=encoding, dialect=(("log.form", "w3c"), ("log.fields", names))
        )
    lines = [
        line
        for line in head[:65536].decode(encoding, "replace").removeprefix("\ufeff").splitlines()
        if line.strip()
    ]
    lines = lines[: -1 if len(head) < size and len(lines) > 1 else None][:LOOKED_AT]
    if len(lines) < 2:
        return None
    for name, form in _KNOWN.items():
        count = sum(form.match(line) is not None for line in lines)
        enough = 0.8 if name == "application" else 0.6
        if count >= 2 and count >= enough * len(lines) and not _table(name, lines):
            sure = 0.97 if name == "application" else 0.985
            return Sniffed(confidence=sure, encoding=encoding, dialect=(("log.form", name),))
    return None


def _table(name: str, lines: list[str]) -> bool:
    """Whether lines that begin with a date are rather those of a table: all with as many delimiters."""
    if name != "application":
        return False
    return any(
        len(counts) == 1 and 0 not in counts
        for counts in ({line.count(sign) for line in lines} for sign in ";\t,|")
    )


def read(section: Section) -> Iterator[Given]:
    """The lines of a section as rows; those of another form have the field `line` alone."""
    located = section.located
    if wide(located):
        pieces = list(utf8_blocks(located))
        yield from (one for one in pieces if isinstance(one, Issue))
        data, damaged = b"".join(one for one in pieces if isinstance(one, bytes)), 0
    else:
        stop = section.stop or stretch_of(located).length()
        if stop - section.start > limit("json", "element_bytes"):
            yield jsonl.bad_line(located, section.line, stop - section.start)
            return
        data, damaged = utf8(
            read_range(located, section.start or begin(located), section.stop), located.encoding
        )
    lines = pl.Series("line", data.decode("utf-8").split("\n"), dtype=pl.String()).str.strip_chars("\r \t")
    lines = lines.filter(lines != "")
    for start in range(0, len(lines), BATCH):
        some = lines.slice(start, BATCH)
        numbers = pl.Series(
            "record", np.arange(len(some), dtype=np.uint64) + np.uint64(section.first + start)
        )
        yield Rows(frame=_columns(located, some), numbers=numbers)
    if damaged:
        yield Issue(source=located.source, code="source.mixed_encoding", count=damaged)


def _columns(located: Located, lines: pl.Series) -> pl.DataFrame:
    """The fields of lines by the form of the log."""
    form = str(located.setting("log.form"))
    if form == "w3c":
        return _w3c(str(located.setting("log.fields")).split(), lines)
    frame = lines.str.extract_groups(FORMS[form]).struct.unnest()
    known = frame["date"].is_not_null()
    frame = frame.drop(_SILENT, strict=False).with_columns(lines.set(known, None).alias("line"))
    dashes = pl.when(pl.all().is_in(["-", ""])).then(None).otherwise(pl.all())
    return frame.select(dashes.name.keep())


def _w3c(names: list[str], lines: pl.Series) -> pl.DataFrame:
    """Fields between blanks; a line with another number of them stays whole."""
    parts = lines.str.split(" ")
    sound = (parts.list.len() == len(names)) & ~lines.str.starts_with("#")
    columns = {}
    for at, name in enumerate(names):
        cells = parts.list.get(at, null_on_oob=True).set(~sound, None)
        cells = cells.set((cells == "-").fill_null(False), None)
        name = _W3C_NAMES.get(name.lower(), name)
        columns[name if name not in columns else f"{name}_{at}"] = cells.str.replace_all(
            "+", " ", literal=True
        )
    columns["line"] = lines.set(sound, None)
    return pl.DataFrame(columns)


FORMAT = Format(
    name="log",
    label={"fr": "journal (serveur, système, application)", "en": "log (server, system, application)"},
    reader="log",
    sniff=sniff,
    survey=jsonl.survey,
    read=read,
)
