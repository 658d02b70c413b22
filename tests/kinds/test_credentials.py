"""Stored passwords are recognised and graded from the value alone; clear ones, keys and tokens never show."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kinds.any import (
    announced_password,
    api_key,
    jwt,
    mail_password,
    password,
    password_hash,
    private_key,
    signed_hash,
)
from tocsin.kinds.lists.plain import common_passwords
from tocsin.kinds.stored import GRADES, Format, candidates, family, format_of, formats, grade, plausible
from tocsin.masked import mask

SECRET = b"hashcat"
# The 31 formats of leaks, by hashcat's numbers, with the family and the grade that each must get. 32 digits may
# be MD5 or NT, 16 digits MySQL or half an LM: alone they are taken for the commoner.
EXPECTED = (
    (3000, "mysql323", "fast_unsalted"),
    (1000, "md5", "fast_unsalted"),
    (0, "md5", "fast_unsalted"),
    (100, "sha1", "fast_unsalted"),
    (1400, "sha256", "fast_unsalted"),
    (1700, "sha512", "fast_unsalted"),
    (200, "mysql323", "fast_unsalted"),
    (300, "mysql41", "fast_unsalted"),
    (2611, "vbulletin", "fast_salted"),
    (2711, "vbulletin", "fast_salted"),
    (2811, "ipb_mybb", "fast_salted"),
    (111, "ssha", "fast_salted"),
    (1411, "ssha256", "fast_salted"),
    (1711, "ssha512", "fast_salted"),
    (124, "django_sha1", "fast_salted"),
    (1500, "descrypt", "fast_salted"),
    (500, "md5crypt", "fast_salted"),
    (1600, "apr1", "fast_salted"),
    (400, "phpass", "slow"),
    (7900, "drupal7", "slow"),
    (7400, "sha256crypt", "slow"),
    (1800, "sha512crypt", "slow"),
    (10000, "django_pbkdf2", "slow"),
    (10900, "pbkdf2_sha256", "slow"),
    (11900, "pbkdf2_md5", "slow"),
    (12000, "pbkdf2_sha1", "slow"),
    (12001, "pbkdf2_atlassian", "slow"),
    (12100, "pbkdf2_sha512", "slow"),
    (3200, "bcrypt", "slow"),
    (8900, "scrypt", "slow"),
    (34000, "argon2", "slow"),
)
SECRETS = (password, announced_password, mail_password, password_hash, signed_hash, api_key, private_key, jwt)


def example(mode: int) -> str:
    """The example of the last, least telling format that bears hashcat's number."""
    if mode == 2711:
        return "bf366348c53ddcfbd16e63edfdd1eee6:181264250056774603641874043270"
    return next(
        each.example for each in reversed(formats()) if mode in each.modes and "[{]CRYPT" not in each.pattern
    )


@pytest.mark.parametrize(("mode", "name", "strength"), EXPECTED)
def test_formats_of_leaks_are_recognised_and_graded(mode: int, name: str, strength: str) -> None:
    value = example(mode)
    assert (family(value), grade(value)) == (name, strength)
    assert password_hash.KIND.accepts(value) != signed_hash.KIND.accepts(value)


def test_there_are_thirty_one_and_each_stands_in_the_table() -> None:
    assert len({mode for mode, _, _ in EXPECTED}) == 31
    known = {mode for each in formats() for mode in each.modes}
    assert {mode for mode, _, _ in EXPECTED} <= known


@pytest.mark.parametrize("each", formats(), ids=lambda each: each.name)
def test_every_example_is_of_its_format(each: Format) -> None:
    assert each.family in candidates(each.example)
    assert plausible(each.example)
    assert each.grade in GRADES[1:]
    assert family(each.example) == each.family or each.family in ("ntlm", "lm")


def test_grades_go_from_the_worst_to_the_best() -> None:
    assert GRADES == ("clear", "fast_unsalted", "fast_salted", "slow")
    assert password.clear("anything") == "clear"


def test_shared_shapes_name_every_candidate() -> None:
    assert candidates(example(0)) == ("md5", "ntlm", "lm")
    assert candidates("7196759210defdc0") == ("mysql323", "lm")
    assert family("299bd128c1101fd6aad3b435b51404ee") == "lm"


def test_too_few_rounds_are_no_slow_hash() -> None:
    assert grade("sha256:1000:MTc3MTA0MTQwMjQxNzY=:PYjCU215Mi57AYPKva9j7mvF4Rc5bCnt") == "slow"
    assert grade("sha256:12:MTc3MTA0MTQwMjQxNzY=:PYjCU215Mi57AYPKva9j7mvF4Rc5bCnt") == "fast_salted"


def test_examples_are_of_the_password_hashcat() -> None:
    """What hashlib can compute is computed again: a mistyped example would teach a wrong format."""
    shown = {each.family: each.example for each in reversed(formats())}
    for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"):
        assert shown[name] == hashlib.new(name, SECRET).hexdigest()
    assert shown["mysql41"] == "*" + hashlib.sha1(hashlib.sha1(SECRET).digest()).hexdigest().upper()
    assert shown["ldap_sha"] == "{SHA}" + b64encode(hashlib.sha1(SECRET).digest()).decode()
    assert shown["postgres_md5"] == "md5" + hashlib.md5(SECRET + b"postgres").hexdigest()
    digest, _, salt = shown["md5_salted"].partition(":")
    assert digest == hashlib.md5(SECRET + salt.encode()).hexdigest()
    digest, _, salt = shown["ipb_mybb"].partition(":")
    halves = hashlib.md5(salt.encode()).hexdigest() + hashlib.md5(SECRET).hexdigest()
    assert digest == hashlib.md5(halves.encode()).hexdigest()
    _, rounds, salt, derived = shown["django_pbkdf2"].split("$")
    made = hashlib.pbkdf2_hmac("sha256", SECRET, salt.encode(), int(rounds))
    assert derived == b64encode(made).decode()
    _, salt, digest = shown["django_sha1"].split("$")
    assert digest == hashlib.sha1(salt.encode() + SECRET).hexdigest()
    raw = b64decode(shown["ssha"].removeprefix("{SSHA}"))
    assert raw[:20] == hashlib.sha1(SECRET + raw[20:]).digest()


def test_scram_agrees_with_rfc_7677() -> None:
    """The verifier of the exchange in section 3 (user, pencil), put as PostgreSQL stores it."""
    salt = b64decode("W22ZaJ0SNY7soEsUEjb6gQ==")
    salted = hashlib.pbkdf2_hmac("sha256", b"pencil", salt, 4096)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    value = f"SCRAM-SHA-256$4096:{b64encode(salt).decode()}${b64encode(stored).decode()}:{b64encode(server).decode()}"
    assert (family(value), grade(value)) == ("scram_sha256", "slow")


@pytest.mark.parametrize(
    "value", ["0" * 32, "4970100000000014", "communication", "20261121", "", "Tr0ub4dor&3", "$2y$10$short"]
)
def test_numbers_and_words_are_no_hash(value: str) -> None:
    assert not password_hash.KIND.accepts(value)


@given(st.text(alphabet="0123456789abcdefABCDEF", min_size=1, max_size=130))
def test_the_short_way_for_hexadecimal_digits_changes_nothing(value: str) -> None:
    found = format_of(value)
    assert (found.family if found else None) == next(iter(candidates(value)), None)


@pytest.mark.parametrize("module", SECRETS, ids=lambda module: module.KIND.name)
def test_a_mask_shows_next_to_nothing_of_a_secret(module: object) -> None:
    kind = module.KIND  # type: ignore[attr-defined]
    for one in kind.valid:
        normal = kind.normal(one.value)
        shown = mask(normal, *kind.show)
        readable = sum(char.isalnum() for char in shown)
        assert readable <= sum(kind.show) <= 4
        assert shown != normal


@pytest.mark.parametrize("module", [password, announced_password, mail_password, password_hash, signed_hash])
def test_a_mask_of_a_password_shows_no_character_at_all(module: object) -> None:
    kind = module.KIND  # type: ignore[attr-defined]
    assert kind.show == (0, 0)


def test_announced_passwords_lose_their_announcement() -> None:
    normal = announced_password.KIND.normal
    assert normal("mot de passe : Tr0ub4dor&3") == "Tr0ub4dor&3"
    assert normal("PASSWORD=Tr0ub4dor&3") == "Tr0ub4dor&3"
    assert mail_password.KIND.normal("chris@example.com:Tr0ub4dor&3") == "Tr0ub4dor&3"


def test_a_hash_after_the_word_password_is_no_clear_password() -> None:
    assert not announced_password.KIND.accepts("password: 8743b52063cd84097a65d1633f5c74f5")
    assert not mail_password.KIND.accepts("chris@example.com:8743b52063cd84097a65d1633f5c74f5")


def test_tokens_are_proved_by_their_header() -> None:
    assert jwt.names_algorithm("eyJhbGciOiJub25lIn0.e30.")
    assert not jwt.names_algorithm("eyJ0eXAiOiJKV1QifQ.e30.")
    assert not jwt.names_algorithm("[" * 9000)


def test_common_passwords_are_about_a_hundred_and_told_once() -> None:
    listed = common_passwords()
    assert 100 <= len(listed) <= 150
    assert len(set(listed)) == len(listed)
    assert {"123456", "azerty", "motdepasse"} <= set(listed)
