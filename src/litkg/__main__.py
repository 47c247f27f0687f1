"""`python -m litkg`: the command, where no `litkg` is on the path."""

from __future__ import annotations

from litkg.cli import main

if __name__ == "__main__":
    main()
