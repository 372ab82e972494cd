"""What the README shows works as it stands there."""

import doctest
import re
from pathlib import Path

import onrecord
from onrecord import api, cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_library_example_runs(tmp_path, monkeypatch, capsys):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102
    printed = capsys.readouterr().out
    assert "['IRN', 'RUS'] treaty in_force 2025-10-02" in printed
    assert "2024-08 2024-08-01 2024-08-31" in printed
    assert re.search(r"\['Sergei Shoigu', 'TASS'.*\] assert 2024-09-10", printed)


def test_the_docstrings_examples_hold():
    assert doctest.testmod(api).failed == 0
    assert doctest.testmod(api).attempted > 0


def test_the_readme_names_every_command_and_no_other():
    shown = set(re.findall(r"^\| `onrecord (\w+)", README, re.MULTILINE))
    assert shown == {command.name or command.callback.__name__ for command in cli.app.registered_commands}


def test_the_readme_opens_with_the_two_commands():
    assert re.match(r"# OnRecord\n\n```\nmake demo.*\nmake test", README)


def test_the_public_names_are_there_and_no_others():
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)
    assert not hasattr(onrecord, "fetch")
