"""Each person in one row: names, birth, residence, how to reach them, whether they are minors, and how sure it is."""

from __future__ import annotations

from datetime import date

import polars as pl

from tocsin.people.residence import department, mail_country, phone_country, phone_department

ADULT = 18
OLDEST = 105
# Columns of the table PERSONS of the contract.
PERSONS = pl.Schema(
    {
        "person": pl.String(),
        "kinds": pl.List(pl.String()),
        "names": pl.List(pl.String()),
        "birth_date": pl.Date(),
        "minor": pl.Boolean(),
        "deceased": pl.Boolean(),
        "country": pl.String(),
        "department": pl.String(),
        "email": pl.String(),
        "phone": pl.String(),
        "postal": pl.String(),
        "controller": pl.List(pl.String()),
        "reference_id": pl.String(),
        "confidence": pl.Float64(),
        "last_year": pl.Int32(),
    }
)
NOT_KINDS = frozenset(
    {"source_id", "source", "record", "mention", "roles", "person", "confidence", "sha256", "place", "copy"}
)
MOST_NAMES = 5


def identifiers(rows: pl.DataFrame) -> pl.DataFrame:
    """Every value of every person: person, kind, value, source_id, record, once each.

    `rows` are records with a column `person`; a value with a wrong key is no identifier.
    """
    parts = []
    for kind in _kinds(rows):
        filled = rows.select(
            "person", pl.lit(kind).alias("kind"), pl.col(kind).alias("value"), "source_id", "record"
        )
        parts.append(filled.filter(pl.col("value").list.len() > 0).explode("value"))
    schema = {
        "person": pl.String,
        "kind": pl.String,
        "value": pl.String,
        "source_id": pl.Int32,
        "record": pl.Int64,
    }
    return pl.concat(parts).unique(maintain_order=True) if parts else pl.DataFrame(schema=schema)


def _kinds(rows: pl.DataFrame) -> list[str]:
    return [name for name in rows.columns if name not in NOT_KINDS and not name.endswith(".invalid")]


def persons(rows: pl.DataFrame, shared: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One row a person, in the order of their identifiers.

    `rows` are records with `person` and `confidence`; `shared` holds kind and value of what was demoted: no way to
    reach anybody; `as_of` is the day of the breach, on which a minor is one.
    """
    people = rows.group_by("person").agg(pl.col("confidence").min()).sort("person")
    lines = {
        "kinds": _kinds_of(rows),
        "names": _names(rows),
        "birth": _born(rows),
        "email": _commonest(rows, "any.email", shared, "email"),
        "phone": _commonest(rows, "any.phone", shared, "phone"),
        "postcode": _commonest(_first_of(rows, ("fr.postcode", "any.postcode")), "value", None, "postcode"),
        "city": _commonest(_first_of(rows, ("fr.commune", "any.city")), "value", None, "city"),
        "address": _commonest(_first_of(rows, ("any.address", "any.street")), "value", None, "address"),
        "nir": _commonest(rows, "fr.nir", shared, "nir"),
        "year": _last_year(rows, as_of),
    }
    for table in lines.values():
        people = people.join(table, on="person", how="left", maintain_order="left")
    return _finished(people, as_of)


def _finished(people: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The columns of the contract out of the parts."""
    mail, phone = pl.col("email"), pl.col("phone")
    depart = pl.coalesce(department(pl.col("postcode")), phone_department(phone))
    country = pl.coalesce(
        pl.when(department(pl.col("postcode")).is_not_null()).then(pl.lit("FR")),
        phone_country(phone),
        mail_country(mail),
    )
    place = pl.concat_str(pl.col("postcode"), pl.col("city"), separator=" ", ignore_nulls=True)
    postal = pl.when(pl.col("address").is_not_null()).then(
        pl.concat_str(pl.col("address"), place, separator=", ", ignore_nulls=True)
    )
    return people.with_columns(
        birth_date=_full(pl.col("birth")),
        minor=_minor(as_of),
        deceased=pl.lit(None, dtype=pl.Boolean),
        country=country,
        department=depart,
        postal=postal,
        controller=pl.lit([], dtype=pl.List(pl.String)),
        reference_id=pl.lit(None, dtype=pl.String),
    ).select(
        pl.col(name).cast(kind) if name != "names" else pl.col(name).fill_null([]).cast(kind)
        for name, kind in PERSONS.items()
    )


def _full(birth: pl.Expr) -> pl.Expr:
    return birth.str.to_date("%Y-%m-%d", strict=False)


def _minor(as_of: date) -> pl.Expr:
    """Under 18 on the day `as_of`: by the birth date, however partial, else by the NIR's year; null where open."""
    return pl.coalesce(_minor_by_date(as_of), _minor_by_nir(as_of))


def _minor_by_date(as_of: date) -> pl.Expr:
    """By year, then month, then day: the first that differs from the eighteenth birthday's decides."""
    birth, limit = pl.col("birth"), as_of.year - ADULT
    year = birth.str.slice(0, 4).cast(pl.Int32, strict=False)
    month = birth.str.slice(5, 2).cast(pl.Int32, strict=False)
    day = birth.str.slice(8, 2).cast(pl.Int32, strict=False)
    by_day = pl.when(day.is_not_null()).then(day > as_of.day)
    by_month = pl.when(month != as_of.month).then(month > as_of.month).otherwise(by_day)
    return pl.when(year != limit).then(year > limit).otherwise(by_month)


def _minor_by_nir(as_of: date) -> pl.Expr:
    """By the two digits of the year: of this century or the last, so that somebody of a hundred stays open."""
    limit = as_of.year - ADULT
    short = pl.col("nir").str.slice(1, 2).cast(pl.Int32, strict=False)
    recent = pl.when(short <= as_of.year % 100).then(as_of.year // 100 * 100 + short)
    decided = pl.when(recent < limit).then(False).when(recent > limit).then(True)
    open_ = recent >= as_of.year - (OLDEST - 100)
    known = pl.when(recent.is_null()).then(False).when(open_).then(None).otherwise(decided)
    return pl.when(short.is_not_null()).then(known)


def _kinds_of(rows: pl.DataFrame) -> pl.DataFrame:
    """The kinds of which each person has a value."""
    names = _kinds(rows)
    filled = rows.group_by("person").agg((pl.col(name).list.len() > 0).any().alias(name) for name in names)
    marks = [pl.when(pl.col(name)).then(pl.lit(name)) for name in names]
    if not marks:
        return filled.with_columns(kinds=pl.lit([], dtype=pl.List(pl.String))).select("person", "kinds")
    return filled.select("person", kinds=pl.concat_list(marks).list.drop_nulls())


def _first_of(rows: pl.DataFrame, kinds: tuple[str, ...]) -> pl.DataFrame:
    """`value`: the list of the first of `kinds` that a row has."""
    there = [
        pl.when(pl.col(kind).list.len() > 0).then(pl.col(kind)) for kind in kinds if kind in rows.columns
    ]
    none = pl.lit(None, dtype=pl.List(pl.String))
    return rows.select("person", value=pl.coalesce(*there, none) if there else none)


def _commonest(rows: pl.DataFrame, column: str, shared: pl.DataFrame | None, name: str) -> pl.DataFrame:
    """Of each person the value met most often, the smallest among equals; none that was demoted."""
    if column not in rows.columns:
        return pl.DataFrame(schema={"person": pl.String, name: pl.String})
    values = rows.select("person", pl.col(column).list.get(0, null_on_oob=True).alias(name)).drop_nulls()
    if shared is not None and shared.height:
        gone = shared.filter(pl.col("trait") == name)["value"].implode()
        values = values.filter(~pl.col(name).is_in(gone))
    counted = values.group_by("person", name).len()
    return (
        counted.sort("len", name, descending=[True, False])
        .unique("person", keep="first")
        .select("person", name)
    )


def _names(rows: pl.DataFrame) -> pl.DataFrame:
    """How each person's name was written, the commonest first, at most five."""

    def first(kind: str) -> pl.Expr:
        found = (
            pl.col(kind).list.get(0, null_on_oob=True)
            if kind in rows.columns
            else pl.lit(None, dtype=pl.String)
        )
        return found

    whole = pl.coalesce(first("any.full_name"), first("any.person"))
    apart = pl.concat_str(first("any.given_name"), first("any.surname"), separator=" ", ignore_nulls=True)
    both = first("any.surname").is_not_null() | first("any.given_name").is_not_null()
    written = rows.select("person", names=pl.when(both).then(apart).otherwise(whole)).drop_nulls()
    counted = written.group_by("person", "names").len().sort("len", "names", descending=[True, False])
    return counted.group_by("person", maintain_order=True).agg(pl.col("names").head(MOST_NAMES))


def _born(rows: pl.DataFrame) -> pl.DataFrame:
    """The fullest and then commonest birth date of each person, as a partial ISO string."""
    if "any.birth_date" not in rows.columns:
        return pl.DataFrame(schema={"person": pl.String, "birth": pl.String})
    born = rows.select("person", birth=pl.col("any.birth_date").list.get(0, null_on_oob=True)).drop_nulls()
    counted = born.group_by("person", "birth").len().with_columns(full=pl.col("birth").str.len_bytes())
    order = counted.sort("full", "len", "birth", descending=[True, True, False])
    return order.unique("person", keep="first", maintain_order=True).select("person", "birth")


def _last_year(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The last year of which any dated record of the person speaks."""
    if "any.date" not in rows.columns:
        return pl.DataFrame(schema={"person": pl.String, "last_year": pl.Int32})
    years = rows.select(
        "person", year=pl.col("any.date").list.eval(pl.element().str.slice(0, 4).cast(pl.Int32, strict=False))
    )
    past = years.with_columns(
        last_year=pl.col("year").list.eval(pl.element().filter(pl.element() <= as_of.year)).list.max()
    )
    return past.drop_nulls("last_year").group_by("person").agg(pl.col("last_year").max())
