"""The file that all processes map: whatever happens to it, it holds a whole value, or is known not to."""

import os
import random
import resource
import signal
import warnings
from contextlib import suppress
from dataclasses import dataclass
from time import sleep

import numpy as np
import pytest

from claims.readmodel import mapped

KEY, KILLS = b"k" * 32, 60


@dataclass(frozen=True)
class Value:
    """As a snapshot is: names, and arrays of several types and sizes."""

    name: str
    arrays: tuple

    @classmethod
    def of(cls, number, size=20_001):
        kinds = (np.int8, np.int32, np.int64, np.uint16)
        return cls(f"number {number}", tuple(np.full(size, number % 100, kind) for kind in kinds))

    def same(self, other):
        return self.name == other.name and all(map(np.array_equal, self.arrays, other.arrays))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "folder" / "model.columns"


def test_it_holds_what_was_written_and_what_it_gives_cannot_be_changed(file):
    mapped.write(file, KEY, Value.of(7))
    found = mapped.read(file, KEY)
    assert found.same(Value.of(7))
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="read-only"):
        found.arrays[1][0] = 1
    mapped.write(file, KEY, Value.of(8))
    assert (found.same(Value.of(7)), mapped.read(file, KEY).same(Value.of(8))) == (True, True)
    assert os.listdir(file.parent) == [file.name]


def test_of_empty_arrays_and_without_any_too(file):
    for value in (Value.of(1, 0), Value.of(1, 1), Value("alone", ())):
        mapped.write(file, KEY, value)
        assert mapped.read(file, KEY).same(value)


def test_a_torn_file_is_noticed(file):
    mapped.write(file, KEY, Value.of(7, 300))
    whole = file.read_bytes()
    for size in [*range(200), *range(200, len(whole), 61), len(whole) - 1]:
        for rest in (b"", bytes(len(whole) - size)):
            if whole[:size] + rest != whole:
                file.write_bytes(whole[:size] + rest)
                with pytest.raises(mapped.Unreadable):
                    mapped.read(file, KEY)


def test_so_is_any_byte_that_is_another_one(file):
    mapped.write(file, KEY, Value.of(7, 300))
    whole = file.read_bytes()
    for at in sorted(random.Random(1).sample(range(len(whole)), 400)):
        changed = bytearray(whole)
        changed[at] ^= 1
        file.write_bytes(changed)
        with suppress(mapped.Unreadable):
            assert mapped.read(file, KEY).same(Value.of(7, 300)), "only what stands between the parts may differ"


def test_a_file_of_others_is_not_read(file):
    mapped.write(file, b"another key" * 2, Value.of(7))
    with pytest.raises(mapped.Unreadable):
        mapped.read(file, KEY)
    for words in (b"", b"{}", bytes(4096), mapped.MARK + b"\xff" * 400):
        file.write_bytes(words)
        with pytest.raises(mapped.Unreadable):
            mapped.read(file, KEY)


def test_a_writer_killed_at_any_moment_leaves_a_whole_file(file):
    mapped.write(file, KEY, Value.of(0))
    moments = random.Random(2)
    for _ in range(KILLS):
        killed_after(moments.uniform(0, 0.01), file)
        found = mapped.read(file, KEY)
        assert found.same(Value.of(int(found.name.removeprefix("number "))))


def killed_after(seconds, file):
    """Let another process write one value after another, and kill it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child only writes, and is killed if it hangs
        child = os.fork()
    if not child:
        for number in range(10_000):
            mapped.write(file, KEY, Value.of(number))
        os._exit(0)
    sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_where_no_room_is_left_the_old_file_stays_and_no_other(file):
    mapped.write(file, KEY, Value.of(1))
    limits, at_limit = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (70_000, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            mapped.write(file, KEY, Value.of(2))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, at_limit)
    assert (mapped.read(file, KEY).same(Value.of(1)), os.listdir(file.parent)) == (True, [file.name])
