"""The page of a draft: saved by itself and by the button, nothing lost over a slip, nobody overwritten."""

from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from sangkien.initiatives.models import CoImplementer, Revision
from sangkien.intake.actions import drafting
from sangkien.intake.models import Entry
from sangkien.ledger.models import Act
from tests.accounts.signing_in import text
from tests.factories import intake as make
from tests.intake.views.conftest import Clock, World
from tests.intake.views.typing import page_of, save, save_quietly, typed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def entry(world: World) -> Entry:
    return make.draft(world.campaign, world.ward)


@pytest.fixture
def client(world: World) -> Client:
    return world.client("invited")


def now(entry: Entry) -> Revision:
    found = drafting.draft_of(entry)
    assert found is not None
    return found


def test_a_new_draft_opens_once_for_a_page_however_often_it_is_clicked(world: World, client: Client) -> None:
    address = f"/bao-cao/dot/{world.campaign.uid}/{world.ward.uid}/bat-dau/"
    first = client.post(address, {"key": "mot-lan-mo-trang"})
    second = client.post(address, {"key": "mot-lan-mo-trang"})
    assert first["Location"] == second["Location"] == page_of(Entry.objects.get())


def test_opening_the_page_changes_nothing(client: Client, entry: Entry) -> None:
    before = now(entry).edit_version, Act.objects.count()
    page = client.get(page_of(entry))
    assert page.status_code == HTTPStatus.OK
    assert (now(entry).edit_version, Act.objects.count()) == before


def test_the_script_hears_that_it_is_saved_and_what_is_missing(client: Client, entry: Entry) -> None:
    answer = save_quietly(client, entry, novelty="", title="Tên mới  của giải pháp")
    told = answer.json()
    assert told["edit_version"] == now(entry).edit_version == 2
    assert told["sentence"] == "Tự lưu lúc 09:00."
    assert "Tính mới" in told["gaps"]
    assert told["wrong"] == {}
    assert now(entry).title == "Tên mới của giải pháp"


def test_the_same_again_changes_nothing_though_its_version_is_old(client: Client, entry: Entry) -> None:
    sent = typed(entry, novelty="Một câu khác.")
    first = client.post(page_of(entry), sent, headers={"X-Draft": "auto"}).json()
    again = client.post(page_of(entry), sent, headers={"X-Draft": "auto"}).json()
    assert again["edit_version"] == first["edit_version"] == 2


def test_without_script_the_button_saves_and_says_so(client: Client, entry: Entry) -> None:
    answer = save(client, entry, content="Việc đã làm, kể lại.", act="save")
    assert answer["Location"] == page_of(entry)
    assert "Đã lưu bản nháp." in text(client.get(page_of(entry)))
    assert now(entry).content == "Việc đã làm, kể lại."


SLIPS: dict[str, tuple[dict[str, Any], str]] = {
    "no such day": ({"first_applied_date": "31/6/2024"}, "Ngày 31/6 không có. Ghi ngày, tháng, năm, ví dụ 30/6/2024."),
    "no day": ({"first_applied_date": "tháng ba"}, "“tháng ba” không phải là ngày."),
    "a day to come": ({"first_applied_date": "1/1/2025"}, "Ngày 1/1/2025 chưa đến."),
    "long ago": ({"first_applied_date": "1/1/1700"}, "Ngày 1/1/1700 quá xa."),
    "no number": (
        {"figure_what": ["Số hồ sơ"], "figure_before": ["nhiều"], "figure_after": ["5"]},
        "“nhiều” không đọc được thành số.",
    ),
    "no name of a figure": ({"figure_what": [""], "figure_before": ["5"]}, "Ghi số này đếm gì"),
    "no figure": ({"figure_what": ["Số hồ sơ"], "figure_before": [""]}, "Ghi ít nhất một số: trước hoặc sau."),
    "an author without a name": (
        {"names_authors": "1", "author_name": [""], "author_contribution_percent": ["50"]},
        "Ghi họ tên, hoặc xóa cả dòng này.",
    ),
    "a foreign field": ({"main_field": "cua-ke-hoach-khac"}, "Kế hoạch này không có lựa chọn ấy."),
    "a partner of too many letters": ({"partner": ["a" * 301]}, "Mỗi dòng ghi tên một đơn vị."),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_and_all_else_is_saved(client: Client, entry: Entry, name: str) -> None:
    slip, sentence = SLIPS[name]
    answer = save(client, entry, content="Nội dung mới.", **slip)
    page = text(answer)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in page
    typed_again = next(iter(slip.values()))
    shown = typed_again[0] if isinstance(typed_again, list) else typed_again
    assert name == "a foreign field" or shown in page
    assert now(entry).content == "Nội dung mới."


def test_a_slip_is_told_to_the_script_by_the_control(client: Client, entry: Entry) -> None:
    told = save_quietly(client, entry, first_applied_date="31/6/2024", figure_what=[""], figure_after=["4"]).json()
    assert list(told["wrong"]) == ["first_applied_date", "figure_what_0"]
    assert told["sentence"].startswith("Còn chỗ chưa lưu được, xem dấu đỏ.")


def test_a_table_with_a_bad_row_stays_as_it_was(client: Client, entry: Entry) -> None:
    save(client, entry, figure_what=["Số hồ sơ"], figure_before=["5"], figure_after=["4"])
    save(client, entry, figure_what=["Số hồ sơ"], figure_before=["nhiều"], figure_after=["3"])
    assert [(each.what, each.before, each.after) for each in now(entry).figures.all()] == [
        ("Số hồ sơ", Decimal(5), Decimal(4))
    ]


def test_units_are_proposed_as_the_plan_prints_them(client: Client, entry: Entry) -> None:
    assert '<option value="Phường 05"></option>' in client.get(page_of(entry)).content.decode()


def test_figures_authors_and_partners_are_kept_as_typed(client: Client, entry: Entry, world: World) -> None:
    save(
        client, entry,
        figure_what=["Thời gian chờ", "", "Số lượt"], figure_unit_of_measure=["phút", "", ""],
        figure_before=["1.234,5", "", "2,3"], figure_after=["15", "", "-1"], figure_since=["4/3/2024", "", ""],
        names_authors="1", author_name=["Người thứ nhất", "Người thứ hai"],
        author_contribution_percent=["60", "40"], author_public=["1", ""],
        partner=["phường 5", "Công an phường", "Phường 04", ""],
    )  # fmt: skip
    draft = now(entry)
    assert [str(each) for each in draft.figures.order_by("position")] == [
        "Thời gian chờ: 1234,5 → 15 phút", "Số lượt: 2,3 → -1",
    ]  # fmt: skip
    people = [(each.name, each.contribution_percent, each.public) for each in draft.authors.order_by("position")]
    assert people == [("Người thứ nhất", Decimal(60), True), ("Người thứ hai", Decimal(40), False)]
    bodies = CoImplementer.objects.filter(initiative=entry.initiative).order_by("pk")
    assert {(each.unit, each.name) for each in bodies} == {(world.other_ward, ""), (None, "Công an phường")}


def test_names_without_the_choice_to_name_are_not_kept(client: Client, entry: Entry) -> None:
    save(client, entry, author_name=["Người thứ nhất"])
    assert not now(entry).authors.exists()


def test_what_is_stored_is_what_the_page_sends_again(client: Client, entry: Entry) -> None:
    """Otherwise opening and leaving the page would count as a change."""
    save(
        client, entry, figure_what=["Thời gian chờ"], figure_before=["1.234,5"], figure_after=["15"],
        figure_since=["4/3/2024"], names_authors="1", author_name=["Người thứ nhất"], partner=["Phường 05"],
    )  # fmt: skip
    version = now(entry).edit_version
    controls = client.get(page_of(entry)).context
    sent = {
        **typed(entry),
        **{
            name: [line[name.partition("_")[2]].value() or "" for line in lines.lines]
            for lines in (controls["figures"], controls["authors"])
            for name in [f"{lines.kind.table}_{each}" for each in lines.kind.base_fields]
        },
        "figure_before": ["1.234,5"],
        "figure_after": ["15"],
        "figure_since": ["4/3/2024"],
        "names_authors": "1",
        "partner": [each.name for each in controls["partners"]],
    }
    assert client.post(page_of(entry), sent).status_code == HTTPStatus.FOUND
    assert now(entry).edit_version == version


# -- two people


def test_who_comes_second_sees_both_texts_and_nothing_is_overwritten(world: World, entry: Entry) -> None:
    colleague, mine = world.client("officer"), world.client("head")
    before = typed(entry)
    save(colleague, entry, novelty="Câu của đồng nghiệp.")
    late = {**before, "novelty": "Câu của tôi.", "title": before["title"]}
    assert mine.post(page_of(entry), late, headers={"X-Draft": "auto"}).status_code == HTTPStatus.CONFLICT
    answer = mine.post(page_of(entry), late)
    page = text(answer)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Câu của đồng nghiệp." in page
    assert "Câu của tôi." in page
    assert [each.name for each in answer.context["questions"]] == ["novelty"]
    assert now(entry).novelty == "Câu của đồng nghiệp."


@pytest.mark.parametrize(("keep", "kept"), [("mine", "Câu của tôi."), ("theirs", "Câu của đồng nghiệp.")])
def test_a_choice_for_each_part_settles_it(world: World, entry: Entry, keep: str, kept: str) -> None:
    before = typed(entry)
    save(world.client("officer"), entry, novelty="Câu của đồng nghiệp.", partner=["Phường 05"])
    mine, settle = world.client("head"), f"{page_of(entry)}chon/"
    seen = {**before, "novelty": "Câu của tôi.", "edit_version": str(now(entry).edit_version)}
    unchosen = mine.post(settle, {**seen, "keep-novelty": keep})
    assert unchosen.status_code == HTTPStatus.CONFLICT
    assert "Còn phần chưa chọn." in text(unchosen)
    assert mine.post(settle, {**seen, "keep-novelty": keep, "keep-partners": "theirs"})["Location"] == page_of(entry)
    assert now(entry).novelty == kept
    assert CoImplementer.objects.filter(initiative=entry.initiative).count() == 1


def test_a_third_who_saves_while_the_choice_is_made_is_not_overwritten_either(world: World, entry: Entry) -> None:
    before = typed(entry)
    colleague, mine, settle = world.client("officer"), world.client("head"), f"{page_of(entry)}chon/"
    save(colleague, entry, novelty="Câu thứ nhất.")
    seen = {**before, "novelty": "Câu của tôi.", "edit_version": str(now(entry).edit_version), "keep-novelty": "mine"}
    save(colleague, entry, novelty="Câu thứ hai.")
    assert mine.post(settle, seen).status_code == HTTPStatus.CONFLICT
    assert now(entry).novelty == "Câu thứ hai."


# -- when it is no draft any more


def test_a_page_left_open_after_sending_leads_to_the_entry(world: World, client: Client, entry: Entry) -> None:
    sent = typed(entry, novelty="Sửa sau khi gửi.")
    make.sent(entry)
    assert client.post(page_of(entry), sent, headers={"X-Draft": "auto"}).status_code == HTTPStatus.GONE
    assert client.post(page_of(entry), sent)["Location"] == f"/bao-cao/giai-phap/{entry.uid}/"
    assert "Bản nháp này không còn nữa nên chưa lưu được." in text(client.get("/bao-cao/"))


def test_a_draft_is_thrown_away_by_a_post_only(world: World, client: Client, entry: Entry) -> None:
    address = f"/bao-cao/giai-phap/{entry.uid}/bo/"
    assert client.get(address).status_code == HTTPStatus.OK
    assert Entry.objects.filter(pk=entry.pk).exists()
    assert client.post(address)["Location"] == "/bao-cao/"
    assert not Entry.objects.filter(pk=entry.pk).exists()
    assert client.post(address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 302), ("officer", 302), ("invited", 302), ("clerk", 404), ("other", 404), ("lead", 404), ("twin", 404),
     ("invited_other", 404), ("invited_elsewhere", 404), ("invited_twin", 404)],
)  # fmt: skip
def test_only_the_unit_saves(world: World, entry: Entry, who: str, status: int) -> None:
    assert save(world.client(who), entry, novelty="Câu mới.").status_code == status
    assert (now(entry).novelty == "Câu mới.") == (status == HTTPStatus.FOUND)


def test_after_the_campaign_the_text_is_shown_again_with_the_reason(
    world: World, client: Client, entry: Entry, clock: Clock
) -> None:
    world.campaign.state = "in_assessment"
    world.campaign.save(update_fields=["state"])
    world.campaign.state = "concluded"
    world.campaign.save(update_fields=["state"])
    answer = save(client, entry, novelty="Câu gõ muộn.")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Đợt này đã kết thúc" in text(answer)
    assert "Câu gõ muộn." in text(answer)
