"""A mail goes to the campaign that it names, and where it names none or several, to the latest."""

import pytest

from sangkien.campaigns.models import Campaign
from sangkien.importing.choosing import campaign_of
from sangkien.importing.mail import read_mail
from sangkien.papers.kinds import notation_key
from sangkien.papers.models import Paper
from sangkien.units.models import Unit
from tests.factories import campaigns
from tests.factories import importing as make

UNIT = Unit(pk=1)
PLAN = Paper(pk=1, number=231, notation="KH-UBND", notation_key=notation_key("KH-UBND"))
LATEST = campaigns.campaign(UNIT, pk=3, title="Sáng kiến chuyển đổi số", year=2025)
LATER = campaigns.campaign(UNIT, pk=2, title="Sáng kiến cải cách hành chính", year=2024, plan=PLAN)
EARLY = campaigns.campaign(UNIT, pk=1, title="Cách làm hay", year=2024)


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"Subject": "Báo cáo của phường"}, LATEST),
        ({"Subject": "BC theo KH số 231/KH-UBND ngày 9/7/2024"}, LATER),
        ({"Subject": "Báo cáo", "To": "Phòng Nội vụ <bao-cao+231@quan3.example>"}, LATER),
        ({"Subject": "V/v cách làm hay của phường"}, EARLY),
        ({"Subject": "Báo cáo năm 2025"}, LATEST),
        ({"Subject": "Báo cáo năm 2024"}, LATEST),  # two of that year: it tells nothing
        ({"Subject": "Báo cáo", "Cc": "hỏng <<@>, bao-cao+231@quan3.example"}, LATER),
    ],
)
def test_what_the_mail_names(headers: dict[str, str], wanted: Campaign) -> None:
    assert campaign_of(read_mail(make.mail(**headers)), [LATEST, LATER, EARLY]) == wanted


def test_the_only_campaign_takes_all_and_so_does_the_latest_what_is_no_mail() -> None:
    assert campaign_of(read_mail(make.mail(Subject="231/KH-UBND")), [EARLY]) == EARLY
    assert campaign_of(None, [LATEST, LATER]) == LATEST
