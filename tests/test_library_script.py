"""The library in a script as people write them: without a guard against being imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples" / "pages"


def test_a_script_without_a_guard_builds_a_record(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import onrecord\n"
        "with onrecord.Record('script.onrecord') as record:\n"
        f"    print(record.build([{str(EXAMPLES)!r}]), len(record.stories()))\n",
        encoding="utf-8",
    )
    done = subprocess.run(  # noqa: S603 - the script is the one above
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("[] ")
