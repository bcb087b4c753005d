"""The harness of the client tests fails when it should."""

import sys
from pathlib import Path

import pytest

from tests.clients import tools
from tests.clients.tools import STEPS, Server, find_tool, run_scenario, workspace

NOWHERE = Server("http://127.0.0.1:9", "tl_none")


def _program(*steps: str, code: int = 0) -> list[str]:
    lines = "\\n".join(f"ok {step}" for step in steps)
    return [sys.executable, "-c", f"print('{lines}'); raise SystemExit({code})"]


class TestFindTool:
    def test_skips_with_the_remedy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CI", raising=False)

        with pytest.raises(pytest.skip.Exception, match="no-such-tool .*: make clients"):
            find_tool("no-such-tool")

    def test_fails_in_ci(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CI", "true")
        monkeypatch.setattr(tools, "_PATH", "")

        with pytest.raises(pytest.fail.Exception, match="javac .*: apt-get install openjdk"):
            find_tool("javac")


class TestRunScenario:
    def test_passes_when_all_steps_are_ok(self, tmp_path: Path) -> None:
        run_scenario(_program(*STEPS), tmp_path, NOWHERE)

    @pytest.mark.parametrize(
        "command",
        [
            pytest.param(_program(*STEPS[:-1]), id="missing step"),
            pytest.param(_program(*STEPS, "more"), id="further output"),
            pytest.param(_program(*reversed(STEPS)), id="another order"),
            pytest.param(_program(*STEPS, code=1), id="exit code 1"),
        ],
    )
    def test_fails_otherwise(self, tmp_path: Path, command: list[str]) -> None:
        with pytest.raises(AssertionError):
            run_scenario(command, tmp_path, NOWHERE)

    def test_passes_the_server_and_the_key_in_the_environment(self, tmp_path: Path) -> None:
        program = "import os; print(os.environ['TIMELINE_URL'], os.environ['TIMELINE_KEY'])"

        printed = tools.run(
            [sys.executable, "-c", program], tmp_path, TIMELINE_URL="here", TIMELINE_KEY="tl"
        )

        assert printed == "here tl\n"


def test_a_workspace_has_the_client_and_the_document(tmp_path: Path) -> None:
    copy = workspace(tmp_path, "python")

    files = {path.name for path in copy.iterdir()}
    assert files == {"config.yaml", "mypy.ini", "templates", "scenario.py", "openapi.json"}
    assert (copy.parent / "package.json").is_file()
    assert (copy.parent / "node_modules").is_symlink()
