"""Django's PostgreSQL, which does not ask the server at each request whether it is still there.

A server that has ended a connection has hung up, and has mostly said why: there is something to read where nothing was
asked. To look whether there is costs nothing; to ask costs each request one more way to the server and back.
"""

from select import POLLIN, poll

from django.db.backends.postgresql import base

from conflict_site.base.pools import is_pooled


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection."""

    def is_usable(self) -> bool:
        """Whether nobody has hung up. What stands behind a pool of connections is asked: the pool stays on the line."""
        if self.connection is None or self.connection.closed or is_pooled(self):
            return super().is_usable()
        waiting = poll()
        waiting.register(self.connection, POLLIN)
        return not waiting.poll(0)
