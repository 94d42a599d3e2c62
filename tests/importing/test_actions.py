"""The queue: nothing counts before a person confirms; questions stay open; the file stays the origin."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sangkien.accounts.refusal import Refused
from sangkien.campaigns.models import Campaign
from sangkien.importing import actions, queueing, receiving
from sangkien.importing.actions import Letter
from sangkien.importing.models import Decision, FileState, ImportBatch, ImportedFile, ImportedRow
from sangkien.importing.told import Standing
from sangkien.intake.lifecycle import Stage
from sangkien.intake.models import Channel, Entry, Receipt, Submission
from sangkien.jobs.models import Job, State
from sangkien.ledger.verifying import verify
from tests.factories import importing as make
from tests.factories.intake import HEAD, IN_TIME, LEAD
from tests.intake.views.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ARRIVED = datetime(2024, 7, 31, 2, tzinfo=IN_TIME.tzinfo)


def standing(file: ImportedFile, number: int = 1, *, lead: bool = True) -> Standing:
    row = ImportedRow.objects.select_related("unit").get(file=file, number=number)
    return Standing.of(row, asks_unit=lead)


def confirm(file: ImportedFile, *numbers: int, token: str = "lan-1", letter: Letter | None = None) -> list[Receipt]:
    return actions.record_arrived(
        file, numbers or [1], arrived_at=ARRIVED, channel=Channel.PAPER, letter=letter, by=LEAD, at=IN_TIME, token=token
    )


def test_a_file_is_read_and_nothing_counts(world: World) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one()))
    assert (file.state, file.outcome) == (FileState.READ, "parsed")
    now = standing(file)
    assert (now.now.title, now.row.unit, now.questions, now.missing) == (make.TITLE, world.ward, (), ())
    assert now.now.fields == ("procedures",)
    assert not Entry.objects.exists()
    assert Job.objects.get().state == State.DONE
    assert file.attachment is not None
    assert file.attachment.blob_id == file.sha256


def test_what_arrived_is_recorded_with_the_file_as_proof(world: World) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one()))
    (receipt,) = confirm(file)
    sent = Submission.objects.get()
    assert (sent.receipt, sent.unit, sent.channel, sent.arrived_at) == (receipt, world.ward, Channel.PAPER, ARRIVED)
    assert sent.is_recorded
    assert sent.file == file.attachment
    entry = Entry.objects.select_related("revision").get()
    assert (entry.stage, entry.opened_by_lead) == (Stage.SUBMITTED, True)
    assert entry.revision is not None
    assert entry.revision.read_from == file.attachment
    assert (entry.revision.title, entry.revision.fields) == (make.TITLE, ("procedures",))
    assert ImportedRow.objects.get().entry == entry
    assert verify() == []


def test_the_second_click_records_nothing_more(world: World) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one()))
    confirm(file)
    with pytest.raises(Refused, match="vừa xác nhận"):
        confirm(file)
    assert (Entry.objects.count(), Receipt.objects.filter(submission__isnull=False).count()) == (1, 1)


def test_each_unit_of_a_file_gets_its_receipt(world: World) -> None:
    data = make.report(
        ("UBND Phường 04", "Một cửa lưu động", make.FIELD, make.DESCRIBED),
        ("UBND Phường 05", "Tủ sách pháp luật", make.FIELD, make.DESCRIBED),
        ("UBND Phường 04", "Hẹn giờ qua mạng", make.FIELD, make.DESCRIBED),
    )
    (file,) = make.read(world.campaign, None, make.upload(data))
    receipts = confirm(file, 1, 2, 3)
    assert [each.number for each in receipts] == [1, 2]
    assert set(Submission.objects.values_list("unit", flat=True)) == {world.ward.pk, world.other_ward.pk}
    assert Entry.objects.filter(implementer=world.ward).count() == 2
    assert verify() == []


def test_a_letter_is_a_paper_of_the_unit(world: World) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one()))
    letter = Letter(125, "UBND-VP", date(2024, 7, 30))
    confirm(file, letter=letter)
    paper = Submission.objects.get().letter
    assert paper is not None
    assert (paper.number, paper.issuer_unit, paper.arrived_date) == (125, world.ward, timezone.localdate(ARRIVED))
    assert verify() == []


def test_a_letter_belongs_to_one_unit(world: World) -> None:
    data = make.report(
        ("UBND Phường 04", "Một cửa lưu động", make.FIELD, make.DESCRIBED),
        ("UBND Phường 05", "Tủ sách pháp luật", make.FIELD, make.DESCRIBED),
    )
    (file,) = make.read(world.campaign, None, make.upload(data))
    with pytest.raises(Refused, match="của một đơn vị"):
        confirm(file, 1, 2, letter=Letter(125, "UBND-VP", date(2024, 7, 30)))
    assert not Submission.objects.exists()


def test_the_plans_contradiction_is_asked_and_nothing_is_chosen(world: World) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one(field=make.CONTRADICTION)))
    assert standing(file).questions == ("fields",)
    assert standing(file).now.fields is None
    with pytest.raises(Refused, match="cần bạn trả lời"):
        confirm(file)
    actions.correct(file, 1, {"fields": ["institutions"]})
    confirm(file)
    revision = Entry.objects.select_related("revision").get().revision
    assert revision is not None
    assert revision.fields == ("institutions",)


def test_who_cannot_tell_either_says_so_and_the_field_stays_empty(world: World) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one(field=make.CONTRADICTION)))
    actions.say_unclear(file, 1, "fields")
    assert standing(file).questions == ()
    confirm(file)
    revision = Entry.objects.select_related("revision").get().revision
    assert revision is not None
    assert revision.fields == ()


@pytest.mark.parametrize("unit", ["", "UBND Phường 99", "Khối phường"])
def test_a_unit_in_doubt_is_asked(world: World, unit: str) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one(unit=unit)))
    assert "unit" in standing(file).questions
    actions.say_unclear(file, 1, "unit")
    assert standing(file).questions == ()
    with pytest.raises(Refused, match="cần bạn trả lời"):
        confirm(file)
    actions.choose_unit(file, 1, world.other_ward)
    (receipt,) = confirm(file)
    assert receipt.submission is not None
    assert receipt.submission.unit == world.other_ward


def test_only_a_unit_of_the_plan_can_be_chosen(world: World) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one(unit="")))
    with pytest.raises(Refused, match="không có trong danh sách"):
        actions.choose_unit(file, 1, world.twin_ward)


def test_a_missing_part_is_shown_and_may_stay_empty(world: World) -> None:
    described = "- Thực trạng: Chờ lâu.\n- Nội dung: Lấy số trước."
    (file,) = make.read(world.campaign, None, make.upload(make.one(described=described)))
    assert standing(file).missing == ("effectiveness", "novelty")
    actions.correct(file, 1, {"novelty": "Chưa nơi nào làm."})
    actions.say_unclear(file, 1, "effectiveness")
    now = standing(file)
    assert (now.missing, now.now.novelty) == ((), "Chưa nơi nào làm.")
    assert (now.row.question_count, now.row.missing_count) == (0, 0)


def test_in_its_own_queue_a_unit_gets_drafts_and_sends_nothing(world: World) -> None:
    (file,) = make.read(world.campaign, world.ward, make.upload(make.one(unit="")), by=HEAD)
    assert standing(file, lead=False).questions == ()
    (entry,) = actions.confirm_as_drafts(file, [1], by=HEAD, at=IN_TIME)
    entry.refresh_from_db()
    assert (entry.stage, entry.implementer, entry.opened_by_lead) == (Stage.DRAFT, world.ward, False)
    assert entry.revision is not None
    assert entry.revision.read_from == file.attachment
    assert not Submission.objects.exists()
    assert verify() == []


def test_a_file_that_names_another_unit_says_so_in_a_units_queue(world: World) -> None:
    (file,) = make.read(world.campaign, world.ward, make.upload(make.one(unit="UBND Phường 05")), by=HEAD)
    now = standing(file, lead=False)
    assert now.row.unit == world.ward
    assert any("khác đơn vị của bạn" in each for each in now.read.warnings)


def test_the_same_file_twice_is_recognised(world: World) -> None:
    (first,) = make.read(world.campaign, None, make.upload(make.one()))
    (again,) = make.read(world.campaign, None, make.upload(make.one(), "Tên khác.docx"))
    assert (again.state, again.again_of) == (FileState.AGAIN, first)
    assert "đã nhập trong đợt" in again.message
    assert ImportedRow.objects.count() == 1
    (other_queue,) = make.read(world.campaign, world.ward, make.upload(make.one()), by=HEAD)
    assert other_queue.state == FileState.READ
    (twin,) = make.read(world.twin_campaign, None, make.upload(make.one()))
    assert twin.state == FileState.READ


def test_twice_in_one_handing_over_counts_once(world: World) -> None:
    files = make.read(world.campaign, None, make.upload(make.one()), make.upload(make.one(), "Bản hai.docx"))
    assert [each.state for each in files] == [FileState.READ, FileState.AGAIN]


def test_a_second_click_of_the_same_handing_over_makes_nothing_more(world: World) -> None:
    first = make.queued(world.campaign, None, make.upload(make.one()), token="mot-lan")
    second = make.queued(world.campaign, None, make.upload(make.one()), token="mot-lan")
    assert first.job == second.job
    assert (ImportBatch.objects.count(), ImportedFile.objects.count()) == (1, 1)


def test_a_half_read_file_loses_nothing(world: World) -> None:
    from_a_clerk = "Phường đã lập nhóm hỗ trợ.\nNgười dân đỡ phải đi lại."
    (file,) = make.read(world.campaign, None, make.upload(from_a_clerk.encode(), "Ghi chép.txt"))
    assert file.outcome == "no_report_table"
    assert all(line in file.text for line in from_a_clerk.split("\n"))
    row = actions.add_row(file)
    actions.correct(file, row.number, {"title": "Nhóm hỗ trợ", "content": "Phường đã lập nhóm hỗ trợ."})
    actions.correct(file, row.number, {"fields": ["procedures"]})
    actions.choose_unit(file, row.number, world.ward)
    confirm(file, row.number)
    revision = Entry.objects.select_related("revision").get().revision
    assert revision is not None
    assert (revision.title, revision.read_from) == ("Nhóm hỗ trợ", file.attachment)


def test_left_out_has_a_reason_and_can_be_taken_back(world: World) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one()))
    with pytest.raises(Refused, match="vì sao"):
        actions.leave_out(file, [1], reason=" ", by=LEAD, at=IN_TIME)
    assert actions.leave_out(file, [1], reason="Đã gửi năm trước", by=LEAD, at=IN_TIME) == 1
    with pytest.raises(Refused):
        confirm(file)
    actions.take_back(file, 1, by=LEAD, at=IN_TIME)
    confirm(file)
    assert ImportedRow.objects.get().decision == Decision.TAKEN


def test_what_is_confirmed_is_not_corrected_here(world: World) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one()))
    confirm(file)
    with pytest.raises(Refused, match="đã được xác nhận"):
        actions.correct(file, 1, {"title": "Tên khác"})


def test_an_arrival_after_now_is_refused(world: World) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one()))
    with pytest.raises(Refused, match="muộn hơn bây giờ"):
        actions.record_arrived(
            file, [1], arrived_at=IN_TIME + timedelta(days=1), channel=Channel.PAPER, letter=None, by=LEAD, at=IN_TIME,
            token="a",
        )  # fmt: skip


def test_a_file_that_is_not_taken_is_told_with_its_reason(world: World) -> None:
    made = make.queued(
        world.campaign, None, make.upload(b"MZ\x90\x00" + bytes(200), "bao cao.docx"), make.upload(b"", "rong.docx")
    )
    assert [each.state for each in made.files] == [FileState.REFUSED, FileState.REFUSED]
    assert all(each.message and each.attachment is None for each in made.files)
    assert made.job is None


def test_a_file_costs_few_statements(world: World) -> None:
    def cost(count: int, part: str) -> int:
        uploads = [make.upload(make.one(title=f"{part} {n}"), f"{n}.docx") for n in range(count)]
        kept = receiving.keep_uploads(uploads, by=LEAD, at=IN_TIME)
        with CaptureQueriesContext(connection) as counted:
            queueing.hand_over(world.campaign, None, kept, token=part, by=LEAD, at=IN_TIME, link="/")
            make.work()
        return len(counted)

    few, many = cost(2, "Ít"), cost(12, "Nhiều")
    assert (many - few) / 10 <= 4  # performance: at most four statements a file when stored


def test_an_archive_gives_its_files_and_says_which_it_did_not_take(world: World) -> None:
    box = BytesIO()
    with ZipFile(box, "w") as archive:
        archive.writestr("Phường 4/Báo cáo.docx", make.one())
        archive.writestr("../ra ngoai.docx", make.one(title="Khác"))
    files = make.read(world.campaign, None, make.upload(box.getvalue(), "Cả quận.zip"))
    by_state = {each.state: each for each in files}
    assert by_state[FileState.READ].name == "Cả quận.zip / Phường 4/Báo cáo.docx"
    assert "không an toàn" in by_state[FileState.REFUSED].message


def test_an_archive_that_swells_is_refused_before_it_is_opened(world: World) -> None:
    box = BytesIO()
    with ZipFile(box, "w", ZIP_DEFLATED) as archive:
        for number in range(8):
            archive.writestr(f"{number}.csv", bytes(90 * 2**20))
    (file,) = make.queued(world.campaign, None, make.upload(box.getvalue(), "bom.zip")).files
    assert (file.state, file.name) == (FileState.REFUSED, "bom.zip")
    assert "quá lớn" in file.message


def test_an_ended_campaign_takes_nothing(world: World) -> None:
    (file,) = make.read(world.campaign, None, make.upload(make.one()))
    Campaign.objects.filter(pk=world.campaign.pk).update(state="concluded")
    with pytest.raises(Refused):
        confirm(file)
    assert not Entry.objects.exists()
