"""E-mail addresses and telephone numbers, by tables of what is one and what is none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kinds.any import email, phone
from tocsin.kinds.lists.plain import calling_codes, top_level_domains

PHONES = (
    ("06 39 98 12 34", "+33639981234"),
    ("0639981234", "+33639981234"),
    ("06.39.98.12.34", "+33639981234"),
    ("06-39-98-12-34", "+33639981234"),
    ("06/39/98/12/34", "+33639981234"),
    ("06 - 39 - 98 - 12 - 34", "+33639981234"),
    ("06. 39. 98. 12. 34", "+33639981234"),
    ("06 39.98-12 34", "+33639981234"),
    ("0639 98 12 34", "+33639981234"),
    ("06 39981234", "+33639981234"),
    ("(06) 39 98 12 34", "+33639981234"),
    ("+33639981234", "+33639981234"),
    ("+33 6 39 98 12 34", "+33639981234"),
    ("+33 (0)6 39 98 12 34", "+33639981234"),
    ("+33(0)639981234", "+33639981234"),
    ("+33 06 39 98 12 34", "+33639981234"),
    ("0033 6 39 98 12 34", "+33639981234"),
    ("00 33 6 39 98 12 34", "+33639981234"),
    ("0033 (0)6 39 98 12 34", "+33639981234"),
    ("33639981234", "+33639981234"),
    ("01 99 00 12 34", "+33199001234"),
    ("09 70 00 00 00", "+33970000000"),
    ("0262 00 00 00", "+262262000000"),
    ("0692 00 00 00", "+262692000000"),
    ("0693 00 00 00", "+262693000000"),
    ("0269 00 00 00", "+262269000000"),
    ("0639 00 00 00", "+262639000000"),
    ("0590 00 00 00", "+590590000000"),
    ("0690 00 00 00", "+590690000000"),
    ("0594 00 00 00", "+594594000000"),
    ("0694 00 00 00", "+594694000000"),
    ("0596 00 00 00", "+596596000000"),
    ("0696 00 00 00", "+596696000000"),
    ("0508 41 00 00", "+508410000"),
    ("0708 41 00 00", "+508708410000"),
    ("0691 00 00 00", "+590691000000"),
    ("0697 00 00 00", "+596697000000"),
    ("0263 00 00 00", "+262263000000"),
    ("(0)6 39 98 12 34", "+33639981234"),
    ("+39 06 0000 0000", "+390600000000"),
    ("+262 692 00 00 00", "+262692000000"),
    ("+508 41 00 00", "+508410000"),
    ("+681 72 00 00", "+681720000"),
    ("+687 25 00 00", "+687250000"),
    ("+689 40 40 00 00", "+68940400000"),
    ("+1-201-555-0123", "+12015550123"),
    ("+1 (201) 555-0123", "+12015550123"),
    ("+44 (0)20 7946 0958", "+442079460958"),
    ("+32 2 000 00 00", "+3220000000"),
    ("+352 20 00 00 00", "+35220000000"),
)
NO_PHONES = (
    "08 99 00 12 34",
    "+33 8 99 00 12 34",
    "3615",
    "112",
    "118 218",
    "0012345678",
    "05/12/2023 14",
    "06 39 98 12",
    "06 39 98 12 34 56",
    "06 39\n98 12 34",
    "+33 6 39 98 12 34 5",
    "+999 12 34 56 78",
    "+33 0 39 98 12 34",
    "1 85 07 78 006 084 36",
)
ADDRESSES = (
    "alix@example.org",
    "ALIX@EXAMPLE.ORG",
    "alix.lilas@example.org",
    "alix+liste@mail.example.com",
    "_alix-1@sub.sub.example.net",
    "a@xn--bcher-kva.example.com",
    "a" * 64 + "@example.org",
)
NO_ADDRESSES = (
    "a" * 65 + "@example.org",
    "alix..lilas@example.org",
    ".alix@example.org",
    "alix.@example.org",
    "alix@example",
    "alix@example.invalid",
    "alix@-example.org",
    "alix@example..org",
    "alix@127.0.0.1",
    "@example.org",
    "alix@@example.org",
    "alix@" + "a." * 8 + "a" * 250 + ".org",
)
WRAPPED = ("{}.", "<{}>", "'{}'", '"{}"', "mailto:{}", "({})", "{},", "{};", "« {} »", "mail:{}", "{}\u00a0!")


@pytest.mark.parametrize(("written", "normal"), PHONES)
def test_a_telephone_number_becomes_e164(written: str, normal: str) -> None:
    assert phone.KIND.accepts(written)
    assert phone.KIND.normal(written) == normal


@pytest.mark.parametrize("written", NO_PHONES)
def test_what_is_no_telephone_number_of_a_person(written: str) -> None:
    assert not phone.KIND.accepts(written)


def test_every_calling_code_is_taken_at_its_lengths_and_at_no_other() -> None:
    for code, sizes in calling_codes().items():
        for size in range(4, 15):
            body = "2" * size if code != "33" else "6" * size
            taken = phone.KIND.accepts(f"+{code}{body}")
            assert taken == (size in sizes), (code, size)


def test_ten_digits_from_zero_pass_as_often_as_declared() -> None:
    rng = random.Random(7)
    decoys = [f"0{rng.randrange(10**9):09d}" for _ in range(20_000)]
    share = sum(map(phone.KIND.accepts, decoys)) / len(decoys)
    assert abs(share - phone.KIND.chance) < 0.02


@given(st.integers(0, 9999), st.sampled_from(phone.FICTION), st.sampled_from(("", " ", ".", "-", "/")))
def test_separators_change_no_number(last: int, block: str, by: str) -> None:
    digits = f"0{block}{last:04d}"
    written = by.join(digits[at : at + 2] for at in range(0, 10, 2))
    assert phone.KIND.normal(written) == f"+33{digits[1:]}"
    assert phone.KIND.accepts(written)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_taken_in_small_letters(address: str) -> None:
    assert email.KIND.accepts(address)
    assert email.KIND.normal(address) == address.lower()


@pytest.mark.parametrize("address", NO_ADDRESSES, ids=range(len(NO_ADDRESSES)))
def test_what_is_no_address(address: str) -> None:
    assert not email.KIND.accepts(address)


@pytest.mark.parametrize("around", WRAPPED)
def test_an_address_is_found_whatever_stands_around_it(around: str, finder: object) -> None:
    text = "Voir " + around.format("alix.lilas@example.org") + " demain"
    assert finder(email.KIND, text) == ["alix.lilas@example.org"]  # type: ignore[operator]


def test_top_level_domains_are_small_ascii_labels() -> None:
    domains = top_level_domains()
    assert {"fr", "re", "org", "paris", "bzh", "xn--p1ai"} <= domains
    assert len(domains) > 1400
    assert all(domain == domain.lower() and domain.isascii() and "." not in domain for domain in domains)
