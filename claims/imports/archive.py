"""Opens archives that strangers have packed: packages and workbooks, which both are ZIP files."""

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from claims.imports.limits import LARGEST_UNPACKED, MOST_PARTS, refuse

ENCRYPTED = 0x1
SYMLINK = 0o120000
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


def opened(file: str, data: bytes) -> ZipFile:
    """An archive of which every file can be read whole. Raises PackageError where one can't, or is too large."""
    try:
        archive = ZipFile(io.BytesIO(data))
    except UNREADABLE:
        refuse(file, "it is no ZIP file, or a damaged one")
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        refuse(file, f"it holds more than {MOST_PARTS} files")
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        refuse(file, f"unpacked, it is larger than {LARGEST_UNPACKED // 1_000_000} MB")
    if len({part.filename.lower() for part in parts}) < len(parts):
        refuse(file, "it holds two files of one name")
    for part in parts:
        if problem := _problem(part) or _damage(archive, part):
            refuse(f"{file}/{_printable(part.filename)}", problem)
    return archive


def unpack(file: str, data: bytes, folder: Path) -> Path:
    """Unpack a package into a folder; return where in it the package lies. Raises PackageError."""
    archive = opened(file, data)
    archive.extractall(folder)
    tops = [path for path in folder.iterdir() if path.name != "__MACOSX"]
    alone = len(tops) == 1 and tops[0].is_dir()
    return tops[0] if alone else folder


def _problem(part: ZipInfo) -> str:
    path = PurePosixPath(part.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in part.orig_filename or ":" in part.filename:
        return "its name leads out of the archive"
    if not part.filename.isprintable() or part.orig_filename != part.filename:
        return "its name holds signs that no name has"
    if len(part.filename) > 200 or any(len(name.encode()) > 200 for name in path.parts):
        return "its name is longer than 200 characters"
    if part.flag_bits & ENCRYPTED:
        return "it is encrypted; save it without a password"
    if (part.external_attr >> 16) & 0o170000 == SYMLINK:
        return "it is a link to another file"
    if part.compress_type not in PACKED:
        return "it is packed in a way that is not read here; pack it anew"
    return ""


def _damage(archive: ZipFile, part: ZipInfo) -> str:
    """Why a file in an archive can't be read whole; its size and checksum must be as the archive says."""
    try:
        with archive.open(part) as file:
            size = sum(len(piece) for piece in iter(lambda: file.read(1_000_000), b""))
    except UNREADABLE:
        size = -1
    return "" if size == part.file_size else "it is damaged: its size or checksum is not what the archive says"


def _printable(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name[:100])
