"""The kinds of administrative papers with their abbreviations (Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III)."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sangkien.vietnamese import canonical


class Kind(TextChoices):
    """The 29 kinds of the decree, and two of this programme that are attached to one of them or stand alone."""

    RESOLUTION = "resolution", _("Nghị quyết")
    DECISION = "decision", _("Quyết định")
    DIRECTIVE = "directive", _("Chỉ thị")
    STATUTE = "statute", _("Quy chế")
    REGULATION = "regulation", _("Quy định")
    COMMUNIQUE = "communique", _("Thông cáo")
    NOTICE = "notice", _("Thông báo")
    GUIDANCE = "guidance", _("Hướng dẫn")
    PROGRAMME = "programme", _("Chương trình")
    PLAN = "plan", _("Kế hoạch")
    SCHEME = "scheme", _("Phương án")
    PROPOSAL = "proposal", _("Đề án")
    PROJECT = "project", _("Dự án")
    REPORT = "report", _("Báo cáo")
    MINUTES = "minutes", _("Biên bản")
    SUBMISSION_PAPER = "submission_paper", _("Tờ trình")
    CONTRACT = "contract", _("Hợp đồng")
    OFFICIAL_LETTER = "official_letter", _("Công văn")
    TELEGRAM = "telegram", _("Công điện")
    MEMORANDUM = "memorandum", _("Bản ghi nhớ")
    AGREEMENT = "agreement", _("Bản thỏa thuận")
    AUTHORISATION = "authorisation", _("Giấy ủy quyền")
    INVITATION = "invitation", _("Giấy mời")
    INTRODUCTION = "introduction", _("Giấy giới thiệu")
    LEAVE = "leave", _("Giấy nghỉ phép")
    SENDING_SLIP = "sending_slip", _("Phiếu gửi")
    FORWARDING_SLIP = "forwarding_slip", _("Phiếu chuyển")
    INFORMATION_SLIP = "information_slip", _("Phiếu báo")
    PUBLIC_LETTER = "public_letter", _("Thư công")
    APPENDIX = "appendix", _("Phụ lục")
    RECEIPT = "receipt", _("Phiếu tiếp nhận")

    @classmethod
    def of_the_decree(cls) -> frozenset["Kind"]:
        """Those that the decree lists."""
        return frozenset(cls) - {cls.APPENDIX, cls.RECEIPT}

    @property
    def abbreviation(self) -> str:
        """As in "230/KH-UBND"; empty where the decree gives none (công văn, thư công)."""
        return _ABBREVIATIONS.get(self, "")


_ABBREVIATIONS: Final = {
    Kind.RESOLUTION: "NQ", Kind.DECISION: "QĐ", Kind.DIRECTIVE: "CT", Kind.STATUTE: "QC", Kind.REGULATION: "QyĐ",
    Kind.COMMUNIQUE: "TC", Kind.NOTICE: "TB", Kind.GUIDANCE: "HD", Kind.PROGRAMME: "CTr", Kind.PLAN: "KH",
    Kind.SCHEME: "PA", Kind.PROPOSAL: "ĐA", Kind.PROJECT: "DA", Kind.REPORT: "BC", Kind.MINUTES: "BB",
    Kind.SUBMISSION_PAPER: "TTr", Kind.CONTRACT: "HĐ", Kind.TELEGRAM: "CĐ", Kind.MEMORANDUM: "BGN",
    Kind.AGREEMENT: "BTT", Kind.AUTHORISATION: "GUQ", Kind.INVITATION: "GM", Kind.INTRODUCTION: "GGT",
    Kind.LEAVE: "GNP", Kind.SENDING_SLIP: "PG", Kind.FORWARDING_SLIP: "PC", Kind.INFORMATION_SLIP: "PB",
}  # fmt: skip


def notation_key(notation: str) -> str:
    """One key for "KH-UBND", "kh - ubnd" and "KH–UBND". Marks count: ĐA (đề án) is not DA (dự án)."""
    return "".join(canonical(notation).casefold().split())
