"""Agreement with python-stdnum, which was written by others: 10,000 numbers a kind, half of them mutated."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from stdnum import bic, bitcoin, iban, imei, imsi, luhn, mac
from stdnum.fr import nif, nir, siren, siret, tva

from tocsin.kinds.any import bic as any_bic
from tocsin.kinds.any import card as any_card
from tocsin.kinds.any import iban as any_iban
from tocsin.kinds.any import imei as any_imei
from tocsin.kinds.any import mac as any_mac
from tocsin.kinds.catalogue import bundled
from tocsin.kinds.fr import finess as fr_finess
from tocsin.kinds.fr import nir as fr_nir
from tocsin.kinds.fr import rpps as fr_rpps
from tocsin.kinds.fr import siren as fr_siren
from tocsin.kinds.fr import siret as fr_siret
from tocsin.kinds.fr import spi as fr_spi
from tocsin.kinds.fr import vat as fr_vat
from tocsin.kinds.kind import Kind

SEED = 20261121
COUNT = 10_000
Judge = Callable[[str], bool]


def mutated(value: str, rng: random.Random) -> str:
    """`value` with a digit changed, two neighbours swapped, or a character added or dropped."""
    at = rng.randrange(len(value))
    way = rng.randrange(5)
    if way < 2:
        places = [place for place, char in enumerate(value) if char.isdigit()]
        at = rng.choice(places or [at])
        return value[:at] + rng.choice("0123456789") + value[at + 1 :]
    if way == 2:
        return value[:at] + value[at : at + 2][::-1] + value[at + 2 :]
    if way == 3:
        return value[:at] + rng.choice("0123456789ABIOSZ") + value[at + 1 :]
    return (
        value[:at] + value[at + 1 :]
        if rng.random() < 0.5
        else value[:at] + rng.choice("0123456789") + value[at:]
    )


def numbers(
    kind: Kind, rng: random.Random, make: Callable[[random.Random], str] | None = None
) -> Iterator[str]:
    """5,000 genuine-looking numbers of the kind and 5,000 mutated ones, without separators."""
    for at in range(COUNT):
        value = kind.normal((make or kind.fake)(rng))
        yield value if at % 2 == 0 else mutated(value, rng)


def differences(
    kind: Kind, judge: Judge, make: Callable[[random.Random], str] | None = None
) -> tuple[int, int, int]:
    """How many numbers both accept, only Tocsin accepts, only stdnum accepts."""
    both = ours = theirs = 0
    for value in numbers(kind, random.Random(SEED), make):
        mine, other = kind.accepts(value), judge(value)
        both += mine and other
        ours += mine and not other
        theirs += other and not mine
    return both, ours, theirs


def whole_mac(value: str) -> bool:
    """stdnum's judgement of an address in six whole pairs, without the list of makers."""
    return len(value) == 17 and mac.is_valid(value, validate_manufacturer=False)


@pytest.mark.parametrize(
    ("kind", "judge"),
    [
        pytest.param(fr_siren.KIND, siren.is_valid, id="fr.siren"),
        pytest.param(fr_siret.KIND, siret.is_valid, id="fr.siret"),
        pytest.param(fr_spi.KIND, nif.is_valid, id="fr.spi"),
        pytest.param(any_bic.KIND, bic.is_valid, id="any.bic"),
        pytest.param(any_imei.KIND, lambda value: len(value) == 15 and imei.is_valid(value), id="any.imei"),
        pytest.param(fr_vat.KIND, lambda value: value[:2] == "FR" and tva.is_valid(value), id="fr.vat"),
        pytest.param(any_mac.KIND, whole_mac, id="any.mac"),
        pytest.param(fr_rpps.KIND, lambda value: len(value) == 11 and luhn.is_valid(value), id="fr.rpps"),
    ],
)
def test_both_accept_the_same_numbers(kind: Kind, judge: Judge) -> None:
    """IMEI: of stdnum's three lengths only the one with a key. MAC: stdnum also fills up pairs of one digit."""
    both, ours, theirs = differences(kind, judge)
    assert (ours, theirs) == (0, 0)
    assert both >= COUNT // 2


def test_siret_of_la_poste_agrees_for_both_of_its_rules() -> None:
    """stdnum takes the Luhn key of La Poste's head office only; Tocsin takes either rule for all of them."""

    def make(rng: random.Random) -> str:
        return f"356000000{rng.randrange(100_000):05d}"

    for value in numbers(fr_siret.KIND, random.Random(SEED), make):
        if len(value) == 14 and value.isdigit() and value.startswith("356000000"):
            assert fr_siret.KIND.accepts(value) == (siret.is_valid(value) or luhn.is_valid(value))


def test_nir_key_agrees_and_tocsin_asks_for_more() -> None:
    """stdnum looks at length, Corsica and key; Tocsin also at first digit, month, department and order."""
    both, ours, theirs = differences(fr_nir.KIND, nir.is_valid)
    assert ours == 0
    assert both >= COUNT // 2
    assert theirs < COUNT // 20
    for value in numbers(fr_nir.KIND, random.Random(SEED)):
        if fr_nir.KIND.shaped(value) and fr_nir.BODY.holds(value):
            assert fr_nir.KIND.accepts(value) == nir.is_valid(value)


def test_letters_in_a_vat_key_agree() -> None:
    """Every pair of key characters with a letter, on SIRENs with a Luhn key."""

    def make(rng: random.Random) -> str:
        key = rng.choice(fr_vat.LETTERS) + rng.choice(fr_vat.LETTERS)
        return f"FR{key}{fr_siren.KIND.normal(fr_siren.fake(rng))}"

    both, ours, theirs = differences(
        fr_vat.KIND, lambda value: value[:2] == "FR" and tva.is_valid(value), make
    )
    assert (ours, theirs) == (0, 0)
    assert both > 100


def test_iban_agrees_but_for_the_keys_that_one_of_them_lacks() -> None:
    """Tocsin adds the RIB key (France, Monaco) and refuses the check digits 00, 01 and 99; stdnum adds the
    national keys of some other countries, which are left out here."""

    def judge(value: str) -> bool:
        if not iban.is_valid(value, check_country=False) or not "02" <= value[2:4] <= "98":
            return False
        return value[:2] not in any_iban.FRENCH or any_iban.RIB_KEY.holds(value)

    both, ours, theirs = differences(any_iban.KIND, judge)
    assert (ours, theirs) == (0, 0)
    assert both >= COUNT // 2


def test_every_country_of_the_registry_agrees() -> None:
    """One account of every country and class of characters, and the structures refuse what stdnum refuses."""
    rng = random.Random(SEED)
    characters = {"n": "0123456789", "a": "ABCXYZ", "c": "09AZ"}
    for country, account in any_iban.ACCOUNTS.items():
        for _ in range(60):
            bban = "".join(rng.choice(characters[place]) for place in any_iban.places(account))
            value = any_iban.with_iban_key(country, bban)
            assert iban.is_valid(value, check_country=False)
            assert any_iban.KIND.accepts(value) or country in any_iban.FRENCH
            other = mutated(value, rng)
            refused = not iban.is_valid(other, check_country=False)
            assert not (refused and any_iban.KIND.accepts(other))


def test_a_genuine_french_iban_without_letters_reads_fr76() -> None:
    rng = random.Random(SEED)
    made = [any_iban.KIND.normal(any_iban.fake(rng)) for _ in range(2000)]
    french = [value for value in made if value[:2] == "FR"]
    assert len(french) > 1000
    assert {value[:4] for value in french} == {"FR76"}


@pytest.mark.parametrize(
    "kind", [pytest.param(any_card.KIND, id="any.card"), pytest.param(fr_finess.KIND, id="fr.finess")]
)
def test_a_luhn_kind_accepts_nothing_that_stdnum_refuses(kind: Kind) -> None:
    """stdnum has the Luhn key only; the ranges of issuers and departments are Tocsin's."""
    both, ours, theirs = differences(kind, luhn.is_valid)
    assert ours == 0
    assert both >= COUNT // 2
    assert theirs < COUNT // 10


SAME = {
    "at.vnr": "at.vnr", "bg.egn": "bg.egn", "ch.ssn": "ch.ssn", "de.idnr": "de.idnr", "ee.ik": "ee.ik",
    "es.dni": "es.dni", "es.nie": "es.nie", "fi.hetu": "fi.hetu", "gb.nhs": "gb.nhs", "gb.utr": "gb.utr",
    "gr.amka": "gr.amka", "hr.oib": "hr.oib", "ie.pps": "ie.pps", "it.codice_fiscale": "it.codicefiscale",
    "no.fodselsnummer": "no.fodselsnummer", "pl.pesel": "pl.pesel", "pt.nif": "pt.nif",
}  # fmt: skip
# (only Tocsin, only stdnum) at most, and why: Tocsin takes days that are in no calendar or yet to come, and asks
# for the written length, a year that can be, a person's form.
NEARLY = {
    "be.nn": ("be.ssn", 20, 10), "cz.rc": ("cz.rc", 5, 20), "dk.cpr": ("dk.cpr", 200, 0),
    "lt.asmens": ("lt.asmens", 0, 20), "lv.pk": ("lv.pvn", 5, 60), "nl.bsn": ("nl.bsn", 0, 120),
    "pt.cc": ("pt.cc", 0, 200), "ro.cnp": ("ro.cnp", 10, 10), "se.personnummer": ("se.personnummer", 20, 400),
    "si.emso": ("si.emso", 10, 0),
}  # fmt: skip


def judge_of(module: str) -> Judge:
    """What a module of python-stdnum says."""
    judge: Judge = import_module(f"stdnum.{module}").is_valid
    return judge


@pytest.mark.parametrize("name", SAME)
def test_a_person_number_of_europe_agrees(name: str) -> None:
    """Both accept the same of 10,000 numbers, half of them mutated."""
    both, ours, theirs = differences(bundled()[name], judge_of(SAME[name]))
    assert (ours, theirs) == (0, 0)
    assert both >= COUNT // 2


@pytest.mark.parametrize("name", NEARLY)
def test_a_person_number_of_europe_nearly_agrees(name: str) -> None:
    """What only one of them accepts is rare and has its reason."""
    module, most_ours, most_theirs = NEARLY[name]
    both, ours, theirs = differences(bundled()[name], judge_of(module))
    assert ours <= most_ours
    assert theirs <= most_theirs
    assert both >= COUNT // 2


def test_bitcoin_addresses_agree() -> None:
    both, ours, theirs = differences(bundled()["any.bitcoin"], bitcoin.is_valid)
    assert (ours, theirs) == (0, 0)
    assert both >= COUNT // 2


def test_subscriber_identities_agree_on_fifteen_digits() -> None:
    """stdnum knows the countries' codes one by one and takes fourteen digits too; Tocsin takes the ranges."""
    both, ours, theirs = differences(
        bundled()["any.imsi"], lambda value: len(value) == 15 and imsi.is_valid(value)
    )
    assert theirs == 0
    assert both >= COUNT // 2
    assert ours < COUNT // 10
