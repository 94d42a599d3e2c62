"""Folders that tear a database: network drives and folders that a program copies elsewhere while we write."""

import ctypes
import sys
from pathlib import Path

# First words of the folders that sync programs make, folded to lower case.
_SYNC = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "icloud",
    "mobile documents",
    "nextcloud",
    "box sync",
)
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "ncpfs", "afs", "9p", "glusterfs", "ceph"})
_DRIVE_REMOTE = 4


def why_unfit(folder: Path) -> str | None:
    """A sentence when the folder cannot hold the embedded database safely; ``None`` when it can."""
    synced = next((part for part in folder.parts if part.lower().startswith(_SYNC)), None)
    if synced:
        return (
            f"Thư mục dữ liệu nằm trong “{synced}”, thư mục được đồng bộ lên mạng; cơ sở dữ liệu đặt ở đó sẽ hỏng. "
            "Hãy đặt SANGKIEN_HOME vào một thư mục thường trên ổ đĩa của máy."
        )
    if _on_network(folder):
        return (
            f"Thư mục dữ liệu {folder} nằm trên ổ mạng; cơ sở dữ liệu đặt ở đó sẽ hỏng. "
            "Hãy đặt SANGKIEN_HOME vào một thư mục trên ổ đĩa của máy."
        )
    return None


def _on_network(folder: Path) -> bool:
    if sys.platform == "win32":
        return folder.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE
    mounts = Path("/proc/mounts")
    return mounts.exists() and _file_system(folder, mounts.read_text(encoding="utf-8", errors="replace")) in _NETWORK


def _file_system(folder: Path, mounts: str) -> str:
    """The type of the file system that holds the folder: the longest mount point above it wins."""
    best, kind = "", ""
    for line in mounts.splitlines():
        _, point, found, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        if folder.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, found
    return kind
