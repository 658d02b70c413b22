"""The doctor reads the machine and says what it cannot know."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tocsin.case import Case, Fact, Standing, doctor
from tocsin.sentences import say

HEAD = "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n"
ROUTE = "eth0 00000000 010200C0 0003 0 0 0 00000000 0 0 0\n"
LOCAL = "eth0 000200C0 00000000 0001 0 0 0 00FFFFFF 0 0 0\n"
ZERO = "0" * 32
ROUTE6 = f"{ZERO} 00 {ZERO} 00 fd000000000000000000000000000001 00000400 00000002 00000000 00000003 eth0\n"
LOOP6 = f"{ZERO} 00 {ZERO} 00 {ZERO} ffffffff 00000001 00000000 00200200 lo\n"


def machine(root: Path, route: str = "", route6: str = "", swaps: str = "", umask: str = "0077") -> Path:
    """A tree that stands for `/proc` of a machine."""
    (root / "proc/net").mkdir(parents=True)
    (root / "proc/self").mkdir()
    (root / "proc/net/route").write_text(HEAD + route)
    (root / "proc/net/ipv6_route").write_text(route6)
    (root / "proc/swaps").write_text("Filename Type Size Used Priority\n" + swaps)
    (root / "proc/self/status").write_text(f"Name:\tx\nUmask:\t{umask}\n")
    return root


def found(facts: list[Fact]) -> dict[str, Standing]:
    return {fact.code.removeprefix("doctor."): fact.state for fact in facts}


def test_this_machine_can_be_judged_and_said(folder: Path) -> None:
    Case.open(folder).release()
    facts = doctor([folder, folder / "not yet there"])
    codes = found(facts)
    assert {"python", "tocsin", "installed", "space", "cases"} <= codes.keys()
    assert {dict(fact.arguments).get("name") for fact in facts} >= {"polars", "numpy", "google-re2", "click"}
    for fact in facts:
        for language in ("fr", "en"):
            assert say(fact.code, language, **dict(fact.arguments))


@pytest.mark.parametrize(
    ("route", "route6", "code", "state"),
    [
        ("", "", "network_none", Standing.OK),
        (LOCAL, LOOP6, "network_none", Standing.OK),
        (LOCAL + ROUTE, "", "network_route", Standing.ATTENTION),
        ("", LOOP6 + ROUTE6, "network_route", Standing.ATTENTION),
    ],
)
def test_a_default_route_is_seen(tmp_path: Path, route: str, route6: str, code: str, state: Standing) -> None:
    codes = found(doctor(root=machine(tmp_path, route, route6)))
    assert {
        name: how for name, how in codes.items() if name.startswith("network") and name != "network_proxy"
    } == {code: state}


def test_a_proxy_is_named_without_its_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:canary@proxy.example")
    facts = doctor(root=machine(tmp_path))
    assert found(facts)["network_proxy"] is Standing.ATTENTION
    assert "canary" not in repr(facts)


@pytest.mark.parametrize(("mask", "state"), [("0077", Standing.OK), ("0022", Standing.ATTENTION)])
def test_the_umask_is_judged(tmp_path: Path, mask: str, state: Standing) -> None:
    facts = doctor(root=machine(tmp_path, umask=mask))
    assert [fact for fact in facts if fact.code == "doctor.umask"] == [
        Fact("doctor.umask", state, (("mask", mask),))
    ]


def test_what_cannot_be_read_is_unknown(tmp_path: Path) -> None:
    codes = found(doctor([tmp_path / "x"], root=tmp_path))
    unknown = {name for name, state in codes.items() if state is Standing.UNKNOWN}
    assert unknown == {"swap_unknown", "network_unknown", "umask_unknown", "disk_unknown"}


def test_cases_that_need_attention_are_found(tmp_path: Path) -> None:
    root = machine(tmp_path / "root")
    cases = tmp_path / "cases"
    for name in ("good", "damaged", "closing"):
        Case.open(cases / name).release()
    Case.open(cases / "old", expires=datetime(2020, 1, 1, tzinfo=UTC)).release()
    (cases / "damaged/case.json").write_text("{")
    state = json.loads((cases / "closing/case.json").read_text())
    (cases / "closing/case.json").write_text(json.dumps(state | {"closing": {"destroy": []}}))
    facts = {fact.code: dict(fact.arguments) for fact in doctor([cases], root=root)}
    assert facts["doctor.case_expired"] == {"folder": "old", "expires": "2020-01-01T00:00:00Z"}
    assert facts["doctor.case_damaged"] == {"folder": "damaged"}
    assert facts["doctor.case_closing"] == {"folder": "closing"}
    assert facts["doctor.cases"] == {"count": 1, "folder": "cases"}
    alone = {fact.code for fact in doctor([cases / "old"], root=root)}
    assert "doctor.case_expired" in alone


def test_a_missing_package_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declared = ["polars>=2.1", "no-such-thing>=1", 'never-heard-of; extra == "more"']
    monkeypatch.setattr("tocsin.case.checkup.requires", lambda name: declared)
    facts = {dict(fact.arguments).get("name"): fact for fact in doctor(root=machine(tmp_path))}
    assert facts["polars"].code == "doctor.installed"
    assert (facts["no-such-thing"].code, facts["no-such-thing"].state) == (
        "doctor.missing",
        Standing.ATTENTION,
    )
    assert (facts["never-heard-of"].code, facts["never-heard-of"].state) == (
        "doctor.optional_missing",
        Standing.OK,
    )
