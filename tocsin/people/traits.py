"""What tells persons apart, as whole numbers: one row a mention, one column a trait, 0 where it is not known.

Values are replaced by 64-bit hashes keyed with the case's secret; birth dates are year * 10,000 + month * 100 + day
with zeros for what is unknown. Where a mention has several values of a trait, the first stands in the table and
the others in `more`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from tocsin.people import folding, fullname, phonetic

# The traits and the kinds that give them, the first that has a value winning; names apart.
KINDS: Mapping[str, tuple[str, ...]] = {
    "nir": ("fr.nir", "fr.ins", "fr.nir13", "fr.nia"),
    "tax": ("fr.spi",),
    "document": (
        "any.passport",
        "fr.passport",
        "fr.cni",
        "fr.residence_permit",
        "fr.driving_licence",
        "any.mrz",
    ),
    "national": ("any.national_number",),
    "customer": ("any.customer_number", "fr.caf", "fr.france_travail", "fr.ine"),
    "professional": ("fr.rpps", "fr.adeli"),
    "email": ("any.email",),
    "phone": ("any.phone",),
    "iban": ("any.iban", "fr.rib"),
    "card": ("any.card",),
    "user": ("any.user_name",),
    "postcode": ("fr.postcode", "any.postcode"),
    "city": ("fr.commune", "any.city"),
    "address": ("any.address", "any.street"),
}
NAMES = ("any.surname", "any.given_name", "any.full_name", "any.person")
OTHERS = ("any.birth_date", "any.sex")
# A number that means something within its own source only.
LOCAL = frozenset({"customer", "user"})
# A mention with none of these is nobody that could be told.
TELLING = (
    *(
        "nir",
        "tax",
        "document",
        "national",
        "customer",
        "professional",
        "email",
        "phone",
        "iban",
        "card",
        "user",
    ),
    *("family", "given"),
)
TRAITS = (*KINDS, "family", "sound", "given", "given3", "dob", "sex")
MORE = pl.Schema({"row": pl.UInt32(), "trait": pl.String(), "value": pl.UInt64()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """`table`: source_id, record, mention and every trait (UInt64; `dob` Int32). `more`: further values by row.

    `names`: hash, name (folded) of every surname and given name met, for comparison by letters.
    """

    table: pl.DataFrame
    more: pl.DataFrame
    names: pl.DataFrame


def needed(columns: Sequence[str]) -> list[str]:
    """The columns of records.parquet that traits are made of."""
    wanted = {*NAMES, *OTHERS, *(kind for kinds in KINDS.values() for kind in kinds)}
    return ["source_id", "record", "mention", *(name for name in columns if name in wanted)]


def traits(records: pl.DataFrame, seed: int) -> Traits:
    """The traits of `records` (columns of `needed`); rows that could be nobody stay, all 0."""
    records = records.with_row_index("row")
    columns: list[pl.Series] = []
    more: list[pl.DataFrame] = []
    for trait, kinds in KINDS.items():
        first, others = _values(records, kinds)
        columns.append(_hashed(_canonical(trait, first), seed, trait, records).alias(trait))
        if others.height:
            value = _hashed(_canonical(trait, others["value"]), seed, trait, None)
            if trait not in LOCAL:
                more.append(others.select("row", trait=pl.lit(trait)).with_columns(value=value))
    named, further, names = _names(records, seed)
    table = pl.DataFrame([records["source_id"], records["record"], records["mention"], *columns])
    told = _mail_names(records, seed)
    table = _own_profession(pl.concat([table, named, _birth(records), told], how="horizontal"))
    return Traits(
        table=table,
        more=pl.concat([*more, *further]).cast(MORE) if more or further else MORE.to_frame(),
        names=names,
    )


def _values(records: pl.DataFrame, kinds: Sequence[str]) -> tuple[pl.Series, pl.DataFrame]:
    """The first value of the first kind that has one, and all the others with their row."""
    there = [kind for kind in kinds if kind in records.columns]
    if not there:
        return pl.repeat(None, records.height, dtype=pl.String, eager=True), _no_values()
    lists = (
        records.select("row", pl.col(there[0]).alias("value"))
        if len(there) == 1
        else records.select(
            "row", pl.concat_list(pl.col(kind).fill_null([]) for kind in there).alias("value")
        )
    )
    first = lists["value"].list.get(0, null_on_oob=True)
    many = lists.filter(pl.col("value").list.len() > 1)
    if not many.height:
        return first, _no_values()
    return first, many.with_columns(pl.col("value").list.slice(1)).explode("value").drop_nulls("value")


def _no_values() -> pl.DataFrame:
    return pl.DataFrame(schema={"row": pl.UInt32(), "value": pl.String()})


def _canonical(trait: str, values: pl.Series) -> pl.Series:
    """The writing under which two values of a trait are the same."""
    column = pl.col("v")
    frame = values.alias("v").to_frame()
    if trait == "nir":
        return frame.select(column.str.slice(0, 13)).to_series()
    if trait == "email":
        local, domain = column.str.extract("^([^@+]+)"), column.str.extract("@(.*)$")
        google = domain.is_in(["gmail.com", "googlemail.com"])
        plain = pl.when(google).then(local.str.replace_all(".", "", literal=True)).otherwise(local)
        return frame.select((plain + "@" + domain).str.to_lowercase()).to_series()
    if trait in ("city", "address"):
        return frame.select(plain_letters(column)).to_series()
    if trait == "iban":
        return frame.select(column.str.to_uppercase()).to_series()
    return values


def plain_letters(column: pl.Expr) -> pl.Expr:
    """Small letters and digits without accents, words apart by one space."""
    low = column.str.to_lowercase().str.normalize("NFKD").str.replace_all("[\u0300-\u036f]", "")
    return low.str.replace_all("[^a-z0-9]+", " ").str.strip_chars()


def _hashed(values: pl.Series, seed: int, trait: str, records: pl.DataFrame | None) -> pl.Series:
    """Hashes of values, 0 for null; a local number is mixed with its source."""
    hashes = values.hash(_salted(seed, trait))
    if trait in LOCAL and records is not None:
        hashes = hashes ^ records["source_id"].cast(pl.UInt64).hash(_salted(seed, "source"))
    return (
        pl.select(pl.when(values.is_null() | (values == "")).then(0).otherwise(hashes))
        .to_series()
        .cast(pl.UInt64)
    )


def _salted(seed: int, trait: str) -> int:
    """The seed of one trait, so that equal values of two traits do not share a hash."""
    return (seed ^ int.from_bytes(trait.encode()[:8], "little") * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF


def hash_names(values: pl.Series, seed: int) -> pl.Series:
    """The hash under which a folded surname or given name stands in the table."""
    return _hashed(values, seed, "name", None)


def _names(records: pl.DataFrame, seed: int) -> tuple[pl.DataFrame, list[pl.DataFrame], pl.DataFrame]:
    """The columns of names, their further forms, and the dictionary."""
    height = records.height
    family, families = _values(records, ("any.surname",))
    given, givens = _values(records, ("any.given_name",))
    whole, _ = _values(records, ("any.full_name", "any.person"))
    split = fullname.split(whole, records["source_id"])
    family = family.fill_null(split["family"])
    given = given.fill_null(split["given"])
    family_table = _forms(family, families["value"], folding.family_forms, seed, sound=True)
    given_table = _forms(given, givens["value"], folding.given_forms, seed, sound=False)
    out, more = [], []
    for trait, values, others, forms in (
        ("family", family, families, family_table),
        ("given", given, givens, given_table),
    ):
        joined = (
            values.alias("text").to_frame().join(forms.table, on="text", how="left", maintain_order="left")
        )
        out += [joined[name] for name in forms.table.columns if name != "text"]
        pairs = pl.concat(
            [
                pl.DataFrame({"row": records["row"], "text": values}).join(
                    forms.further, on="text", maintain_order="left_right"
                ),
                others.rename({"value": "text"}).join(forms.every, on="text", maintain_order="left_right"),
            ]
        )
        more.append(pairs.select("row", trait=pl.lit(trait), value="value"))
    frame = pl.DataFrame(out).fill_null(0) if height else pl.DataFrame(out)
    return frame, more, pl.concat([family_table.names, given_table.names])


@dataclass(frozen=True, slots=True)
class _Forms:
    """Of each text: its main form's columns (`table`), its other forms (`further`), all forms (`every`)."""

    table: pl.DataFrame
    further: pl.DataFrame
    every: pl.DataFrame
    names: pl.DataFrame


def _forms(
    first: pl.Series, others: pl.Series, forms_of: Callable[[str], tuple[str, ...]], seed: int, *, sound: bool
) -> _Forms:
    """Every distinct text is folded once."""
    texts = pl.concat([first.alias("text"), others.alias("text")]).drop_nulls().unique(maintain_order=True)
    forms = [forms_of(text) for text in texts.to_list()]
    main = pl.Series("name", [found[0] if found else None for found in forms], dtype=pl.String)
    columns = {"text": texts, "family" if sound else "given": hash_names(main, seed)}
    distinct = main.drop_nulls().unique()
    if sound:
        sounds = pl.Series([phonetic.key(name) for name in distinct.to_list()], dtype=pl.String)
        keys = pl.DataFrame({"name": distinct, "sound": hash_names(sounds, seed)})
        columns["sound"] = main.to_frame().join(keys, on="name", how="left", maintain_order="left")["sound"]
    else:
        columns["given3"] = hash_names(main.str.slice(0, 3), seed)
    rest = pl.DataFrame(
        {"text": texts, "name": [list(found[1:]) for found in forms]},
        schema_overrides={"name": pl.List(pl.String)},
    )
    rest = rest.explode("name").drop_nulls("name")
    further = rest.select("text", value=hash_names(rest["name"], seed))
    table = pl.DataFrame(columns)
    every = pl.concat([table.select("text", value=pl.nth(1)).filter(pl.col("value") != 0), further])
    names = pl.concat([main.drop_nulls(), rest["name"]]).unique()
    return _Forms(table, further, every, pl.DataFrame({"hash": hash_names(names, seed), "name": names}))


def _birth(records: pl.DataFrame) -> pl.DataFrame:
    """`dob` as a number, `sex` (1 male, 2 female, 0 unknown), `nir_birth`: the NIR's first five digits."""
    born, _ = _values(records, ("any.birth_date",))
    sex, _ = _values(records, ("any.sex",))
    parts = born.str.extract_all("[0-9]+") if born.len() else born.cast(pl.List(pl.String))
    number = [
        parts.list.get(at, null_on_oob=True).cast(pl.Int32, strict=False).fill_null(0) for at in range(3)
    ]
    dob = number[0] * 10_000 + number[1] * 100 + number[2]
    sexes = (
        sex.str.to_uppercase()
        .str.slice(0, 1)
        .replace_strict(["M", "H", "1", "F", "W", "2"], [1, 1, 1, 2, 2, 2], default=0, return_dtype=pl.UInt64)
    )
    nir, _ = _values(records, KINDS["nir"])
    digits = nir.str.slice(0, 5).cast(pl.Int32, strict=False).fill_null(0)
    return pl.DataFrame({"dob": dob.fill_null(0), "sex": sexes.fill_null(0), "nir_birth": digits})


def _own_profession(table: pl.DataFrame) -> pl.DataFrame:
    """`table` without health professionals' numbers beside a NIR or a birth date: a patient's record names a doctor."""
    patient = (pl.col("nir") != 0) | (pl.col("dob") != 0)
    kept = pl.when(patient).then(0).otherwise(pl.col("professional"))
    return table.with_columns(professional=kept.cast(pl.UInt64))


def _mail_names(records: pl.DataFrame, seed: int) -> pl.DataFrame:
    """`mail_one` and `mail_two`: the two names that a mailbox is made of (`jean.morvan@…`), 0 where it is not."""
    email, _ = _values(records, KINDS["email"])
    local = email.str.to_lowercase().str.extract("^([^@+]+)")
    apart = local.str.extract_groups("^([a-z-]{2,})[._]([a-z-]{2,})(?:[._][a-z]?[0-9]+|[0-9]+)?$")
    joined = local.str.extract_groups("^([a-z]{2,})-([a-z]{2,})(?:[._-][a-z]?[0-9]+|[0-9]+)?$")
    sides = []
    for side in ("1", "2"):
        name = apart.struct.field(side).fill_null(joined.struct.field(side))
        sides.append(hash_names(name.str.replace_all("-", "", literal=True), seed))
    return pl.DataFrame({"mail_one": sides[0], "mail_two": sides[1]})


def own_nir(table: pl.DataFrame) -> pl.DataFrame:
    """`table` without the social-security numbers whose year and month, or sex, of birth are another's.

    A child carries its insured parent's. INSEE: the first digit is the sex, the next four the year and the month;
    months above 12 are fictive. To be asked once default birth dates were set aside.
    """
    dob, digits, sex = pl.col("dob"), pl.col("nir_birth"), pl.col("sex").cast(pl.Int32)
    year, month, first = digits // 100 % 100, digits % 100, digits // 10_000
    known = (dob > 0) & (digits > 0)
    other_year = known & (dob // 10_000 % 100 != year)
    other_month = known & (dob // 100 % 100 > 0) & month.is_between(1, 12) & (dob // 100 % 100 != month)
    other_sex = (sex > 0) & first.is_in([1, 2]) & (sex != first)
    borrowed = (other_year & other_month) | ((other_year | other_month) & other_sex)
    return table.with_columns(nir=pl.when(borrowed).then(0).otherwise(pl.col("nir")).cast(pl.UInt64))
