"""``sangkien demo``: tells the demonstration on an empty instance."""

import argparse
import sys

from django.utils import timezone

import sangkien.config.ready  # noqa: F401 - models can be imported only after it
from sangkien.accounts.refusal import Refused
from sangkien.config.commands.serve import prepare_database
from sangkien.demo import story
from sangkien.ledger.models import Act


def run(arguments: argparse.Namespace) -> int:
    """Once on an empty instance; told already, or with ``--if-empty`` where people work, it does nothing."""
    prepare_database()
    if story.is_told() or (arguments.if_empty and Act.objects.exists()):
        return 0
    print("Đang kể chuyện minh họa, chừng mười giây…", file=sys.stderr)
    try:
        story.tell(now=timezone.now(), stage=story.Stage(arguments.stage), seed=arguments.seed)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print("Đã kể xong. Trang đăng nhập cho biết các tài khoản để vào thử.", file=sys.stderr)
    return 0
