"""The one program, ``sangkien …``: parse, call one action, print.

Exit codes: 0 done, 1 something was refused (and said), 2 wrong usage.

Each command is a module of ``commands`` with ``run(arguments) -> int``. It is loaded by name, because ``read`` and
``consolidate`` must start without Django and without a database, and ``serve`` needs both.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from sangkien import __version__

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
_LAST_PORT = 65_535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code. A reader that closes the pipe early ends it quietly."""
    _speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["manage"]:
        return _run("manage", argparse.Namespace(rest=given[1:]))
    parsed = _parser().parse_args(given)
    port = getattr(parsed, "port", None)
    if port is not None and 1 <= port <= _LAST_PORT:  # another is refused by the command, in its own words
        os.environ["SANGKIEN_PORT"] = str(port)  # before the settings are read: links in mails carry it
    return _run(parsed.command, parsed)


def _run(command: str, parsed: argparse.Namespace) -> int:
    try:
        code: int = import_module(f"sangkien.config.commands.{command.replace('-', '_')}").run(parsed)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain once more while closing stdout; nobody is there to read it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("\nĐã dừng theo yêu cầu. Không có tệp nào bị ghi dở.", file=sys.stderr)
        return REFUSED
    return code


def _speak_utf8() -> None:
    """Vietnamese must come out whole, also on a Windows console and when the locale says ASCII."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


class _Parser(argparse.ArgumentParser):
    """argparse, in Vietnamese."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"Lệnh chưa đúng: {_in_vietnamese(message)}\nXem cách dùng: {self.prog} --help\n")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "Cách dùng:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "Cách dùng:", 1)


_MESSAGES = (
    ("the following arguments are required:", "còn thiếu"),
    ("unrecognized arguments:", "không hiểu"),
    ("invalid choice:", "không có lựa chọn"),
    ("expected one argument", "cần một giá trị theo sau"),
    ("expected at least one argument", "cần ít nhất một giá trị theo sau"),
    ("invalid int value:", "phải là số nguyên, không phải"),
    ("(choose from", "(chỉ nhận"),
    ("argument ", ""),
)


def _in_vietnamese(message: str) -> str:
    for english, vietnamese in _MESSAGES:
        message = message.replace(english, vietnamese)
    return message


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="sangkien",
        description="Chạy trọn một đợt sáng kiến cải cách hành chính: từ tệp báo cáo của đơn vị đến phụ lục tổng hợp.",
        epilog="Mã kết thúc: 0 xong; 1 có việc bị từ chối (đã nói rõ); 2 lệnh chưa đúng.",
        add_help=False,
    )
    _add_help(parser)
    parser.add_argument("--version", action="version", version=f"sangkien {__version__}", help="in số phiên bản")
    commands = parser.add_subparsers(dest="command", metavar="LỆNH", required=True, title="Các lệnh")
    _add_serve(_command(commands, "serve", "mở chương trình trên máy này và in địa chỉ để vào"))
    _add_demo(_command(commands, "demo", "kể một đợt minh họa trọn vẹn vào một nơi còn trống"))
    _add_read(_command(commands, "read", "đọc tệp báo cáo và cho biết đọc được gì"))
    _add_consolidate(_command(commands, "consolidate", "gộp nhiều tệp báo cáo thành một phụ lục tổng hợp"))
    _add_score(_command(commands, "score", "tính lại điểm chính thức và điểm tham khảo từ một tệp đã xuất"))
    _add_import_units(_command(commands, "import-units", "đọc danh sách đơn vị, cho xem trước, rồi ghi khi có --apply"))
    _add_verify(_command(commands, "verify", "đọc lại sổ cái, đơn vị, văn bản, tệp; nêu chỗ nào bị sửa"))
    _add_backup(_command(commands, "backup", "sao lưu cơ sở dữ liệu và tệp vào một tệp"))
    _add_restore(_command(commands, "restore", "khôi phục từ một tệp sao lưu, trọn vẹn hoặc không gì"))
    _add_work(_command(commands, "work", "làm các việc nền; trên máy chủ chạy một hoặc nhiều tiến trình như thế"))
    _command(commands, "tick", "làm các việc đến giờ một lần rồi thôi; chạy lại bao nhiêu lần cũng được")
    _command(commands, "manage", "các lệnh quản trị của Django")
    return parser


def _command(commands: "argparse._SubParsersAction[_Parser]", name: str, purpose: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.", add_help=False)
    _add_help(command)
    return command


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser._positionals.title = "Đối số"  # noqa: SLF001 - argparse has no public way to name its groups
    parser._optionals.title = "Tùy chọn"  # noqa: SLF001 - as above
    parser.add_argument("-h", "--help", action="help", help="in hướng dẫn này")


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, metavar="CỔNG", help="cổng (mặc định: SANGKIEN_PORT, hoặc 8000)")
    parser.add_argument("--host", default="127.0.0.1", metavar="ĐỊA_CHỈ", help="địa chỉ nghe (mặc định: chỉ máy này)")
    parser.add_argument("--no-browser", action="store_true", help="không tự mở trình duyệt")


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stage", default="intake", choices=["issued", "intake", "admitted", "appraisal"], metavar="BƯỚC",
        help="đợt đang mở được kể đến đâu: issued (mới ban hành), intake (đang nhận, mặc định), admitted (đã tổng "
        "hợp), appraisal (đã có ý kiến và điểm chấm, kết quả chưa chốt)",
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=int, default=0, metavar="SỐ", help="số để gieo điểm chấm; cùng một số thì điểm như nhau"
    )
    parser.add_argument("--if-empty", action="store_true", help="nơi đã có dữ liệu thì thôi, không báo lỗi")


def _add_read(parser: argparse.ArgumentParser) -> None:
    _add_files(parser)
    parser.add_argument("--json", action="store_true", help="in mỗi tệp một dòng JSON")


def _add_consolidate(parser: argparse.ArgumentParser) -> None:
    _add_files(parser)
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="TỆP", help="phụ lục sẽ ghi: .docx, .xlsx, .pdf hoặc .csv"
    )
    parser.add_argument(
        "--units", type=Path, metavar="TỆP", help="danh sách đơn vị, mỗi dòng một tên; phụ lục xếp theo thứ tự này"
    )
    parser.add_argument("--year", type=int, metavar="NĂM", help="năm ghi trong tên phụ lục (mặc định: năm nay)")
    parser.add_argument("--issuer", default="", metavar="TÊN", help="cơ quan ban hành, ví dụ “Ủy ban nhân dân Quận 3”")
    parser.add_argument("--superior", default="", metavar="TÊN", help="cơ quan cấp trên của cơ quan ban hành")
    parser.add_argument(
        "--attached-to", metavar="VĂN_BẢN", help="văn bản mà phụ lục kèm theo (mặc định: báo cáo, chừa số và ngày)"
    )
    parser.add_argument(
        "--plan-heading",
        action="store_true",
        help="trình bày như phụ lục của kế hoạch: có quốc hiệu, tiêu đề chữ thường",
    )
    parser.add_argument("--limitations", action="store_true", help="in cả phần “Mặt hạn chế” khi đơn vị có nêu")


def _add_score(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp .json có quy tắc, giải pháp, phiếu chấm")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="in mọi kết quả thành một dòng JSON")
    shown.add_argument("--why", metavar="MÃ", help="in từng bước tính của một giải pháp")


def _add_import_units(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp .xlsx, .xls, .csv, .docx hoặc .txt")
    parser.add_argument("--apply", action="store_true", help="ghi các đơn vị mới; không có thì chỉ cho xem trước")
    parser.add_argument("--under", default="", metavar="TÊN", help="cấp trên của những dòng không ghi cấp trên")
    parser.add_argument(
        "--from",
        default="",
        dest="starts",
        metavar="NGÀY",
        help="hiệu lực từ ngày nào nếu dòng không ghi (mặc định: hôm nay)",
    )


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--against", default="", metavar="MỐC", help="mốc đã giữ lại, in trên phiếu hoặc quyết định")


def _add_backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, metavar="TỆP", help="ghi vào tệp này thay vì nơi đã đặt")
    _add_passphrase(parser)
    parser.add_argument(
        "--new-passphrase", action="store_true", help="đặt cụm mật khẩu mới, in một lần để cất; không sao lưu"
    )


def _add_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp sao lưu")
    _add_passphrase(parser)
    parser.add_argument("--check", action="store_true", help="chỉ đọc thử từng byte, không đổi gì")
    parser.add_argument("--replace", action="store_true", help="thay dữ liệu đang có; sao lưu dữ liệu ấy trước")
    parser.add_argument(
        "--last-receipt",
        action="append",
        default=[],
        metavar="SỐ",
        help="số phiếu tiếp nhận cuối cùng đã cấp của đợt đang chạy; nhiều đợt thì ghi MÃ_ĐỢT=SỐ, mỗi đợt một lần",
    )
    parser.add_argument(
        "--no-later-receipts", action="store_true", help="sau lúc sao lưu không có phiếu tiếp nhận nào được cấp"
    )
    parser.add_argument("--damaged", action="store_true", help="khôi phục cả khi sổ cái trong bản sao lưu không khớp")


def _add_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="TỆP",
        help="cụm mật khẩu là dòng đầu của tệp này (mặc định: nơi đã đặt)",
    )


def _add_work(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--until-idle", action="store_true", help="làm hết việc đang chờ rồi dừng")


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp, thư mục hoặc tệp nén .zip")


if __name__ == "__main__":
    sys.exit(main())
