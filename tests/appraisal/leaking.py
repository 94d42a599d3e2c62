"""A campaign under appraisal in which every kind of secret exists, each with a word or number found nowhere else."""

from decimal import Decimal
from typing import Any, Final

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.appraisal.actions import results
from sangkien.appraisal.actions.meetings import noting, visits, votes
from sangkien.appraisal.models import (
    Assignment,
    Choice,
    Mark,
    Opinion,
    PanelMember,
    PresentationSession,
    Reading,
    Recusal,
    ScoreResult,
    ScoreSheet,
    SessionItem,
    SiteVisit,
    SupplementRequest,
    SupportMessage,
    SupportRequest,
    TieBreak,
    Verdict,
    Vote,
)
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from sangkien.ledger.recording import Actor
from tests.appraisal.meetings.world import Council
from tests.desk.world import NOW, World
from tests.factories import accounts as make
from tests.factories import appraisal as rows
from tests.factories import sheets

TOKEN: Final = "giay-moi-cua-phuong-4"  # of an invitation in a test

# What is told where. Marks are totals of sheets, as pages print them; files print the point.
CANARIES: Final = {
    "title": "Tênbíẩn",
    "opinion": "Ýkiếnđãnộp",
    "opinion_draft": "Ýkiếncònnháp",
    "question": "Câuhỏibổsung",
    "support": "Hướngdẫnriêng",
    "comment": "Nhậnxétđãnộp",
    "private_note": "Ghichúriêng",
    "comment_draft": "Nhậnxétcònnháp",
    "mark": "61,37",
    "mark_draft": "43,19",
    "official": "68,56",
    "recusal": "Lýdotránhmặt",
    "minutes": "Diễnbiếnphiên",
    "visit": "Ghinhậntạichỗ",
    "conclusion": "Kếtluậnkhảosát",
    "tie": "Lýdoxếptrước",
}


class Leaking:
    """``hot`` of Phường 04 is scored and heard, ``asked`` of Phường 04 is with two offices, ``calm`` is of a neighbour.

    Of the council Phường 09 and the chair have handed in, Phường 10 holds a draft, Phường 11 was kept out in silence,
    Phường 04 is in conflict. The lead unit's own entry ties with ``calm`` and goes before it for a reason.
    """

    def __init__(self, world: World) -> None:
        self.world, self.campaign = world, world.campaign
        self.criteria = sheets.criteria(world.campaign, pass_line=60)
        self.criteria.criteria.update(step=Decimal("0.01"))  # so that no total is met by chance
        self.council = Council(world)
        seats = self.council.members
        self.hot = self.council.entry(world.ward, title=f"Trả kết quả tại nhà {CANARIES['title']}")
        self.asked = self.council.entry(world.ward, title="Hẹn giờ qua điện thoại", stage=Stage.IN_APPRAISAL)
        self.calm = self.council.entry(world.told.wards["Phường 12"], title="Tổ lưu động cuối tuần")
        self.own = self.council.entry(world.lead, title="Sổ tay hỏi đáp nội bộ")
        self.readers = self._readers()
        self.assignments = self._offices()
        self.question, self.support = self._asked()
        self._sheets(seats)
        Recusal.objects.create(
            entry=self.hot, member=seats["Phường 11"], kind="recuse", reason=CANARIES["recusal"], made_at=NOW,
            made_by="user:1",
        )  # fmt: skip
        self.session, self.item = self._session()
        self.visit = self._visit()
        self.order = TieBreak.objects.create(
            campaign=self.campaign, first=self.own, then=self.calm, reason=CANARIES["tie"], made_at=NOW,
            made_by="user:1",
        )  # fmt: skip

    def _readers(self) -> dict[str, User]:
        """One person for each side; ``invited`` and nobody in particular come without an account."""
        world, seats = self.world, self.council.users
        others = [each for name, each in world.told.offices.items() if name not in ("Phòng Nội vụ", "Phòng Tư pháp")]
        self.second_office, free = others[:2]
        make.invitation(world.ward, TOKEN, scope_uid=self.campaign.uid)
        return {
            "reporter": world.reporter, "head": world.head, "neighbour": world.stranger,
            "free_office": make.member(free, Role.FIELD_REVIEWER, "Tống Văn Na", email="na@quan3.example"),
            "first_office": world.reviewer,
            "second_office": make.member(self.second_office, Role.FIELD_HEAD, "Cù Thị Dứa", email="dua@quan3.example"),
            "chair": seats["Phòng Nội vụ"], "secretary": seats["Phòng Tư pháp"], "filed": seats["Phường 09"],
            "drafting": seats["Phường 10"], "recused": seats["Phường 11"], "conflict": seats["Phường 04"],
            "officer": world.officer, "leader": world.leader, "decider": world.decider, "auditor": world.auditor,
            "administrator": world.administrator,
            "clerk": make.member(world.told.district, Role.RECORDS_CLERK, "Lục Thị Chanh", email="chanh@quan3.example"),
            "outsider": world.outsider, "namesake": world.namesake,
        }  # fmt: skip

    def _offices(self) -> list[Assignment]:
        first = rows.assignment(self.asked, self.world.told.offices["Phòng Tư pháp"])
        second = rows.assignment(self.asked, self.second_office)
        facts: dict[str, Any] = {"drafted_by": "user:1", "edited_at": NOW, "verdict": Verdict.NO}
        Opinion.objects.create(
            assignment=first, reasons=CANARIES["opinion"], filed_at=NOW, filed_by="user:1", sha256="0" * 64, **facts
        )
        Opinion.objects.create(assignment=second, reasons=CANARIES["opinion_draft"], **facts)
        return [first, second]

    def _asked(self) -> tuple[SupplementRequest, SupportRequest]:
        question = SupplementRequest.objects.create(
            assignment=self.assignments[0], question=CANARIES["question"], due_date=rows.DUE, asked_at=NOW,
            asked_by="user:1",
        )  # fmt: skip
        support = SupportRequest.objects.create(
            campaign=self.campaign, unit=self.world.ward, office=self.second_office, title="Cách viết hiệu quả",
            asked_at=NOW, asked_by="user:1",
        )  # fmt: skip
        SupportMessage.objects.create(
            request=support, from_office=False, text=CANARIES["support"], written_at=NOW, written_by="user:1"
        )
        return question, support

    def _sheets(self, seats: dict[str, PanelMember]) -> None:
        """61,37 and 75,75 make 68,56; ``calm`` and ``own`` are equal."""
        drafted = {"filed_at": None, "sha256": "", "comment": CANARIES["comment_draft"]}
        told = {"comment": CANARIES["comment"], "private_note": CANARIES["private_note"]}
        self.readings: list[Reading] = []
        for entry, seat, total, facts in (
            (self.hot, "Phường 09", "61.37", told), (self.hot, "Phường 05", "75.75", {}),
            (self.hot, "Phường 10", "43.19", drafted), (self.hot, "Phường 11", None, {}),
            (self.calm, "Phường 09", "70", {}), (self.calm, "Phường 05", "70", {}),
            (self.own, "Phường 09", "70", {}), (self.own, "Phường 05", "70", {}),
        ):  # fmt: skip
            self.readings.append(rows.reading(seats[seat], entry))
            if total is not None:
                sheets.sheet(seats[seat], entry, self.criteria, self._spread(Decimal(total)), **facts)

    def _spread(self, total: Decimal) -> dict[str, Decimal]:
        given, left = {}, total
        for each in self.criteria.criteria.order_by("position"):
            given[each.code] = min(left, each.max or Decimal(0))
            left -= given[each.code]
        return given

    def _session(self) -> tuple[PresentationSession, SessionItem]:
        session = self.council.open(entries=[self.hot, self.calm])
        item = self.council.on(session, self.hot)
        for seat in ("Phường 05", "Phường 09"):
            member = self.council.members[seat]
            votes.cast(
                session, item.uid, choice=Choice.NO, member=member, by=self.council.by(self.council.users[seat]), at=NOW
            )
        SessionItem.objects.filter(pk=item.pk).update(note=CANARIES["minutes"])
        return session, item

    def _visit(self) -> SiteVisit:
        visit = self.council.visit(entries=[self.hot])
        noting.add_note(visit, key="ghi-1", text=CANARIES["visit"], entry=self.hot.uid, by=self.by, at=NOW)
        return visits.end_visit(
            visit, conclusion=CANARIES["conclusion"], host_opinion="Đơn vị nhất trí.", by=self.by, at=NOW
        )

    @property
    def by(self) -> Actor:
        return self.world.by(self.world.officer, self.world.lead)

    def close(self) -> None:
        """The vote is counted and the results are closed."""
        results.close(self.criteria, by=self.by, at=NOW)

    def forget(self, reader: str) -> None:
        """As if the secrets had never been: what a stranger sees afterwards must not differ by a letter.

        Who was kept out stays kept out: without that the entry would be theirs to read.
        """
        ScoreResult.objects.all().delete()
        TieBreak.objects.all().delete()
        Mark.objects.all().delete()
        ScoreSheet.objects.all().delete()
        Vote.objects.all().delete()
        Opinion.objects.all().delete()
        if reader != "recused":
            Recusal.objects.all().delete()

    @property
    def entries(self) -> list[Entry]:
        return [self.hot, self.asked, self.own]
