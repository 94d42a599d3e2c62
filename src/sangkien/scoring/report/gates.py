"""Why the advisory score is shown, shown with care, or not shown: a sentence for each gate that is not open."""

from collections.abc import Callable, Mapping

from sangkien.scoring.advisory.model import Gate, GateCode, GateState, Withheld

_Numbers = Mapping[str, float]


def gate_said(gate: Gate) -> str | None:
    """The sentence of a gate; ``None`` for an open one."""
    if gate.state is GateState.OPEN:
        return None
    return _SAID[gate.code](gate.numbers, gate.state is GateState.CLOSED)


def _incomplete(of: _Numbers, _closed: bool) -> str:
    return (
        f"Cả {_n(of, 'judges')} người chấm đều chấm đủ {_n(of, 'entries')} giải pháp, nên không giải pháp nào được lợi "
        "hay chịu thiệt vì người chấm nghiêm hay rộng: không cần hiệu chỉnh."
    )


def _judges(of: _Numbers, _closed: bool) -> str:
    return (
        f"Chỉ có {_n(of, 'judges')} người chấm có đủ phiếu, cần ít nhất {_n(of, 'fewest')} để so người chấm với nhau."
    )


def _marks(of: _Numbers, closed: bool) -> str:
    if closed:
        return f"Chưa giải pháp nào có đủ {_n(of, 'fewest')} phiếu của những người chấm so được với nhau."
    few = f"{_n(of, 'too_few')} trên {_n(of, 'entries')} giải pháp có dưới {_n(of, 'fewest')} phiếu"
    return f"{few} nên không có điểm tham khảo."


def _left_out(of: _Numbers, _closed: bool) -> str:
    return (
        f"{_n(of, 'judges')} người chấm có dưới {_n(of, 'fewest')} phiếu nên không vào phép hiệu chỉnh. "
        "Phiếu của họ vẫn được tính vào điểm chính thức."
    )


def _separable(of: _Numbers, _closed: bool) -> str:
    return (
        "Số phiếu vừa đủ để biết điểm từng giải pháp và từng người chấm, không còn dư để biết phần ngẫu nhiên: "
        f"dư {_n(of, 'spare')} phiếu, cần ít nhất {_n(of, 'needed')}."
    )


def _variation(of: _Numbers, _closed: bool) -> str:
    if of.get("chance") == 0:
        return "Mọi phiếu khớp nhau hoàn toàn, như đã bàn trước khi chấm, nên không ước lượng được độ tin cậy."
    if not of:
        return "Chưa có phiếu nào vào được phép hiệu chỉnh."
    return "Các phiếu trong cùng một lĩnh vực bằng điểm nhau nên không có gì để so."


def _size(of: _Numbers, _closed: bool) -> str:
    return f"Có {_n(of, 'judges')} người chấm và lĩnh vực, nhiều hơn mức {_n(of, 'most')} mà phép tính này nhận."


def _connected(of: _Numbers, _closed: bool) -> str:
    return (
        f"Các phiếu chia thành {_n(of, 'components')} phần không có giải pháp nào chung, nên chỉ so được trong "
        f"từng phần. Phần lớn nhất có {_n(of, 'largest')} trên {_n(of, 'entries')} giải pháp. "
        "Lần sau chia thêm hồ sơ đọc chéo."
    )


def _bridges(of: _Numbers, _closed: bool) -> str:
    return (
        f"Chỉ {_n(of, 'bridging')} giải pháp nối {_n(of, 'parts')} tổ chấm với nhau (tổ ít nhất có "
        f"{_n(of, 'weakest')}); {_n(of, 'single')} giải pháp một mình giữ mối nối. "
        "Điểm tham khảo giữa các tổ vì thế còn yếu."
    )


def _ceiling(of: _Numbers, closed: bool) -> str:
    share = f"{of.get('share', 0) * 100:.0f}% số phiếu đạt điểm tối đa"
    if closed:
        return f"{share}, nên không tính được khoảng tin cậy và khả năng trên vạch."
    return f"{share}, nên khoảng tin cậy có thể hẹp hơn thực tế."


def _thin(of: _Numbers, _closed: bool) -> str:
    factor = f"{of.get('factor', 1):.2f}".replace(".", ",")
    return f"Ít phiếu nên khoảng tin cậy được nới rộng {factor} lần theo mô phỏng."


def _n(of: _Numbers, key: str) -> str:
    return f"{of.get(key, 0):.0f}"


_SAID: dict[GateCode, Callable[[_Numbers, bool], str]] = {
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

WITHHELD: dict[Withheld, str] = {
    Withheld.GATE: "chưa đủ điều kiện chung",
    Withheld.NO_MARK: "chưa có phiếu đủ điểm",
    Withheld.FEW_MARKS: "dưới hai phiếu",
    Withheld.SMALL_COMPONENT: "dưới ba người chấm so được với nhau",
}
