"""A value in a file whose arrays are mapped where they are read: processes that map it share one copy of them.

A file holds a mark, a digest, lengths, then the value as Python writes it (``pickle``, protocol 5) and its arrays. The
digest is made with a secret key of all of these, of arrays by the sums of their blocks: it costs no more than to read
them once. What is torn, or was written by somebody who does not know the key, is not read; numbers of an array that
changed places are not noticed.
"""

import mmap
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from hmac import compare_digest
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

import numpy as np

MARK = b"attributed read model 1".ljust(32)
DIGEST = 32  # bytes
ALIGNED = 64  # bytes
BLOCK = 4_096  # words of 8 bytes that are summed

type Part = memoryview


class Unreadable(ValueError):
    """The file is none of ours, or not as it was written."""


def write(path: Path, key: bytes, value: Any) -> None:
    """Put a value in place of what the file holds, at once: nobody sees a half. Raises OSError, and leaves it then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = list(_parts(value))
    lengths = np.array([len(part) for part in parts], np.int64)
    with NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", delete=False) as file:
        new = Path(file.name)
        try:
            _write(file, [MARK, _digest(key, parts), np.int64(len(parts)).tobytes(), lengths.tobytes()])
            for part in parts:
                _write(file, [part])
            file.close()
            new.replace(path)
        except BaseException:
            with suppress(OSError):
                new.unlink()
            raise


def read(path: Path, key: bytes) -> Any:
    """The value of a file; its arrays are mapped and cannot be changed. Raises Unreadable, or OSError."""
    with path.open("rb") as file:
        try:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            digest, parts = _opened(whole)
        except (ValueError, OverflowError, MemoryError) as error:
            raise Unreadable(str(path)) from error
    if not compare_digest(digest, _digest(key, parts)):
        raise Unreadable(str(path))
    return pickle.loads(parts[0], buffers=parts[1:])  # noqa: S301 (signed with a key that only this site has)


def _parts(value: Any) -> Iterator[Part]:
    """The value without its arrays, then each of these."""
    buffers: list[pickle.PickleBuffer] = []
    yield memoryview(pickle.dumps(value, protocol=5, buffer_callback=buffers.append))
    yield from (buffer.raw() for buffer in buffers)


def _write(file: BinaryIO | Any, pieces: Iterable[bytes | Part]) -> None:
    """Write these, and zeros up to where the next part begins."""
    for piece in pieces:
        file.write(piece)
    file.write(bytes(-file.tell() % ALIGNED))


def _opened(whole: Part) -> tuple[bytes, list[Part]]:
    """The digest and the parts. Raises ValueError where lengths and file do not fit."""
    places = accumulate([0, len(MARK), DIGEST, 8])
    mark, digest, number = (bytes(whole[start:end]) for start, end in pairwise(places))
    head = len(MARK) + DIGEST + 8
    if mark != MARK or len(number) != 8:
        raise ValueError
    [count] = np.frombuffer(number, np.int64)
    lengths = np.frombuffer(whole, np.int64, count, head).tolist()
    first = _aligned(head + 8 * int(count))
    *starts, end = accumulate(lengths, lambda at, length: _aligned(at + length), initial=first)
    if min(lengths) < 0 or end != len(whole):
        raise ValueError
    return digest, [whole[start : start + length] for start, length in zip(starts, lengths, strict=True)]


def _aligned(place: int) -> int:
    return place + -place % ALIGNED


def _digest(key: bytes, parts: Sequence[Part]) -> bytes:
    made = blake2b(key=key, digest_size=DIGEST)
    for part in parts:
        made.update(len(part).to_bytes(8))
    made.update(parts[0])
    for part in parts[1:]:
        made.update(_sums(part))
        made.update(part[len(part) // 8 * 8 :])
    return made.digest()


def _sums(part: Part) -> bytes:
    """The sums of an array's blocks, as whole numbers without what does not fit."""
    words = np.frombuffer(part, np.uint64, len(part) // 8)
    blocks = np.arange(0, len(words), BLOCK)
    return np.add.reduceat(words, blocks).tobytes() if len(words) else b""
