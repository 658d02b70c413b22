"""Where persons live: country and French département, from postcodes, telephone numbers and mailboxes, in that order.

A birth département (in a NIR) is no residence. La Poste: 200 and 201 are Corse-du-Sud, 202 and 206 Haute-Corse; 97 and
98 take three digits (INSEE's code of départements and collectivities).
"""

from __future__ import annotations

import polars as pl

from tocsin.kinds.lists.plain import calling_codes

# Countries by calling code where one code is one country; ISO 3166-1 (ITU-T E.164, complement of 2011).
COUNTRIES = {
    "33": "FR", "32": "BE", "41": "CH", "352": "LU", "49": "DE", "39": "IT", "34": "ES", "351": "PT", "44": "GB",
    "31": "NL", "353": "IE", "43": "AT", "45": "DK", "46": "SE", "47": "NO", "48": "PL", "40": "RO", "30": "GR",
    "36": "HU", "420": "CZ", "421": "SK", "386": "SI", "385": "HR", "359": "BG", "370": "LT", "371": "LV",
    "372": "EE", "358": "FI", "356": "MT", "357": "CY", "377": "MC", "376": "AD", "212": "MA", "213": "DZ",
    "216": "TN", "221": "SN", "225": "CI", "237": "CM", "223": "ML", "261": "MG", "90": "TR", "81": "JP", "86": "CN",
    "262": "FR", "590": "FR", "594": "FR", "596": "FR", "508": "FR", "687": "FR", "689": "FR",
}  # fmt: skip
OVERSEAS = {"590": "971", "596": "972", "594": "973", "508": "975", "687": "988", "689": "987"}
# Country domains whose code is not the country's own, and those that are used by everybody.
DOMAINS = {"uk": "GB", "eu": None, "io": None, "co": None, "me": None, "tv": None, "ai": None, "re": "FR", "gp": "FR",
           "mq": "FR", "gf": "FR", "pm": "FR", "yt": "FR", "nc": "FR", "pf": "FR", "wf": "FR"}  # fmt: skip


def department(postcode: pl.Expr) -> pl.Expr:
    """The département of a French postcode (five digits); null for anything else."""
    whole = postcode.str.contains("^[0-9]{5}$")
    two, three = postcode.str.slice(0, 2), postcode.str.slice(0, 3)
    corsica = pl.when(three.is_in(["200", "201"])).then(pl.lit("2A")).otherwise(pl.lit("2B"))
    known = pl.when(two == "20").then(corsica).when(two.is_in(["97", "98"])).then(three).otherwise(two)
    return pl.when(whole & (two != "00") & (two != "96") & (two != "99")).then(known).otherwise(None)


def phone_country(phone: pl.Expr) -> pl.Expr:
    """ISO country of a telephone number (E.164); null where its code names none of one country."""
    code = pl.lit(None, dtype=pl.String)
    for length in (1, 2, 3):
        codes = [known for known in calling_codes() if len(known) == length and known in COUNTRIES]
        start = phone.str.slice(1, length)
        named = start.replace_strict(
            codes, [COUNTRIES[known] for known in codes], default=None, return_dtype=pl.String
        )
        code = pl.coalesce(named, code) if codes else code
    return code


def phone_department(phone: pl.Expr) -> pl.Expr:
    """The overseas département or collectivity of a telephone number (E.164), null elsewhere (numbers move)."""
    return phone.str.slice(1, 3).replace_strict(OVERSEAS, default=None, return_dtype=pl.String)


def mail_country(email: pl.Expr) -> pl.Expr:
    """ISO country of a mailbox's country domain; null for a generic one."""
    top = email.str.extract("[.]([a-z]{2})$")
    named = top.replace_strict(DOMAINS, default=top.str.to_uppercase(), return_dtype=pl.String)
    return pl.when(top.is_null()).then(None).otherwise(named)
