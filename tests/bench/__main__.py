"""`make bench`, or `python -m tests.bench NAME...` for some of the groups below.

Works on services and data of its own in a temporary folder, which it removes.
"""

import os
import sys
import tempfile
from pathlib import Path

GROUPS = ("board", "calibration", "evaluations", "exports", "live", "packet", "running")


def main(names: list[str]) -> int:
    unknown = set(names) - set(GROUPS)
    if unknown:
        print(f"bench: no such group: {', '.join(unknown)} (there are {', '.join(GROUPS)})")
        return 1
    with tempfile.TemporaryDirectory(prefix="scorecard-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for group in names or GROUPS:
            module = __import__(f"tests.bench.{group}", fromlist=["figures"])
            for figure in module.figures(folder):
                print(figure.line(), flush=True)
        _end_services(folder / "var")
    return 0


def _end_services(var: Path) -> None:
    """Of the groups that had a database: they end with their last user, which is this process."""
    if var.exists():
        from config.services.run import leave
        from config.services.var import Var

        leave(Var(Path(os.path.realpath(var))))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main(sys.argv[1:]))
