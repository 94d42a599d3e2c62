"""Four entries of wards, five judges; two of them read most. The lead unit is Phòng Nội vụ; one entry is its own."""

from collections.abc import Mapping

from sangkien.accounts.models import User
from sangkien.accounts.roles import Role
from sangkien.appraisal.models import Capacity, PanelMember, ScoreSheet
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Entry
from tests.desk.world import World
from tests.factories import accounts, appraisal, sheets
from tests.factories import entries as rows

OFFICES = ("Văn phòng", "Phòng Tư pháp", "Phòng Tài chính - Kế hoạch", "Phòng Văn hóa và Thông tin")


class Scored:
    """``entries`` in the order of their codes: of Phường 04, of Phường 05, of Phường 09, and of the lead unit."""

    def __init__(self, world: World) -> None:
        self.world, self.campaign = world, world.campaign
        self.criteria = sheets.criteria(world.campaign, pass_line=60)
        units = [world.ward, world.neighbour, world.told.wards["Phường 09"], world.lead]
        titles = ("Trả kết quả tại nhà", "Hẹn giờ qua điện thoại", "Tổ lưu động cuối tuần", "Sổ tay hỏi đáp nội bộ")
        self.entries = [
            rows.entry(world.campaign, unit, title, stage=Stage.APPRAISED)
            for unit, title in zip(units, titles, strict=True)
        ]
        self.panel = appraisal.panel(world.campaign)
        offices = [office for name, office in world.told.offices.items() if office != world.lead][:5]
        self.judges: list[PanelMember] = []
        self.people: list[User] = []
        for number, office in enumerate(offices, start=1):
            person = accounts.member(
                office, Role.COUNCIL_MEMBER, f"Người chấm {number}", email=f"cham{number}@quan3.example"
            )
            capacity = Capacity.CHAIR if number == 1 else Capacity.MEMBER
            self.people.append(person)
            self.judges.append(appraisal.panel_member(self.panel, office, person, capacity=capacity))

    def read(self, entry: Entry, *marks: Mapping[str, object] | int, first: int = 0) -> list[ScoreSheet]:
        """Sheets of the first judges, or of those from ``first`` on, one for each total."""
        made = []
        for judge, given in zip(self.judges[first:], marks, strict=False):
            appraisal.reading(judge, entry)
            made.append(sheets.sheet(judge, entry, self.criteria, given))
        return made

    def all_read(self) -> None:
        """The first stands clear, the second near the line, the third below it, the lead unit's own above."""
        self.read(self.entries[0], 90, 84, 88)
        self.read(self.entries[1], 62, 57, 63, first=1)
        self.read(self.entries[2], 40, 45, 38, first=2)
        self.read(self.entries[3], 71, 77, first=3)
