"""Reads files each in a process of its own and tells how it ended, how long it worked and how much memory it held.

Seconds are those of the processor: another program on the machine must not fail the test.

Run as a program: paths as JSON lines come in, answers as JSON lines go out. Needs ``os.fork`` and ``os.wait4``.
"""

import json
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from sangkien.appendix.reading import read

DEADLINE_SECONDS = 30
ADDRESS_SPACE = 2_000_000_000  # so that a runaway harms nobody; the test asks for far less


def refuse(*_: object, **__: object) -> NoReturn:
    """Stands where the network was."""
    raise AssertionError("The reader went to the network.")


def child(path: str, out: int) -> NoReturn:
    """Read one file and write the answer to the pipe; whatever is raised is the answer too."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    signal.alarm(DEADLINE_SECONDS)
    socket.socket = refuse  # type: ignore[assignment,misc]  # nothing may be followed
    socket.getaddrinfo = refuse
    try:
        answer = read(Path(path))
        told = {
            "outcome": answer.outcome.value,
            "message": answer.message,
            "warnings": len(answer.warnings),
            "rows": len(answer.initiatives),
            "text": json.dumps(answer.as_json())[:20_000] + answer.text[:20_000],
        }
    except BaseException as error:  # noqa: BLE001  the test reports it, whatever it is
        told = {"error": repr(error)[:2000]}
    with os.fdopen(out, "w", encoding="utf-8", errors="backslashreplace") as pipe:
        pipe.write(json.dumps(told))
    os._exit(0)


def measured(path: str) -> dict[str, object]:
    """The answer to one file, with the peak of resident memory in megabytes."""
    back, out = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(back)
        child(path, out)
    os.close(out)
    with os.fdopen(back, encoding="utf-8") as pipe:
        text = pipe.read()
    _, status, usage = os.wait4(number, 0)
    told: dict[str, object] = json.loads(text) if text else {"error": f"the process ended with {status}"}
    return told | {"megabytes": usage.ru_maxrss / 1000, "seconds": usage.ru_utime + usage.ru_stime}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(measured(json.loads(line))), flush=True)  # noqa: T201  the answer goes to the test
