"""What the operating system refuses, in words of a clerk."""

import errno

_WORDS = {
    errno.ENOENT: "không có thư mục này",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EISDIR: "tên này là của một thư mục",
    errno.ENOTEMPTY: "tên này là của một thư mục",
    errno.EADDRINUSE: "đang có chương trình khác dùng",
    errno.EADDRNOTAVAIL: "địa chỉ không thuộc máy này",
    errno.ENAMETOOLONG: "tên quá dài",
}


def why(error: OSError) -> str:
    """The reason in Vietnamese; the system's own words where we have none."""
    return _WORDS.get(error.errno or 0, error.strerror or str(error))
