"""The rules of the house, as programs: import contracts that bite, sizes, names, locks and documents."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from adapters.host.logs import PRIVATE

ROOT = Path(__file__).parent.parent
ROOMS = ("adapters", "bot", "storage", "content")
PLATFORMS = ("slack_bolt", "slack_sdk", "botbuilder", "botframework", "aiohttp", "apscheduler")
SQL = ("sqlalchemy", "sqlmodel", "alembic", "aiosqlite", "asyncpg")
VAGUE = {"base", "common", "helper", "helpers", "manager", "misc", "service", "services", "util", "utils"}
MOST_LINES = 250
MOST_FUNCTION_LINES = {"at the median": 10, "of nine in ten": 25}


def sources() -> list[Path]:
    """Every Python file of the program, without the migrations."""
    rooms = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return sorted([ROOT / "app.py", *(path for path in rooms if "migrations" not in path.parts)])


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# ------------------------------------------------------------------------------------ import contracts


@dataclass(frozen=True, slots=True)
class Violation:
    """Modules, each with what it imports, that break one contract and no other."""

    contract: str
    imports: dict[str, tuple[str, ...]]


VIOLATIONS = [
    Violation(
        "Imports only go downwards",
        {"content.upwards": ("bot", "storage"), "storage.upwards": ("bot",), "bot.upwards": ("adapters",)},
    ),
    Violation("Nobody imports app", {f"{room}.wiring": ("app",) for room in ROOMS}),
    Violation("Adapters do not know each other", {"adapters.one": ("adapters.two",), "adapters.two": ()}),
    Violation(
        "No platform below the adapters",
        {f"{room}.native": PLATFORMS for room in ("bot", "storage", "content")},
    ),
    Violation("SQL only in storage", {f"{room}.rows": SQL for room in ("adapters", "bot", "content")}),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program in which one may do wrong."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(tree: Path) -> str:
    """What the linter prints about this tree, one space between words."""
    program = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [program, "--no-cache", "--no-logo"], cwd=tree, capture_output=True, text=True, check=False
    )
    return re.sub(r"[^\S\n]+", " ", run.stdout + run.stderr)


def verdicts(report: str, verdict: str) -> set[str]:
    return set(re.findall(rf"^(.+) {verdict}$", report, flags=re.MULTILINE))


def test_the_contracts_hold_and_each_has_its_violation(copy: Path) -> None:
    assert verdicts(lint_imports(copy), "KEPT") == {violation.contract for violation in VIOLATIONS}


@pytest.mark.parametrize("violation", VIOLATIONS, ids=lambda violation: violation.contract)
def test_a_contract_bites(copy: Path, violation: Violation) -> None:
    for module, imported in violation.imports.items():
        source = "".join(f"import {name}\n" for name in imported)
        (copy / f"{module.replace('.', '/')}.py").write_text(source, encoding="utf-8")

    report = lint_imports(copy)

    assert verdicts(report, "BROKEN") == {violation.contract}, report
    for module, imported in violation.imports.items():
        for name in imported:
            assert f"- {module} -> {name} (l." in report, f"{module} may import {name}"


# ------------------------------------------------------------------------------ sizes, names, docstrings


def test_no_file_is_longer_than_a_reader_holds_in_mind() -> None:
    lines = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}

    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def function_lines(path: Path) -> Iterator[int]:
    """How long each function is, without its docstring."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            yield (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_functions_are_short() -> None:
    lengths = sorted(length for path in sources() for length in function_lines(path))
    measured = {
        "at the median": lengths[len(lengths) // 2],
        "of nine in ten": lengths[len(lengths) * 9 // 10],
    }

    assert {which: length for which, length in measured.items() if length > MOST_FUNCTION_LINES[which]} == {}


def test_names_say_what_is_inside() -> None:
    words = {place(path): set(re.split(r"[/_.]", place(path))) for path in sources()}

    assert [name for name, parts in words.items() if parts & VAGUE] == []


def broad_handlers(path: Path) -> Iterator[ast.ExceptHandler]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler) and catches_everything(node.type):
            yield node


def catches_everything(caught: ast.expr | None) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(name is None or ast.unparse(name) in {"Exception", "BaseException"} for name in names)


def test_unforeseen_errors_are_caught_once_at_an_adapters_edge_and_nowhere_else() -> None:
    broad: Counter[str] = Counter()
    for path in sources():
        parts = path.relative_to(ROOT).parts
        where = "/".join(parts[:2]) if parts[0] == "adapters" else "elsewhere"
        broad[where] += len(list(broad_handlers(path)))

    assert broad["elsewhere"] == 0
    assert {where: count for where, count in broad.items() if count > 1} == {}


def logged(path: Path) -> Iterator[tuple[int, str]]:
    """The keys of every line of the log that a file writes, each with its line number."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and re.fullmatch(r"(self\._)?log\.\w+", ast.unparse(node.func)):
            yield from ((node.lineno, str(told.arg)) for told in node.keywords)


def test_no_line_of_the_log_is_written_under_a_key_that_is_hidden() -> None:
    """Under `why` or `reason` stand people's words: what a line says there nobody ever reads."""
    told = [(path, line, key) for path in sources() for line, key in logged(path)]

    assert len({key for _, _, key in told}) > 20
    assert [f"{place(path)}:{line} {key}" for path, line, key in told if key in PRIVATE] == []


def public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in body:
        if isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def test_everything_public_says_what_it_is_for() -> None:
    silent = []
    for path in sources():
        module = ast.parse(path.read_text(encoding="utf-8"))
        silent += [place(path)] * (ast.get_docstring(module) is None)
        silent += [
            f"{place(path)}: {node.name}" for node in public(module.body) if not ast.get_docstring(node)
        ]

    assert silent == []


# ---------------------------------------------------------------------------------- locks, settings, docs

LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-peers.lock",
    "tests/peers/package-lock.json",
)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert re.findall(r"\S*://\S*|--(?:extra-)?index-url.*|--find-links.*|\"resolved\".*", text) == []


@pytest.mark.parametrize("lock", [name for name in LOCKS if name.endswith(".lock")])
def test_every_package_of_a_lock_has_its_hash(lock: str) -> None:
    entries = re.split(r"^(?=[a-z])", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]

    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_production_installs_what_was_tested() -> None:
    def pins(lock: str) -> set[str]:
        return set(
            re.findall(r"^[a-z][^\s;]*==[^\s;]+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
        )

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_the_documents_speak_of_commands_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / ".ci/run"]
    named = {
        (place(path), target)
        for path in documents
        for target in re.findall(r"(?:`|^ *)make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert {target for _, target in named} >= {"run", "demo", "test", "check", "peers"}
    assert {(where, target) for where, target in named if target not in targets} == set()


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{place(path)}: {target}"
        for path in documents
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]

    assert dead == []


def test_the_example_names_every_setting_and_no_other() -> None:
    fields: Mapping[str, FieldInfo] = import_module("app").Settings.model_fields
    named = re.findall(r"^# ([A-Za-z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(named) == sorted(variable(name, field) for name, field in fields.items())


def variable(name: str, field: FieldInfo) -> str:
    """The environment variable of a setting."""
    alias = field.validation_alias
    first = alias.choices[0] if isinstance(alias, AliasChoices) else alias
    return first if isinstance(first, str) else name.upper()


RUNS = [
    pytest.param({}, "", "app.py serve --local", id="nothing"),
    pytest.param({"SLACK_BOT_TOKEN": "xoxb-1"}, "", "app.py serve", id="environment"),
    pytest.param({"SLACK_BOT_TOKEN": ""}, "# SLACK_APP_TOKEN=xapp-…\n", "app.py serve --local", id="empty"),
    pytest.param({}, "PORT=3000\nMicrosoftAppId=1\n", "app.py serve", id="env file"),
    pytest.param({}, "SLACK_BOT_TOKEN_FILE=/run/secrets/slack\n", "app.py serve", id="secret file"),
]


@pytest.mark.parametrize(("environment", "env_file", "started"), RUNS)
def test_make_run_plays_only_when_no_credential_is_set(
    tmp_path: Path, environment: dict[str, str], env_file: str, started: str
) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / ".env").write_text(env_file, encoding="utf-8")
    (tmp_path / "requirements-dev.lock").touch()
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (tmp_path / ".venv/.locked").touch()

    run = subprocess.run(
        ["make", "run"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.splitlines()[-1] == started


def test_each_scope_asked_of_slack_has_its_reason_in_the_document() -> None:
    asked = set(
        json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"]
    )
    document = (ROOT / "docs/slack.md").read_text(encoding="utf-8").partition("What Herald asks for")[2]
    reasoned = {
        scope for row in re.findall(r"^\| .*\|(.*)\|$", document, re.MULTILINE) for scope in code(row)
    }

    assert reasoned == asked


def code(markdown: str) -> list[str]:
    return re.findall(r"`([^`]+)`", markdown)
