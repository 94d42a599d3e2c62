"""Why the advisory score is shown, with what doubt, or not at all: a sentence for each gate (design, 5.3)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from sangkien.scoring.advisory.model import Calibration, Gate, GateCode, GateState

Names = Callable[[Iterable[object]], str]


def sentences(calibration: Calibration, *, judges: Names, entries: Names) -> list[tuple[GateState, str]]:
    """Warnings and closed gates, the closed ones first. ``judges`` and ``entries`` name whom a gate concerns."""
    told = [
        (gate.state, _SENTENCES[gate.code](gate, judges, entries))
        for gate in calibration.gates
        if gate.state is not GateState.OPEN
    ]
    return sorted((each for each in told if each[1]), key=lambda each: each[0] is not GateState.CLOSED)


def _per_cent(value: float) -> str:
    return f"{value * 100:.0f}%"


def _incomplete(_gate: Gate, _judges: Names, _entries: Names) -> str:
    return _("Mọi người đều chấm mọi giải pháp nên không cần hiệu chỉnh: điểm chính thức đã so cùng một cây thước.")


def _judges(gate: Gate, _j: Names, _e: Names) -> str:
    return _("Có %(judges)d người chấm từ bốn phiếu trở lên, cần ít nhất %(fewest)d, nên không hiệu chỉnh.") % _whole(
        gate
    )


def _marks(gate: Gate, _j: Names, entries: Names) -> str:
    return _("Chưa đủ hai phiếu nên không có điểm tham khảo: %s.") % entries(gate.who)


def _left_out(gate: Gate, judges: Names, _e: Names) -> str:
    return _("Chấm dưới bốn phiếu nên không tính vào hiệu chỉnh (điểm chính thức vẫn tính): %s.") % judges(gate.who)


def _separable(_gate: Gate, _j: Names, _e: Names) -> str:
    return _(
        "Còn quá ít phiếu so với số người chấm và số giải pháp nên chưa tách được người chấm chặt với giải pháp yếu."
    )


def _variation(_gate: Gate, _j: Names, _e: Names) -> str:
    return _("Các phiếu gần như trùng nhau nên không có gì để hiệu chỉnh.")


def _size(gate: Gate, _j: Names, _e: Names) -> str:
    return _("Có hơn %(most)d người chấm, quá nhiều để hiệu chỉnh một lượt.") % _whole(gate)


def _connected(gate: Gate, _j: Names, _e: Names) -> str:
    return _(
        "Người chấm chia thành %(components)d nhóm không chung giải pháp nào, nên chỉ so được trong từng nhóm."
    ) % _whole(gate)


def _bridges(gate: Gate, _j: Names, _e: Names) -> str:
    return _(
        "Chỉ %(bridging)d giải pháp nối các tổ chấm với nhau. Cầu nối ít thì điểm tham khảo giữa các tổ chưa chắc."
    ) % _whole(gate)


def _ceiling(gate: Gate, _j: Names, _e: Names) -> str:
    share = _per_cent(gate.numbers["share"])
    if gate.state is GateState.CLOSED:
        return _("%s phiếu cho điểm tối đa nên không nêu khoảng tin cậy và khả năng trên vạch.") % share
    return _("%s phiếu cho điểm tối đa: khoảng tin cậy có thể hẹp hơn thực tế.") % share


def _thin(_gate: Gate, _j: Names, _e: Names) -> str:
    return _("Ít phiếu nên khoảng tin cậy đã được nới rộng bằng mô phỏng.")


def _whole(gate: Gate) -> Mapping[str, int]:
    return {name: round(value) for name, value in gate.numbers.items()}


_SENTENCES: Final[Mapping[GateCode, Callable[[Gate, Names, Names], str]]] = {
    GateCode.INCOMPLETE: _incomplete,
    GateCode.JUDGES: _judges,
    GateCode.MARKS: _marks,
    GateCode.LEFT_OUT: _left_out,
    GateCode.SEPARABLE: _separable,
    GateCode.VARIATION: _variation,
    GateCode.SIZE: _size,
    GateCode.CONNECTED: _connected,
    GateCode.BRIDGES: _bridges,
    GateCode.CEILING: _ceiling,
    GateCode.THIN: _thin,
}
