"""Memory that is no longer needed goes back to the system."""

import os
from pathlib import Path

from conflict_site.base.memory import give_back

SIZE = 2_000  # bytes: of so little, the C library keeps what is freed


def resident():
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_freed_memory_goes_back():
    held = [bytes(SIZE) for _ in range(30_000)]  # 60 MB
    pin = [bytes(SIZE) for _ in range(10)]  # above it, so that the top cannot simply be lowered
    full = resident()
    del held
    give_back()
    assert resident() < full - 40_000_000
    assert pin
