"""A list of units out of a file or pasted text, and what a person decides about its lines."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangkien.backoffice.forms.units.act import ActForm, name_field
from sangkien.units.changing import Refused
from sangkien.units.importing import Sheet, read_file, read_text
from sangkien.units.importing.lines import Line

LARGEST_FILE: Final = 10 * 2**20
_LARGEST_KEPT: Final = 4 * 10**6  # signs of a list that travels with its preview
_ENDINGS: Final = ".xlsx,.xls,.csv,.docx,.txt"


class ListForm(ActForm):
    """The list itself; the day and the parent of lines that name none."""

    order = ("text", "file", "parent")
    text = forms.CharField(
        label=gettext_lazy("Dán danh sách"),
        help_text=gettext_lazy(
            "Mỗi dòng một đơn vị. Chép cả bảng từ Word hoặc Excel cũng được, có dòng tiêu đề thì các cột được nhận ra."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Hoặc chọn tệp"),
        help_text=gettext_lazy("Excel, CSV hoặc bảng trong Word, có cột “Tên đơn vị”"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": _ENDINGS}),
        error_messages={"empty": gettext_lazy("Tệp này trống. Bạn chọn tệp khác.")},
    )
    parent = name_field(
        gettext_lazy("Dòng không ghi cấp trên thì trực thuộc"),
        required=False,
        help_text=gettext_lazy("Để trống thì các đơn vị đó đứng riêng"),
    )

    def begin(self) -> None:
        super().begin()
        del self.fields["basis"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["parent_unit"] = self.superior_unit()
        if not self.errors:
            cleaned["sheet"] = self._sheet(cleaned)
        return cleaned

    def _sheet(self, cleaned: dict[str, Any]) -> Sheet | None:
        text, file = cleaned.get("text") or "", cleaned.get("file")
        try:
            if file is not None:
                return _read(file)
            if text.strip():
                return read_text(text)
        except Refused as refusal:
            self.add_error("file" if file is not None else "text", str(refusal))
            return None
        self.add_error("text", _("Bạn dán danh sách vào đây, hoặc chọn một tệp."))
        return None


def _read(file: "UploadedFile[bytes]") -> Sheet:
    """The readers read files; under its own name, which tells them what it may be."""
    if (file.size or 0) > LARGEST_FILE:
        raise Refused(_("Tệp lớn hơn 10 MB. Bạn bỏ bớt ảnh, hoặc chỉ giữ bảng danh sách rồi chọn lại."))
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="danh-sach-") as folder:
        path = Path(folder) / "danh-sach"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        return read_file(path, file.name)


def kept(sheet: Sheet) -> str:
    """The lines as text that travels with the preview. Raises ``Refused`` for a list too long to travel."""
    text = json.dumps([asdict(line) for line in sheet.lines], ensure_ascii=False)
    if len(text) > _LARGEST_KEPT:
        raise Refused(_("Danh sách dài quá. Bạn chia thành nhiều tệp, mỗi tệp vài nghìn dòng."))
    return text


class DecisionForm(ActForm):
    """The list as its preview carried it."""

    order = ("lines", "parent")
    lines = forms.CharField(widget=forms.HiddenInput, max_length=_LARGEST_KEPT)
    parent = name_field(gettext_lazy("Trực thuộc"), required=False)

    def begin(self) -> None:
        del self.fields["basis"]

    def clean_lines(self) -> Sheet:
        try:
            rows = json.loads(self.cleaned_data["lines"])
            lines = [Line(**{str(key): str(value) for key, value in row.items()}) for row in rows]
        except (ValueError, TypeError, AttributeError) as error:
            raise ValidationError(_("Danh sách không còn nguyên. Bạn dán hoặc chọn tệp lại từ đầu.")) from error
        return Sheet(lines)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["parent_unit"] = self.one_unit("parent")
        return cleaned
