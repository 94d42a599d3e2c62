"""``sangkien manage createadmin``: the first administrator; prints password and sealed code, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from sangkien.accounts.actions.first import create_first_administrator
from sangkien.accounts.refusal import Refused
from sangkien.ledger.recording import Actor


class Command(BaseCommand):
    """Parse, call one action, print."""

    help = "Mở tài khoản quản trị đầu tiên; in mật khẩu và mã niêm phong, một lần"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="THƯ", help="thư công vụ, dùng làm tên đăng nhập")
        parser.add_argument("--name", metavar="TÊN", default="Quản trị", help="tên hiển thị (mặc định: Quản trị)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError("Địa chỉ thư chưa đúng. Ví dụ: quantri@phuong.example") from error
        try:
            made = create_first_administrator(
                email=options["email"], name=options["name"], by=Actor("command:createadmin"), at=timezone.now()
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Thư công vụ:    {made.person.email}")
        self.stdout.write(f"Mật khẩu:       {made.password}   (vào lần đầu phải đổi)")
        self.stdout.write(f"Mã niêm phong:  {made.sealed_code}")
        self.stdout.write("In hoặc chép mã niêm phong ra giấy, bỏ vào phong bì, cất vào tủ. Nó không hiện lại nữa.")
