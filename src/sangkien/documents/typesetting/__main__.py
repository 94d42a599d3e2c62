"""The child process: one order as JSON on standard input, one PDF as a file, the places of its rows as JSON."""

import json
import sys
from pathlib import Path

from sangkien.documents.typesetting import row_places, typeset


def main() -> None:
    """Set the PDF of one order."""
    order = json.loads(sys.stdin.buffer.read())
    pdf = typeset(order["data"], made_at=order["made_at"], tagged=order["tagged"])
    Path(order["target"]).write_bytes(pdf)
    json.dump(row_places(), sys.stdout)


if __name__ == "__main__":
    main()
