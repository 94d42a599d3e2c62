"""A wrong value of the environment stops the start with a sentence that says what to write."""

import os
from pathlib import Path

import pytest

from sangkien.config.environment import Identity, Inbox, Mail, WrongSetting, read_environment


def test_a_bare_environment_is_an_embedded_instance(tmp_path: Path) -> None:
    home = tmp_path / "Dữ liệu phường 4"
    environment = read_environment({"SANGKIEN_HOME": str(home)})
    assert environment.embedded
    assert environment.home == home
    assert environment.database_url == f"sqlite:///{home / 'sangkien.sqlite3'}"
    assert environment.port == 8000
    assert environment.hosts == ("127.0.0.1", "localhost", "[::1]")


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = read_environment({"SANGKIEN_HOME": str(tmp_path)})
    second = read_environment({"SANGKIEN_HOME": str(tmp_path)})
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 50
    if os.name == "posix":
        assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SANGKIEN_PORT", "tám nghìn"),
        ("SANGKIEN_PORT", "0"),
        ("SANGKIEN_PORT", "65536"),
        ("SANGKIEN_PORT", "٨٠٠٠"),
        ("SANGKIEN_DEBUG", "yes"),
        ("SANGKIEN_IDLE_DAYS", "0"),
        ("SANGKIEN_IDLE_DAYS", "lâu"),
        ("SANGKIEN_LANGUAGE", "fr"),
        ("SANGKIEN_HOSTS", "*"),
        ("SANGKIEN_SECRET_KEY", "ngắn"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("SANGKIEN_SITE", "sangkien.phuong.example"),
        ("SANGKIEN_SITE", "https://sangkien.phuong.example/trang/"),
        ("SANGKIEN_SITE", "https://[x"),
        ("SANGKIEN_OIDC_URL", "http://dang-nhap.tinh.example"),
        ("SANGKIEN_OIDC_URL", "dang-nhap.tinh.example"),
        ("SANGKIEN_SMTP_URL", "thu.phuong.example"),
        ("SANGKIEN_SMTP_URL", "smtp+tls://thu.phuong.example:tám"),
        ("SANGKIEN_SMTP_URL", "smtp+tls://thu.phuong.example/hop-thu"),
        ("SANGKIEN_SMTP_URL", "smtp://sangkien:mat-khau@thu.phuong.example"),
        ("SANGKIEN_IMAP_URL", "thu.phuong.example"),
        ("SANGKIEN_IMAP_URL", "pop3://bao-cao:mat-khau@thu.phuong.example"),
        ("SANGKIEN_IMAP_URL", "imap+ssl://thu.phuong.example"),
        ("SANGKIEN_IMAP_URL", "imap+ssl://a:b@thu.phuong.example:tám"),
        ("SANGKIEN_IMAP_URL", "imap+ssl://a:b@thu.phuong.example/Báo cáo"),
        ("SANGKIEN_IMAP_URL", "imap+ssl://a:b@thu.phuong.example/A%22B"),
        ("SANGKIEN_IMAP_URL", "imap://a:b@thu.phuong.example"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=name):
        read_environment({"SANGKIEN_HOME": str(tmp_path), name: value})


def test_a_server_must_be_told_its_key_and_its_name(tmp_path: Path) -> None:
    values = {"SANGKIEN_HOME": str(tmp_path), "DATABASE_URL": "postgresql://127.0.0.1/sangkien"}
    with pytest.raises(WrongSetting, match="SANGKIEN_SECRET_KEY"):
        read_environment(values)
    values["SANGKIEN_SECRET_KEY"] = "x" * 50
    with pytest.raises(WrongSetting, match="SANGKIEN_HOSTS"):
        read_environment(values)
    values["SANGKIEN_HOSTS"] = "sangkien.quan3.example"
    assert not read_environment(values).embedded


def test_a_provider_of_identities_needs_name_and_secret(tmp_path: Path) -> None:
    values = {"SANGKIEN_HOME": str(tmp_path)}
    assert read_environment(values).identity is None
    values |= {"SANGKIEN_OIDC_URL": "https://dang-nhap.tinh.example/cong/"}
    with pytest.raises(WrongSetting, match="SANGKIEN_OIDC_ID"):
        read_environment(values)
    values |= {"SANGKIEN_OIDC_ID": "sangkien"}
    with pytest.raises(WrongSetting, match="SANGKIEN_OIDC_SECRET"):
        read_environment(values)
    identity = read_environment(values | {"SANGKIEN_OIDC_SECRET": "bí mật"}).identity
    assert identity == Identity(
        "https://dang-nhap.tinh.example/cong", "sangkien", "bí mật", "tài khoản chung của cơ quan"
    )
    assert identity.origin == "https://dang-nhap.tinh.example"


def test_mail_is_off_unless_a_server_is_named(tmp_path: Path) -> None:
    values = {"SANGKIEN_HOME": str(tmp_path), "SANGKIEN_PORT": "8100"}
    assert read_environment(values).mail is None
    assert read_environment(values).site == "http://localhost:8100"
    values |= {"SANGKIEN_SMTP_URL": "smtp+tls://sangkien:m%40t%3Akhau@thu.phuong.example"}
    values |= {"SANGKIEN_MAIL_FROM": "sangkien@phuong.example", "SANGKIEN_SITE": "https://sangkien.phuong.example/"}
    environment = read_environment(values)
    assert environment.mail == Mail(
        "smtp+tls", "thu.phuong.example", 587, "sangkien", "m@t:khau", "sangkien@phuong.example"
    )
    assert environment.site == "https://sangkien.phuong.example"


@pytest.mark.parametrize("sender", ["", "sangkien", "a@b", "a b@phuong.example", "a@phuong.example\nBcc: b@c.example"])
def test_mail_needs_a_sender(tmp_path: Path, sender: str) -> None:
    values = {"SANGKIEN_HOME": str(tmp_path), "SANGKIEN_SMTP_URL": "smtp://127.0.0.1:2525"}
    with pytest.raises(WrongSetting, match="SANGKIEN_MAIL_FROM"):
        read_environment({**values, "SANGKIEN_MAIL_FROM": sender})


def test_no_sentence_repeats_the_password_of_the_mail_server(tmp_path: Path) -> None:
    for url in ("smtp://sen:bimat@thu.phuong.example", "smtp+tls://sen:bimat@thu.phuong.example:x", "x://a:bimat@b"):
        with pytest.raises(WrongSetting) as told:
            read_environment({"SANGKIEN_HOME": str(tmp_path), "SANGKIEN_SMTP_URL": url})
        assert "bimat" not in str(told.value)


def test_the_watched_mailbox(tmp_path: Path) -> None:
    values = {"SANGKIEN_HOME": str(tmp_path)}
    assert read_environment(values).inbox is None
    values["SANGKIEN_IMAP_URL"] = "imap+ssl://bao-cao%40phuong.example:m%40t%3Akhau@thu.phuong.example/Bao%20cao"
    inbox = read_environment(values).inbox
    assert inbox == Inbox("imap+ssl", "thu.phuong.example", 993, "bao-cao@phuong.example", "m@t:khau", "Bao cao")
    values["SANGKIEN_IMAP_URL"] = "imap://sen:x@127.0.0.1:1143"
    assert read_environment(values).inbox == Inbox("imap", "127.0.0.1", 1143, "sen", "x", "INBOX")


def test_no_sentence_repeats_the_password_of_the_watched_mailbox(tmp_path: Path) -> None:
    for url in ("imap://sen:bimat@thu.phuong.example", "imap+tls://sen:bimat@thu.phuong.example:x", "x://a:bimat@b"):
        with pytest.raises(WrongSetting) as told:
            read_environment({"SANGKIEN_HOME": str(tmp_path), "SANGKIEN_IMAP_URL": url})
        assert "bimat" not in str(told.value)


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "home"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(WrongSetting, match="SANGKIEN_HOME"):
        read_environment({"SANGKIEN_HOME": str(file)})


def test_backups_stay_at_home_until_told(tmp_path: Path) -> None:
    backups = read_environment({"SANGKIEN_HOME": str(tmp_path)}).backups
    assert (backups.to, backups.passphrase_file, backups.keep) == (None, None, (7, 4, 12))


def test_the_second_place_and_how_many_are_kept(tmp_path: Path) -> None:
    there = tmp_path / "ổ khác"
    told = {"SANGKIEN_BACKUP_TO": str(there), "SANGKIEN_BACKUP_KEEP": " 3, 2,1"}
    backups = read_environment({"SANGKIEN_HOME": str(tmp_path / "nhà"), **told}).backups
    assert (backups.to, backups.keep) == (there, (3, 2, 1))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SANGKIEN_BACKUP_TO", "sao-luu", "đường dẫn đầy đủ"),
        ("SANGKIEN_BACKUP_TO", "{home}/sao-luu", "nằm trong thư mục dữ liệu"),
        ("SANGKIEN_BACKUP_KEEP", "7,4", "ba số"),
        ("SANGKIEN_BACKUP_KEEP", "7,4,-1", "ba số"),
        ("SANGKIEN_BACKUP_PASSPHRASE_FILE", "khoa.txt", "đường dẫn đầy đủ"),
    ],
)
def test_a_wrong_word_about_backups_is_told(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(WrongSetting, match=f"{name}.*{said}"):
        read_environment({"SANGKIEN_HOME": str(tmp_path), name: value.replace("{home}", str(tmp_path.resolve()))})
