"""The installed command, run for real: what it prints where, and its exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).with_name("careerbot"))


@pytest.fixture
def environment(data_folder: Path, tmp_path: Path) -> dict[str, str]:
    """An environment with nothing set but the built data."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "CAREERBOT_DATA": str(data_folder), "COLUMNS": "80", "LC_ALL": "C.UTF-8"}


def careerbot(
    *arguments: str, env: dict[str, str], cwd: Path, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end."""
    return subprocess.run(
        [COMMAND, *arguments], input=stdin, capture_output=True, env=env, cwd=cwd, timeout=60, check=False
    )


def test_version_and_help_load_nothing_heavy(environment: dict[str, str], tmp_path: Path) -> None:
    """They come at once: neither NumPy nor Rich nor the platforms' SDKs are imported."""
    code = (
        "import sys; sys.argv=['careerbot','--version']\n"
        "from adapters.__main__ import main; code=main()\n"
        "heavy={'numpy','rich','prompt_toolkit','pydantic','asyncio','discord','slack_bolt'} & set(sys.modules)\n"
        "sys.exit(f'{code} {heavy}' if code or heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"careerbot ")
    helped = careerbot("ask", "--help", env=environment, cwd=tmp_path)
    assert helped.returncode == 0
    assert b"careerbot ask what does a data engineer earn in Berlin" in helped.stdout


def test_ask_answers_in_plain_text_without_escapes(environment: dict[str, str], tmp_path: Path) -> None:
    """In a pipe there is no colour and no cursor movement; a bad word in the question changes nothing."""
    done = careerbot("ask", "what", "is", "a", "plumber", env=environment, cwd=tmp_path)
    assert done.returncode == 0
    text = done.stdout.decode()
    assert text.startswith("Plumber\n━━━━━━━\n")
    assert "\x1b" not in text
    assert done.stderr == b""


def test_a_file_is_answered_line_by_line_and_bad_lines_are_told(environment: dict[str, str], tmp_path: Path) -> None:
    """Every readable line has its object, in order; the others are named on standard error; exit code 2."""
    lines = (
        b"what is a plumber\n"
        b"\n"
        b"{not json\n"
        b'{"text": "nurse pay in London", "conversation": "c"}\n'
        b'{"text": "and in Leeds?", "conversation": "c"}\n'
        b'{"text": "x", "colour": "red"}\n'
        b"nurse \xff pay\n"
        b"weather in \xe2\x80\xaeLondon\x1b[31m\n"
    )
    done = careerbot("ask", "--json", "--file", "-", env=environment, cwd=tmp_path, stdin=lines)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["intent"] for each in found] == ["overview", "none", "salary", "salary", "salary", "none"]
    assert found[3]["places"][0]["name"] == "Leeds"
    errors = done.stderr.decode()
    assert "standard input:3: Invalid JSON" in errors
    assert "standard input:6: unknown key 'colour'" in errors
    assert "standard input:7: is not all UTF-8" in errors
    assert "Traceback" not in errors
    assert b"\x1b" not in done.stdout + done.stderr
    assert done.returncode == 2


def test_not_understood_is_an_answer(environment: dict[str, str], tmp_path: Path) -> None:
    """Exit code 0: the bot said that it doesn't know."""
    done = careerbot("ask", "--json", "whats the weather in london", env=environment, cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["understood"] is False


@pytest.mark.parametrize(
    ("arguments", "extra", "says"),
    [
        (["ask"], {}, "nothing to ask"),
        (["ask", "x", "--file", "y"], {}, "not both"),
        (["ask", "--file", "missing.txt"], {}, "missing.txt: can't be read"),
        (["ask", "--bogus"], {}, "No such option"),
        (["evaluate", "missing.jsonl"], {}, "missing.jsonl: can't be read"),
        (["ask", "x"], {"PORT": "x"}, "PORT: "),
        (["knowledge", "import", "nothing", "here"], {}, "no source 'nothing'"),
    ],
)
def test_bad_usage_is_one_clear_line_and_exit_code_2(
    environment: dict[str, str], tmp_path: Path, arguments: list[str], extra: dict[str, str], says: str
) -> None:
    """Nothing on standard output, no traceback."""
    done = careerbot(*arguments, env={**environment, **extra}, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_a_closed_pipe_is_silent(environment: dict[str, str], tmp_path: Path) -> None:
    """`| head -1` ends the command without a word."""
    process = subprocess.Popen(
        [COMMAND, "ask", "--file", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment, cwd=tmp_path,
    )  # fmt: skip
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"what is a plumber\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b"what is a nurse\n" * 50)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


def test_ctrl_c_ends_politely(environment: dict[str, str], tmp_path: Path) -> None:
    """Also while it waits for a line: exit code 130, no traceback."""
    # Tests that a shell runs in the background ignore Ctrl-C, and so would everything that they start.
    heeding = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", heeding, COMMAND, "chat"], env=environment, cwd=tmp_path,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"what is a plumber\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr.read() == b""


def test_evaluate_holds_a_floor(environment: dict[str, str], tmp_path: Path) -> None:
    """One right and one wrong label: the shares are reported, and a missed floor is exit code 1."""
    turns = [
        {"text": "what is a plumber", "expect": {"intent": ["overview"], "careers": [["plumber"]]}},
        {"text": "weather in london", "expect": {"intent": ["salary"]}},
    ]
    lines = [json.dumps({"id": str(n), "style": "plain", "turns": [turn]}) for n, turn in enumerate(turns)]
    (tmp_path / "labels.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "floor.json").write_text('{"joint": 0.9}')
    done = careerbot("evaluate", "labels.jsonl", "--json", "--floor", "floor.json", env=environment, cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["joint"] == 0.5
    assert b"joint is 0.500, below its floor of 0.900" in done.stderr


def test_knowledge_show_and_build(environment: dict[str, str], tmp_path: Path) -> None:
    """What is there is shown with its sources; a wrong slug is answered with the nearest, a name with whose it is."""
    shown = careerbot("knowledge", "show", "data-engineer", env=environment, cwd=tmp_path)
    assert shown.returncode == 0
    assert "Data Engineer\n━" in shown.stdout.decode()
    assert b"Source: " in shown.stdout
    missed = careerbot("knowledge", "show", "data-enginer", env=environment, cwd=tmp_path)
    assert missed.returncode == 2
    assert b"Did you mean data-engineer" in missed.stderr
    called = careerbot("knowledge", "show", "Flat Roofer", env=environment, cwd=tmp_path)
    assert called.returncode == 2
    assert b"Did you mean roofer?" in called.stderr
    built = careerbot("knowledge", "build", env=environment, cwd=tmp_path)
    assert built.returncode == 0
    assert built.stdout.count(b"up to date") == 2


def test_a_strict_import_refuses_what_an_import_skips(environment: dict[str, str], tmp_path: Path) -> None:
    """Bad rows are told by file and line; with --strict nothing is written."""
    header = "AREA,AREA_TITLE,AREA_TYPE,PRIM_STATE,OCC_CODE,OCC_TITLE,O_GROUP\n"
    (tmp_path / "oews.csv").write_text(header, "utf-8")
    done = careerbot(
        "knowledge", "import", "oews", "oews.csv", "--into", "content", "--strict", env=environment, cwd=tmp_path
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"oews.csv" in done.stderr
    assert not list(tmp_path.glob("content/reference/*"))
