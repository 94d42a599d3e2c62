"""Papers with invented content: long Vietnamese names of bodies, summaries of three lines, cells over two pages."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from sangkien.documents.blocks import (
    AppendixHeading,
    Article,
    Header,
    Item,
    Notation,
    Outline,
    Paper,
    Paragraph,
    Run,
    SignatureBlock,
)
from sangkien.documents.papers import appendix, appendix_section, decision, official_letter, source_note, unread_files

MADE_AT = datetime(2026, 9, 14, 8, 30, tzinfo=UTC)
SUPERIOR = ("Ủy ban nhân dân", "thành phố Sông Trăng")
WARD = ("Ủy ban nhân dân", "phường Bến Đò Cổ")
UNITS = (
    "Ủy ban nhân dân phường Bến Đò Cổ",
    "Trung tâm Phục vụ hành chính công phường Nguyễn Thượng Hiền Đông",
    "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường Cầu Khỉ",
    "Trường Trung học cơ sở Hoàng Thị Nghiêm Trang",
    "Phòng Kinh tế, Hạ tầng và Đô thị phường Vườn Nhãn",
)
TITLES = (
    "Một giờ mỗi tuần đọc lại hồ sơ trả chậm",
    "Tổ lưu động nhận và trả kết quả tại nhà cho người cao tuổi, người khuyết tật",
    "Bảng mã QR hướng dẫn thành phần hồ sơ dán ở từng khu phố",
    "Sổ tay điện tử giải quyết thủ tục liên thông khai sinh, thường trú, bảo hiểm y tế cho trẻ dưới 6 tuổi",
)
FIELDS = (
    "Cải cách thủ tục hành chính",
    "Xây dựng và phát triển chính quyền điện tử, chính quyền số",
    "Cải cách chế độ công vụ",
)
DESCRIPTION = (
    "Thực trạng: Người dân phải đi lại nhiều lần vì không biết trước thành phần hồ sơ; bộ phận một cửa giải thích bằng "
    "lời, mỗi người một cách, nên hồ sơ nộp lần đầu bị trả lại còn nhiều.\n"
    "Nội dung: Soạn phiếu hướng dẫn một trang cho từng thủ tục, có hình mẫu giấy tờ; gửi trước qua tin nhắn khi người "
    "dân đặt lịch; công chức đối chiếu phiếu ngay tại quầy và ghi lại chỗ còn vướng để sửa phiếu hằng tuần.\n"
    "Hiệu quả: Tỷ lệ hồ sơ phải bổ sung giảm từ 21% còn 6% sau bốn tháng; thời gian chờ bình quân giảm 14 phút.\n"
    "Tính mới: Phiếu do chính người dân góp ý sửa; lần đầu áp dụng ở phường."
)


def rows(count: int, *, description: str = DESCRIPTION) -> Iterator[Sequence[str]]:
    """``count`` rows of the form; every seventh has no note, every fifth no field."""
    for index in range(1, count + 1):
        yield (
            str(index),
            UNITS[index % len(UNITS)],
            TITLES[index % len(TITLES)],
            FIELDS[index % len(FIELDS)] if index % 5 else "",
            description,
            "Nộp sau hạn" if index % 7 == 0 else "",
        )


def consolidated(count: int = 6, *, small: bool = False) -> Paper:
    """The consolidated appendix in the decree's form."""
    heading = AppendixHeading(
        title="Tổng hợp mô hình sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính năm 2026",
        attached_to=attached_to("Báo cáo", "BC-UBND"),
    )
    refused = (
        ("Bao cao P. Vườn Nhãn (bản cuối).docx", "tệp có mật khẩu; hãy gửi lại bản không đặt mật khẩu"),
        ("scan0001.pdf", "tệp chỉ có ảnh chụp, không có chữ; hãy gửi bản Word"),
    )
    end = (
        *unread_files(refused),
        source_note(
            f"{count} giải pháp trong 5 tệp báo cáo của các đơn vị, tổng hợp lúc 15 giờ 30 ngày 14 tháng 9 năm 2026."
        ),
    )
    return appendix(heading=heading, rows=list(rows(count)), small=small, end=end, made_at=MADE_AT)


def plan_appendix() -> Paper:
    """The same table under the heading of the plan, with one row without anything but its number."""
    heading = AppendixHeading(
        title="Báo cáo kết quả thực hiện mô hình sáng kiến, giải pháp, cách làm hay "
        "trong công tác cải cách hành chính năm 2026",
        attached_to=attached_to("Kế hoạch", "KH-UBND"),
        plan_heading=True,
        header=Header(body=WARD),
    )
    return appendix(heading=heading, rows=[("1",)], made_at=MADE_AT)


def letter() -> Paper:
    """A công văn of a unit to its ward, with several addressees and an appendix of one row."""
    header = Header(
        superior=("Ủy ban nhân dân phường Bến Đò Cổ",),
        body=("Trường Trung học cơ sở", "Hoàng Thị Nghiêm Trang"),
        notation=Notation("THCSHTNT-VP"),
        place="Bến Đò Cổ",
        dated=date(2026, 9, 9),
        subject="báo cáo mô hình, giải pháp, sáng kiến trong công tác cải cách hành chính năm 2026",
    )
    body = (
        Paragraph(
            "Thực hiện Kế hoạch số 41/KH-UBND ngày 06 tháng 7 năm 2026 của Ủy ban nhân dân phường Bến Đò Cổ về thực "
            "hiện mô hình sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính năm 2026, Trường Trung "
            "học cơ sở Hoàng Thị Nghiêm Trang báo cáo như sau:"
        ),
        Outline(
            (
                Item(
                    "Kết quả thực hiện",
                    (
                        Item("Số giải pháp đã áp dụng: 03, trong đó 02 giải pháp áp dụng từ học kỳ II."),
                        Item(
                            "Các giải pháp có hiệu quả:",
                            (
                                Item("Nhận hồ sơ tuyển sinh không chờ, hẹn giờ qua tin nhắn;"),
                                Item("Trả học bạ điện tử trong ngày;"),
                                Item("Sổ theo dõi một trang cho mỗi thủ tục."),
                            ),
                        ),
                    ),
                ),
                Item("Đề nghị", (Item("Công nhận và giới thiệu cho các trường khác trên địa bàn phường."),)),
            )
        ),
        Paragraph(
            (
                Run("Trường Trung học cơ sở Hoàng Thị Nghiêm Trang kính gửi "),
                Run("Phụ lục", italic=True),
                Run(" kèm theo và đề nghị Ủy ban nhân dân phường xem xét"),
            )
        ),
    )
    heading = AppendixHeading(
        title="Mô hình, giải pháp, sáng kiến trong công tác cải cách hành chính năm 2026",
        attached_to=attached_to("Công văn", "THCSHTNT-VP", "Trường Trung học cơ sở Hoàng Thị Nghiêm Trang"),
    )
    return official_letter(
        title="Báo cáo mô hình, giải pháp, sáng kiến năm 2026",
        header=header,
        to=("Ủy ban nhân dân phường Bến Đò Cổ", "Phòng Văn hóa – Xã hội phường Bến Đò Cổ"),
        body=body,
        signature=SignatureBlock(
            office=("Hiệu trưởng",), name="Lò Thị Thử Nghiệm", distribution=("Như trên", "Lưu: VT, VP")
        ),
        attached=(appendix_section(heading=heading, rows=list(rows(1))),),
        made_at=MADE_AT,
    )


def recognition() -> Paper:
    """A decision with a summary of three lines, an urgency mark, three articles and the list attached."""
    header = Header(
        superior=SUPERIOR,
        body=WARD,
        notation=Notation("QĐ-UBND"),
        place="Phường Bến Đò Cổ",
        dated=date(2026, 11, 3),
        urgency="KHẨN",
    )
    articles = (
        Article(
            1,
            "Công nhận 06 mô hình sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính năm 2026 của "
            "các cơ quan, đơn vị trên địa bàn phường Bến Đò Cổ (Phụ lục kèm theo).",
        ),
        Article(
            2,
            "Các cơ quan, đơn vị có giải pháp được công nhận có trách nhiệm:",
            clauses=(
                Item("Tiếp tục áp dụng giải pháp và theo dõi hiệu quả trong ít nhất 12 tháng."),
                Item("Hướng dẫn đơn vị khác khi được đề nghị."),
            ),
        ),
        Article(
            3,
            "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân, Trưởng Phòng Văn hóa – Xã hội, Thủ trưởng các cơ "
            "quan, đơn vị liên quan chịu trách nhiệm thi hành Quyết định này",
        ),
    )
    heading = AppendixHeading(
        title="Danh sách mô hình sáng kiến, giải pháp, cách làm hay được công nhận năm 2026",
        attached_to=attached_to("Quyết định", "QĐ-UBND"),
    )
    return decision(
        title="Quyết định công nhận giải pháp cải cách hành chính năm 2026",
        header=header,
        summary="Về việc công nhận mô hình sáng kiến, giải pháp, cách làm hay\n"
        "trong công tác cải cách hành chính và tổ chức đánh giá,\nnhân rộng trên địa bàn phường Bến Đò Cổ năm 2026",
        authority="Chủ tịch Ủy ban nhân dân phường Bến Đò Cổ",
        bases=(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
            (
                "Căn cứ Kế hoạch số 41/KH-UBND ngày 06 tháng 7 năm 2026 của Ủy ban nhân dân phường Bến Đò Cổ về thực "
                "hiện mô hình sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính năm 2026"
            ),
            "Theo đề nghị của Trưởng Phòng Văn hóa – Xã hội phường.",
        ),
        articles=articles,
        signature=SignatureBlock(
            office=("KT. Chủ tịch", "Phó Chủ tịch"),
            name="Vũ Mẫu Đơn Thí Nghiệm",
            distribution=(
                "Như Điều 3",
                "Ủy ban nhân dân thành phố Sông Trăng (để báo cáo)",
                "Thường trực Đảng ủy, Thường trực Hội đồng nhân dân phường",
                "Lưu: VT, VHXH",
            ),
        ),
        attached=(appendix_section(heading=heading, rows=list(rows(6))),),
        made_at=MADE_AT,
    )


def attached_to(kind: str, symbol: str, issuer: str = "Ủy ban nhân dân phường Bến Đò Cổ") -> str:
    """ "Kèm theo …" with room for number and date, as an electronic paper has it."""
    blank = "\N{NO-BREAK SPACE}" * 6
    return f"Kèm theo {kind} số{blank}/{symbol} ngày{blank}tháng{blank}năm{blank} của {issuer}"
