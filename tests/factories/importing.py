"""Files as units send them, and a queue that has read them."""

from datetime import datetime
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from sangkien.campaigns.models import Campaign
from sangkien.importing import queueing, reading, receiving
from sangkien.importing.models import ImportedFile
from sangkien.importing.queueing import Queued
from sangkien.jobs.worker import Worker
from sangkien.ledger.recording import Actor
from sangkien.units.models import Unit
from tests.appendix.reading.raw_docx import docx, p
from tests.factories.intake import IN_TIME, LEAD

HEADINGS = ("STT", "Đơn vị thực hiện", "Tên mô hình, giải pháp, sáng kiến", "Lĩnh vực cải cách hành chính",
            "Mô tả về công trình/ giải pháp/ đề tài", "Ghi chú")  # fmt: skip
DESCRIBED = (
    "- Thực trạng: Người dân chờ lâu ở quầy.\n- Nội dung: Lấy số trước qua điện thoại.\n"
    "- Hiệu quả: Thời gian chờ giảm một nửa.\n- Tính mới: Chưa nơi nào trong quận làm."
)
TITLE, FIELD = "Lấy số trước qua điện thoại", "Cải cách thủ tục hành chính"
CONTRADICTION = "(2) Cải cách thủ tục hành chính"


@cache
def report(*rows: tuple[str, ...]) -> bytes:
    """A Word report: rows of unit, title, field, description. The same rows are the same bytes."""
    lines = [HEADINGS, *((str(number), *row, "") for number, row in enumerate(rows, start=1))]
    return docx(p("<w:r><w:t>PHỤ LỤC</w:t></w:r>") + _table(lines))


def _table(lines: list[tuple[str, ...]]) -> str:
    rows = "".join(f"<w:tr>{''.join(map(_cell, line))}</w:tr>" for line in lines)
    return f"<w:tbl><w:tblPr/>{rows}</w:tbl>"


def _cell(text: str) -> str:
    return f"<w:tc>{''.join(p(f'<w:r><w:t>{line}</w:t></w:r>') for line in text.split(chr(10)))}</w:tc>"


def one(unit: str = "UBND Phường 04", title: str = TITLE, field: str = FIELD, described: str = DESCRIBED) -> bytes:
    """A report of one solution."""
    return report((unit, title, field, described))


def upload(data: bytes, name: str = "Bao cao.docx") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, data)


def mail(*parts: tuple[str, bytes], **headers: str) -> bytes:
    """A mail with attachments, as it arrived."""
    message = EmailMessage()
    told = {
        "From": "Phường 4 <phuong4@quan3.example>", "To": "cchc@quan3.example", "Subject": "Báo cáo giải pháp năm 2024",
        "Message-ID": "<bao-cao-1@quan3.example>", "Date": "Wed, 31 Jul 2024 09:00:00 +0700", **headers,
    }  # fmt: skip
    for name, value in told.items():
        message[name] = value
    message.set_content("Kính gửi Phòng Nội vụ, phường xin gửi báo cáo.")
    for name, data in parts:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    received = "Received: from cong.example by thu.quan3.example; Wed, 31 Jul 2024 09:05:00 +0700\r\n"
    return received.encode() + message.as_bytes()


def mailbox(*mails: bytes) -> bytes:
    """A mailbox file."""
    box = BytesIO()
    for data in mails:
        box.write(b"From phuong4@quan3.example Wed Jul 31 09:05:00 2024\n" + data + b"\n\n")
    return box.getvalue()


def queued(
    campaign: Campaign, unit: Unit | None, *files: SimpleUploadedFile, by: Actor = LEAD, at: datetime = IN_TIME,
    token: str = "",
) -> Queued:  # fmt: skip
    """Handed over, not read yet."""
    kept = receiving.keep_uploads(files, by=by, at=at)
    link = f"/nhap-tep/dot/{campaign.uid}/"
    return queueing.hand_over(campaign, unit, kept, token=token or str(uuid4()), by=by, at=at, link=link)


def work(at: datetime = IN_TIME, **more: Any) -> None:
    """All that waits is read."""
    worker = Worker({queueing.KIND: reading.step}, now=lambda: at, **more)
    while worker.run_one():
        pass


def read(campaign: Campaign, unit: Unit | None, *files: SimpleUploadedFile, **facts: Any) -> list[ImportedFile]:
    """Handed over and read."""
    made = queued(campaign, unit, *files, **facts)
    work(facts.get("at", IN_TIME))
    for each in made.files:
        each.refresh_from_db()
    return made.files
