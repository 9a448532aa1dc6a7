"""What was worked out once, for all threads of a process."""

from collections.abc import Callable, Hashable
from typing import Any


class Cache:
    """Values by key. Two threads that miss the same one at once both work it out, and each has a whole value.

    A value is read once and handed on: it may be gone from here at the next look.
    """

    def __init__(self, most: int = 0) -> None:
        """``most`` values are held before all are let go; 0 is no limit."""
        self._most, self._values = most, dict[Hashable, Any]()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value under a key, made where it is not there."""
        found = self._values.get(key)
        if found is None:
            if self._most and len(self._values) >= self._most:
                self._values.clear()
            found = self._values[key] = make()
        return found

    def items(self) -> list[tuple[Any, Any]]:
        """What is held now: keys and values."""
        return list(self._values.items())
