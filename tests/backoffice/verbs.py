"""Every verb that the code records, found by reading the code: calls of ``record()`` and of the helpers around it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sangkien.campaigns.lifecycle import Move as CampaignMove
from sangkien.intake.lifecycle import Move as EntryMove

SOURCE = Path(__file__).parents[2] / "src/sangkien"
# Where the verb of a call is a value of these, which are all possible.
MOVES = {"campaigns": [move.value for move in CampaignMove], "intake": [move.value for move in EntryMove]}
# ``record`` of these files is another thing: a paper from outside.
_OTHER_RECORDS = {"papers/issuing.py"}


@dataclass
class Found:
    """Verbs, and the places of calls whose verb could not be read."""

    verbs: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)


def recorded_verbs() -> Found:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
    found = Found()
    helpers = {path: _helpers(tree) for path, tree in trees.items()}
    constants = {name: value for tree in trees.values() for name, value in _constants(tree).items()}
    for path, tree in trees.items():
        known = helpers[path] | _imported(path, tree, helpers)
        for name in helpers[path]:
            known[name] = _through(name, tree, known)
        for function, call in _calls(tree):
            _read(found, path, function, call, known, constants | _constants(tree))
    return found


Helper = tuple[str, int]  # the prefix of its verbs, and which argument is the verb


def _helpers(tree: ast.Module) -> dict[str, Helper]:
    """Functions with a parameter ``verb`` that record it, with or without a prefix."""
    found: dict[str, Helper] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        names = [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
        if "verb" not in names or node.name == "record":
            continue
        prefix = next((_prefix(call) for call in ast.walk(node) if isinstance(call, ast.Call)), "")
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and _prefix(call):
                prefix = _prefix(call)
        found[node.name] = (prefix, names.index("verb"))
    return found


def _prefix(call: ast.Call) -> str:
    for keyword in call.keywords:
        if keyword.arg == "verb" and isinstance(keyword.value, ast.JoinedStr):
            first = keyword.value.values[0]
            return str(first.value) if isinstance(first, ast.Constant) else ""
    return ""


def _through(name: str, tree: ast.Module, known: dict[str, "Helper"]) -> "Helper":
    """The prefix of a helper that hands its verb on to another helper is that of the other."""
    prefix, index = known[name]
    for function, call in _calls(tree):
        inner = call.func.id if isinstance(call.func, ast.Name) else ""
        if function == name and inner in known and inner != name and not prefix:
            prefix = known[inner][0]
    return prefix, index


def _imported(path: Path, tree: ast.Module, helpers: dict[Path, dict[str, Helper]]) -> dict[str, Helper]:
    known: dict[str, Helper] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sangkien."):
            source = SOURCE / Path(*node.module.split(".")[1:])
            for name in node.names:
                for file in (source.with_suffix(".py"), source / "__init__.py"):
                    if name.name in helpers.get(file, {}):
                        known[name.asname or name.name] = helpers[file][name.name]
    return known


def _constants(tree: ast.Module) -> dict[str, str]:
    found = {}
    for node in tree.body:
        target = (
            node.target
            if isinstance(node, ast.AnnAssign)
            else node.targets[0]
            if isinstance(node, ast.Assign)
            else None
        )
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
            found[target.id] = value.value
    return found


def _calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Calls with the name of the function around them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for call in ast.walk(node):
                if isinstance(call, ast.Call):
                    yield node.name, call


def _read(
    found: Found, path: Path, function: str, call: ast.Call, known: dict[str, Helper], constants: dict[str, str]
) -> None:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    place = path.relative_to(SOURCE).as_posix()
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "verb"), None)
    if name == "record" and place not in _OTHER_RECORDS and given is not None:
        prefix = ""
    elif name in known:
        prefix, index = known[name]
        given = given or (call.args[index] if len(call.args) > index else None)
    else:
        return
    room = place.split("/")[0]
    verbs = list(_values(given, room, constants))
    if verbs:
        found.verbs |= {prefix + verb for verb in verbs}
    elif not _passes_on(given):
        found.unread.append(f"{place}: {function}() calls {name}()")


def _values(node: ast.expr | None, room: str, constants: dict[str, str]) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(verb)):
            yield verb
        case ast.IfExp(body=body, orelse=orelse):
            yield from _values(body, room, constants)
            yield from _values(orelse, room, constants)
        case ast.Name(id=name) if name in constants:
            yield constants[name]
        case ast.Attribute(value=ast.Name(id="over"), attr="value"):
            yield from MOVES[room]


def _passes_on(node: ast.expr | None) -> bool:
    """A helper that hands on its own parameter, whose callers are read."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) and _passes_on(part.value) for part in node.values)
    return isinstance(node, ast.Name) and node.id == "verb"
