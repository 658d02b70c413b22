"""Delimited text: comma, semicolon, tab, bar or colon between the fields, one record a row."""

from __future__ import annotations

from tocsin.sources.csv_read import read
from tocsin.sources.csv_sample import sample
from tocsin.sources.csv_sniff import sniff
from tocsin.sources.csv_survey import survey
from tocsin.sources.source import Format

FORMAT = Format(
    name="csv",
    label={"fr": "texte délimité (CSV, TSV)", "en": "delimited text (CSV, TSV)"},
    reader="csv",
    sniff=sniff,
    survey=survey,
    read=read,
    sample=sample,
)
