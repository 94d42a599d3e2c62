"""``sangkien verify``: says what is wrong, or what to keep."""

import pytest
from django.db import connection

from sangkien.config.cli import main
from sangkien.ledger.verifying import anchor
from tests.factories.ledger import acts

pytestmark = pytest.mark.django_db


def test_a_whole_ledger_gives_the_anchor_to_keep(capsys: pytest.CaptureFixture[str]) -> None:
    acts(3)
    assert main(["verify"]) == 0
    assert capsys.readouterr().out == f"Sổ cái nguyên vẹn, 3 việc. Mốc để giữ lại: {anchor()}\n"
    assert main(["verify", "--against", str(anchor())]) == 0


def test_a_changed_act_is_said_and_the_code_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    acts(3)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_act SET actor = 'user:9' WHERE seq = 2")
    assert main(["verify"]) == 1
    assert capsys.readouterr().out == "Việc số 2 đã bị sửa sau khi ghi.\n"


def test_an_anchor_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--against", "3-xyz"]) == 2
    assert "64 ký tự" in capsys.readouterr().err
