"""The project tests itself: the rules of the house that no linter says."""

from __future__ import annotations

import ast
import os
import re
import socket
import stat
import string
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pytest_socket import SocketBlockedError

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tocsin"
LINES = 300
FUNCTION_LINES = 40
CORE_MB = 300
LANGUAGES = {"fr", "en"}
ERRORS = {"TocsinError", "UsageError", "CheckFailed", "CaseError", "SourceError", "DeclarationError"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}

# Written so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(r"(?<![A-Za-z0-9.}])/(?:wor[k]|roo[t]|hom[e]/[a-z]|User[s]/[A-Za-z]|farm)/")
INDEX_ADDRESS = re.compile(r"index-ur[l]|find-lin[k]s|https?://\S*/simpl[e]\b")
BAD_SPACE = re.compile(r"[^\s\u00a0\u202f(\[/][ ](?:[:;!?»])|«[ ]|[0-9] [%€]")


def package_files() -> list[Path]:
    """Every file that the wheel carries."""
    return sorted(path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def modules() -> list[Path]:
    """Every Python file of the package."""
    return [path for path in package_files() if path.suffix == ".py"]


def own_texts() -> list[Path]:
    """The package's, the scripts', the lock's and the documents' files that are text."""
    folders = [ROOT / name for name in ("docs", "requirements", "script", "tests", "bench", ".ci")]
    found = [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()]
    found += [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    kept = [path for path in found if "__pycache__" not in path.parts and "piles" not in path.parts]
    return sorted([*package_files(), *kept])


def readable(path: Path) -> str:
    """The file's text; bytes that are none count as nothing."""
    return path.read_bytes().decode("utf-8", "ignore")


def named(path: Path) -> str:
    """The path as a test's name shows it."""
    return str(path.relative_to(ROOT))


def sentences() -> dict[str, dict[str, str]]:
    """Every entry of every sentence file."""
    merged: dict[str, dict[str, str]] = {}
    for path in sorted((PACKAGE / "sentences").glob("*.toml")):
        merged |= tomllib.loads(path.read_text(encoding="utf-8"))
    return merged


def placeholders(sentence: str) -> set[str]:
    """The names between braces."""
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


def calls(tree: ast.AST) -> list[ast.Call]:
    """Every call in a module."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def called_name(call: ast.Call) -> str:
    """The last part of what is called: `say` in `sentences.say(…)`."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_no_machine_path_and_no_index_address() -> None:
    """Nothing says on which machine it was written or from which index it was installed."""
    texts = {named(path): readable(path) for path in own_texts()}
    assert [name for name, text in texts.items() if MACHINE_PATH.search(text)] == []
    places = [name for name in texts if name.startswith(("requirements/", "tocsin/")) or "/" not in name]
    assert [name for name in places if INDEX_ADDRESS.search(texts[name])] == []


def test_lock_is_hashed_and_agrees() -> None:
    """Every pin of every lock has hashes, and a package that stands in two locks has one version."""
    versions: dict[str, set[str]] = {}
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        for block in re.split(r"\n(?=[a-z])", path.read_text(encoding="utf-8").strip()):
            requirement = Requirement(block.split(" \\\n", 1)[0])
            assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", block)) >= 1, requirement.name
            assert str(requirement.specifier).startswith("=="), requirement.name
            versions.setdefault(requirement.name, set()).add(str(requirement.specifier))
    assert {"polars", "click"} <= versions.keys()
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_every_declared_dependency_is_locked() -> None:
    """What pyproject asks for at run time stands in the run-time lock, within its bounds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {canonicalize_name(requirement.name): requirement for requirement in runtime_lock()}
    for text in project["dependencies"]:
        wanted = Requirement(text)
        (pin,) = locked[canonicalize_name(wanted.name)].specifier
        assert wanted.specifier.contains(pin.version), wanted.name


@pytest.mark.parametrize("path", modules(), ids=named)
def test_module_opens_with_a_sentence(path: Path) -> None:
    """The first statement says what the module holds; no module is longer than the house allows."""
    text = path.read_text(encoding="utf-8")
    doc = ast.get_docstring(ast.parse(text))
    assert doc is not None
    assert doc.split("\n\n")[0].rstrip().endswith((".", "?", ":")), "the first paragraph is a sentence"
    assert text.count("\n") <= LINES


@pytest.mark.parametrize("path", modules(), ids=named)
def test_functions_are_short(path: Path) -> None:
    """No function is longer than the house allows."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES]
    assert long == []


def test_rooms_are_named_and_not_empty() -> None:
    """No drawer for odds and ends; a folder that exists holds something."""
    folders = [path for path in PACKAGE.rglob("*") if path.is_dir() and path.name != "__pycache__"]
    assert [named(path) for path in [*folders, *modules()] if path.stem in FORBIDDEN_NAMES] == []
    holds = {parent for path in package_files() if path.name != "__init__.py" for parent in path.parents}
    assert [named(folder) for folder in folders if folder not in holds] == []


def test_every_said_sentence_exists() -> None:
    """A code that stands in a call of `say` has its sentence."""
    known = sentences()
    missing: list[str] = []
    for path in modules():
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            first = call.args[0] if call.args else None
            if called_name(call) == "say" and isinstance(first, ast.Constant) and first.value not in known:
                missing.append(f"{named(path)}:{call.lineno} {first.value!r}")
    assert missing == []


def stated_code(call: ast.Call) -> ast.expr | None:
    """The code that a call states: an error's first argument, an issue's `code`."""
    name = called_name(call)
    if name in ERRORS and call.args:
        return call.args[0]
    return next((given.value for given in call.keywords if name == "Issue" and given.arg == "code"), None)


def test_every_error_and_issue_has_its_sentence() -> None:
    """A code becomes words at the edge: without a sentence the user would meet a crash instead of a remedy."""
    known = sentences()
    missing: list[str] = []
    for path in modules():
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            code = stated_code(call)
            if isinstance(code, ast.Constant) and isinstance(code.value, str) and code.value not in known:
                missing.append(f"{named(path)}:{call.lineno} {code.value}")
    assert missing == []


def test_said_sentences_get_their_arguments() -> None:
    """A call of `say` with a literal code passes what the sentence's braces name."""
    known = sentences()
    wrong: list[str] = []
    for path in modules():
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            first = call.args[0] if call.args else None
            if called_name(call) != "say" or not isinstance(first, ast.Constant) or first.value not in known:
                continue
            given = {keyword.arg for keyword in call.keywords}
            if None not in given and not placeholders(known[first.value]["fr"]) <= given:
                wrong.append(f"{named(path)}:{call.lineno} {first.value!r}")
    assert wrong == []


def test_every_sentence_speaks_both_languages() -> None:
    """French and English stand side by side and take the same arguments."""
    known = sentences()
    assert [code for code, words in known.items() if set(words) != LANGUAGES] == []
    differ = [code for code, words in known.items() if placeholders(words["fr"]) != placeholders(words["en"])]
    assert differ == []
    assert [code for code, words in known.items() if not all(text.strip() for text in words.values())] == []


def test_french_sentences_have_french_spaces() -> None:
    """No ordinary space before ; : ! ? » % € or after «: a line could break there."""
    assert [code for code, words in sentences().items() if BAD_SPACE.search(words["fr"])] == []


@pytest.mark.parametrize(
    "path", sorted(path for path in (ROOT / "script").iterdir() if path.is_file()), ids=named
)
def test_scripts_run_alone(path: Path) -> None:
    """Each script can be run, opens with its interpreter and says what it does; the shell can parse it."""
    assert path.stat().st_mode & stat.S_IXUSR
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#!/")
    if lines[0] == "#!/bin/sh":
        assert lines[1].startswith("# ")
        assert subprocess.run(["/bin/sh", "-n", str(path)], check=False).returncode == 0


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_the_network_is_refused() -> None:
    """A socket to anywhere raises; a local one between processes opens."""
    with pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    left, right = socket.socketpair(socket.AF_UNIX)
    left.close()
    right.close()


def test_importing_everything_opens_no_socket() -> None:
    """In a process where making a socket ends it, every module of the package can be imported."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in modules()
    ]
    program = (
        "import importlib, os, sys\n"
        "sys.addaudithook(lambda event, given: os._exit(9) if event.startswith('socket.') else None)\n"
        f"for name in {sorted(name for name in names if not name.endswith('__main__'))!r}: importlib.import_module(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr.splitlines()[-1:]


def runtime_lock() -> list[Requirement]:
    """The pins of the run-time lock that this machine needs."""
    text = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    pins = [Requirement(line.split(" \\", 1)[0]) for line in text.splitlines() if re.match(r"[a-z]", line)]
    return [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]


def installed_bytes(found: Distribution) -> int:
    """What the files of one installed package take."""
    places = [Path(str(found.locate_file(entry))) for entry in found.files or []]
    return sum(place.stat().st_size for place in places if place.is_file())


def test_the_core_is_small() -> None:
    """What an installation without the web part takes on disk stays under 300 MB, Tocsin included."""
    sizes = {pin.name: installed_bytes(distribution(pin.name)) for pin in runtime_lock()}
    assert min(sizes.values()) > 0, sizes
    total = sum(sizes.values()) + sum(path.stat().st_size for path in package_files())
    assert total < CORE_MB * 1_000_000, sizes


def test_the_package_imports_nothing_undeclared() -> None:
    """Every outside import is a declared dependency."""
    declared = {
        "anyascii",
        "backports",
        "click",
        "compression",
        "numpy",
        "polars",
        "pypdfium2",
        "python_calamine",
    }
    declared |= {"rapidfuzz", "re2", "xlsxwriter"}
    declared |= {"duckdb", "pg8000", "pymysql"}  # the extras
    outside: set[str] = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                outside |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                outside.add(node.module.partition(".")[0])
    assert outside - set(sys.stdlib_module_names) - {"tocsin"} <= declared


def test_ci_runs_the_same_tests() -> None:
    """What continuous integration runs is what everybody runs."""
    assert "script/test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
