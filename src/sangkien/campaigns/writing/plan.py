"""The plan itself, from the campaign's data: a whole text to begin with, to be edited in Word before it is signed."""

from collections.abc import Iterator, Sequence
from typing import Final

from sangkien.campaigns.models import FormKind
from sangkien.campaigns.writing.forms import form_section
from sangkien.campaigns.writing.told import Told
from sangkien.campaigns.writing.words import day_words, listed, window_words
from sangkien.documents.blocks import (
    Block,
    Item,
    KindAndSummary,
    LegalBases,
    Outline,
    Paper,
    Paragraph,
    Run,
    Section,
    SignatureBlock,
)
from sangkien.documents.papers import closed
from sangkien.papers.names import header
from sangkien.units.models import Kind

TEMPLATE_VERSION: Final = "ke-hoach-1"
_MOST_NAMES: Final = 60  # more units than these are counted in the text, not named
_GROUPS: Final = {
    Kind.DEPARTMENT: "Các cơ quan chuyên môn",
    Kind.PUBLIC_SERVICE_UNIT: "Các đơn vị sự nghiệp công lập",
    Kind.WARD_PC: "Ủy ban nhân dân các phường",
    Kind.COMMUNE_PC: "Ủy ban nhân dân các xã",
    Kind.TOWNSHIP_PC: "Ủy ban nhân dân các thị trấn",
    Kind.SPECIAL_ZONE_PC: "Ủy ban nhân dân các đặc khu",
    Kind.DISTRICT_PC: "Ủy ban nhân dân các quận, huyện",
}


def plan_paper(told: Told, *, notation: str, office: Sequence[str], signer: str = "") -> Paper:
    """``office``: the lines of the signer's capacity. Number and day stay blank for the registry."""
    title = told.campaign.title
    forms = [form for form in told.forms if form.kind != FormKind.NOMINATION]
    blocks: tuple[Block, ...] = (
        header(told.organiser, told.on, notation=notation, place=told.place),
        KindAndSummary("Kế hoạch", title),
        *((LegalBases(told.bases),) if told.bases else ()),
        Paragraph(f"{told.issuer} ban hành Kế hoạch {_small(title)}, cụ thể như sau:"),
        Outline(tuple(_parts(told, len(forms)))),
        *closed((Paragraph(_last(told)),)),
        SignatureBlock(tuple(office), signer, _distribution(told)),
    )
    appendices = [
        form_section(form, told, number=place if len(forms) > 1 else None) for place, form in enumerate(forms, 1)
    ]
    return Paper(
        title=f"Kế hoạch {_small(title)}", sections=(Section(blocks), *appendices), author=told.issuer,
        made_at=told.campaign.created_at,
    )  # fmt: skip


def _parts(told: Told, form_count: int) -> Iterator[Item]:
    yield Item("Mục đích, yêu cầu", tuple(_aims(told)), titled=True)
    yield Item(
        "Đối tượng, thời gian, nội dung, cách thức thực hiện",
        (
            Item("Đối tượng", tuple(_asked(told)), titled=True),
            Item((Run("Thời gian: ", bold=True), Run(_small(_when(told))))),
            Item("Nội dung", tuple(_contents(told)), titled=True),
            Item("Cách thức thực hiện", tuple(_ways(told, form_count)), titled=True),
        ),
        titled=True,
    )
    if told.campaign.budget_source:
        yield Item("Kinh phí thực hiện", (Item(f"Nguồn kinh phí: {_bare(told.campaign.budget_source)}."),), titled=True)
    yield Item("Tổ chức thực hiện", tuple(_duties(told)), titled=True)


def _aims(told: Told) -> Iterator[Item]:
    yield Item(
        "Khuyến khích cơ quan, đơn vị tìm tòi, áp dụng giải pháp giúp người dân, doanh nghiệp đỡ tốn thời gian, "
        "chi phí khi làm thủ tục và giúp công việc của cơ quan gọn hơn."
    )
    yield Item(
        "Ghi nhận, nhân rộng giải pháp đã có kết quả thực tế; lấy đó làm một căn cứ đánh giá công tác cải cách hành "
        f"chính năm {told.campaign.year} của cơ quan, đơn vị."
    )
    yield Item(
        "Báo cáo giải pháp đang áp dụng, nêu đủ thực trạng, nội dung, hiệu quả, tính mới và cả mặt còn hạn chế; có số "
        "liệu trước và sau khi áp dụng càng tốt. Không báo cáo ý tưởng chưa làm."
    )
    if told.campaign.upper_deadline:
        yield Item(f"Chọn giải pháp tiêu biểu gửi cấp trên trước ngày {day_words(told.campaign.upper_deadline)}.")


def _asked(told: Told) -> Iterator[Item]:
    for kind, names in told.by_kind():
        group = _GROUPS.get(kind, "Cơ quan, tổ chức khác")
        listing = f": {listed(names)}" if len(names) <= _MOST_NAMES else ""
        yield Item(f"{group} ({len(names)} đơn vị){listing}.")


def _when(told: Told) -> str:
    return (
        f"Đơn vị gửi báo cáo {window_words(told.campaign)}. Báo cáo đến sau thời gian này vẫn được nhận và được xem "
        "xét trong đợt sau."
    )


def _contents(told: Told) -> Iterator[Item]:
    names = "; ".join(f"({place}) {name}" for place, (name, _offices) in enumerate(told.fields, 1))
    yield Item(f"Báo cáo giải pháp thuộc các lĩnh vực: {names}.")
    if told.sectors:
        yield Item(f"Giải pháp riêng của ngành ({_sectors(told)}) báo cáo theo lĩnh vực gần nhất và ghi rõ ngành.")
    yield Item("Xem xét, khảo sát, đánh giá các giải pháp đã gửi về; ghi nhận, nhân rộng, khen thưởng theo quy định.")


def _ways(told: Told, form_count: int) -> Iterator[Item]:
    attached = {0: "", 1: " theo mẫu tại Phụ lục kèm theo"}.get(form_count, " theo mẫu tại các Phụ lục kèm theo")
    via = f" (qua {told.lead})" if told.lead else ""
    yield Item(f"Đơn vị gửi báo cáo{attached} về {told.issuer}{via}, bằng tệp hoặc trên trang nhận báo cáo của đợt.")
    yield Item("Đơn vị không có giải pháp thì trả lời là không có, để việc tổng hợp đủ đơn vị.")
    yield Item(
        "Đơn vị phụ trách lĩnh vực thẩm định giải pháp thuộc lĩnh vực của mình; không đơn vị nào thẩm định giải pháp "
        "do chính mình gửi. Khi cần thì khảo sát tại nơi áp dụng hoặc mời đơn vị trình bày."
    )


def _duties(told: Told) -> Iterator[Item]:
    lead = told.lead or "Đơn vị đầu mối"
    yield Item(
        lead,
        (
            Item("Hướng dẫn đơn vị báo cáo; tiếp nhận, đôn đốc, tổng hợp báo cáo."),
            Item("Phối hợp đơn vị phụ trách lĩnh vực thẩm định, khảo sát; trình ghi nhận, nhân rộng, khen thưởng."),
        ),
        titled=True,
    )
    held = told.in_charge()
    if held:
        points = tuple(Item(f"{office}: {'; '.join(things)}.") for office, things in held.items())
        yield Item("Đơn vị phụ trách lĩnh vực hướng dẫn, thẩm định", points, titled=True)
    yield Item(
        "Thủ trưởng các cơ quan, đơn vị thuộc đối tượng",
        (
            Item("Tổ chức tìm, áp dụng giải pháp; gửi báo cáo đúng thời gian và chịu trách nhiệm về nội dung."),
            Item("Cung cấp thông tin, tài liệu kiểm chứng khi được đề nghị."),
        ),
        titled=True,
    )
    if told.contacts:
        yield Item(f"Đầu mối liên hệ: {'; '.join(told.contacts)}.")


def _last(told: Told) -> str:
    return (
        f"Trên đây là Kế hoạch {_small(told.campaign.title)}. Đề nghị các cơ quan, đơn vị tổ chức thực hiện; có vướng "
        f"mắc thì phản ánh về {told.lead or told.issuer} để được hướng dẫn"
    )


def _distribution(told: Told) -> tuple[str, ...]:
    groups = (_GROUPS.get(kind, "Cơ quan, tổ chức khác") for kind, _names in told.by_kind())
    receivers = [f"{group} (để thực hiện)" for group in dict.fromkeys(groups)]
    return (f"Lãnh đạo {told.issuer} (để báo cáo)", *receivers, "Lưu: VT")


def _sectors(told: Told) -> str:
    return "; ".join(name for name, _offices in told.sectors)


def _small(title: str) -> str:
    """A title inside a sentence."""
    return title[:1].lower() + title[1:]


def _bare(text: str) -> str:
    return text.strip().rstrip(".")
