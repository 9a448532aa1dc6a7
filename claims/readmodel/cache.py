"""What was worked out once, for all threads of a process."""

from collections.abc import Callable, Hashable
from threading import RLock
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

    def put(self, key: Hashable, value: Any) -> None:
        """Hold another value under a key."""
        self._values[key] = value


class Once:
    """Values that take seconds to make, by key: one thread makes them, the others wait; they stay."""

    def __init__(self) -> None:
        self._values, self._one_at_a_time = dict[Hashable, Any](), RLock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value under a key, made where it is not there."""
        if key not in self._values:
            with self._one_at_a_time:
                if key not in self._values:
                    self._values[key] = make()
        return self._values[key]
