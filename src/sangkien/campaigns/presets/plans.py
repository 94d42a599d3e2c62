"""Three plans: of a district in 2024 (Plan 230/KH-UBND itself), of a ward and of the City since July 2025.

Names of fields are as Plan 230 prints them, save for (2): there it prints (3) once more. The offices of a ward are
those of Decree 150/2025; localities differ, so they are found by name and left to a person where there is a doubt.
"""

from datetime import date
from typing import Final

from sangkien.appendix.fields import FIELDS
from sangkien.campaigns.presets.forms import FORM_1, FORM_2
from sangkien.campaigns.presets.shape import ErratumPreset, OfficePreset, PlanPreset
from sangkien.campaigns.window import Window
from sangkien.units.models import Kind, Level

TWO_TIERS: Final = date(2025, 7, 1)
_WINDOW: Final = Window(date(2024, 7, 15), date(2024, 9, 15))
_TITLE: Final = (
    "Thực hiện mô hình sáng kiến, giải pháp, cách làm hay trong công tác cải cách hành chính và tổ chức đánh giá, "
    "nhân rộng trên địa bàn {unit} năm {year}"
)
_FIELDS: Final = tuple((field.code, field.name) for field in FIELDS)
_EDUCATION: Final = (("education", "Giáo dục"),)
_CONTACT: Final = "Công chức phụ trách cải cách hành chính"

QUAN_2024: Final = PlanPreset(
    code="quan-2024",
    name="Quận, huyện năm 2024 (Kế hoạch 230/KH-UBND)",
    level=Level.DISTRICT,
    organiser_kinds=frozenset({Kind.DISTRICT_PC}),
    title=_TITLE,
    window=_WINDOW,
    fields=_FIELDS,
    offices=(
        OfficePreset("Phòng Nội vụ", ("phong noi vu",), ("steering", "apparatus", "civil_service")),
        OfficePreset("Văn phòng UBND", ("vp ubnd", "vp hdnd va ubnd"), ("procedures", "digital_government")),
        OfficePreset("Phòng Tư pháp", ("phong tu phap",), ("institutions",)),
        OfficePreset("Phòng Tài chính - Kế hoạch", ("phong tckh",), ("public_finance",)),
        OfficePreset("Phòng Văn hóa và Thông tin", ("phong vhtt",), ("communication",)),
        OfficePreset("Phòng Giáo dục và Đào tạo", ("phong gddt",), (), ("education",)),
    ),
    lead="Phòng Nội vụ",
    sectors=_EDUCATION,
    kinds=(Kind.DEPARTMENT, Kind.PUBLIC_SERVICE_UNIT, Kind.WARD_PC, Kind.COMMUNE_PC, Kind.TOWNSHIP_PC),
    bonus_kinds=frozenset({Kind.WARD_PC, Kind.COMMUNE_PC, Kind.TOWNSHIP_PC}),
    criteria="p1",
    forms=(FORM_1, FORM_2),
    contact=_CONTACT,
    errata=(
        ErratumPreset(
            "II.3.1 (2), (3)",
            "(2) Cải cách thủ tục hành chính; (3) Cải cách thủ tục hành chính",
            "(2) Cải cách thể chế; (3) Cải cách thủ tục hành chính. Mục tổ chức thực hiện giao Phòng Tư pháp phụ trách "
            "Cải cách thể chế.",
        ),
        ErratumPreset(
            "II.2; II.4.2",
            "Kèm theo Phụ lục; Kèm theo Phụ lục 1 và Phụ lục 2",
            "Mẫu 1 là bảng kèm theo kế hoạch. Mẫu 2 là báo cáo thuyết minh, không bắt buộc.",
        ),
        ErratumPreset(
            "III; III",
            "III. Kinh phí thực hiện; III. Tổ chức thực hiện",
            "III. Kinh phí thực hiện; IV. Tổ chức thực hiện",
        ),
        ErratumPreset("IV: 1, 2, 2, 3, 4, 5", "1, 2, 2, 3, 4, 5", "1, 2, 3, 4, 5, 6"),
    ),
    budget_source="Kinh phí thực hiện công tác cải cách hành chính của quận",
    until=TWO_TIERS,
)

PHUONG_2025: Final = PlanPreset(
    code="phuong-2025",
    name="Phường, xã từ tháng 7/2025",
    level=Level.COMMUNE,
    organiser_kinds=frozenset({Kind.WARD_PC, Kind.COMMUNE_PC, Kind.SPECIAL_ZONE_PC}),
    title=_TITLE,
    window=_WINDOW,
    fields=_FIELDS,
    offices=(
        OfficePreset(
            "Phòng Văn hóa - Xã hội",
            ("phong vhxh",),
            ("steering", "apparatus", "civil_service", "communication"),
            ("education",),
        ),
        OfficePreset(
            "Văn phòng HĐND và UBND",
            ("vp hdnd va ubnd", "vp hdnd ubnd", "vp ubnd"),
            ("institutions", "procedures", "digital_government"),
        ),
        OfficePreset("Phòng Kinh tế, Hạ tầng và Đô thị", ("phong kinh te",), ("public_finance",)),
    ),
    lead="Phòng Văn hóa - Xã hội",
    sectors=_EDUCATION,
    kinds=(Kind.DEPARTMENT, Kind.PUBLIC_SERVICE_UNIT),
    bonus_kinds=frozenset(),
    criteria="p1",
    forms=(FORM_1, FORM_2),
    contact=_CONTACT,
    since=TWO_TIERS,
)

THANH_PHO_2025: Final = PlanPreset(
    code="thanh-pho-2025",
    name="Thành phố, tỉnh từ tháng 7/2025",
    level=Level.PROVINCE,
    organiser_kinds=frozenset({Kind.PROVINCE_PC}),
    title=_TITLE,
    window=_WINDOW,
    fields=_FIELDS,
    offices=(OfficePreset("Sở Nội vụ", ("so noi vu",)),),  # who is in charge of what in the City, a person says
    lead="Sở Nội vụ",
    sectors=_EDUCATION,
    kinds=(Kind.WARD_PC, Kind.COMMUNE_PC, Kind.SPECIAL_ZONE_PC),
    bonus_kinds=frozenset({Kind.WARD_PC, Kind.COMMUNE_PC, Kind.SPECIAL_ZONE_PC}),
    criteria="p1",
    forms=(FORM_1, FORM_2),
    contact=_CONTACT,
    since=TWO_TIERS,
)
