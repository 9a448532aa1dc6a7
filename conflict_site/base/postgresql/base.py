"""Django's PostgreSQL, which does not ask the server at each request whether it is still there.

A server that has ended a connection has hung up, and has mostly said why: there is something to read where nothing was
asked. To look whether there is costs nothing; to ask costs each request one more way to the server and back.
"""

from select import POLLIN, poll

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from conflict_site.base.pools import is_pooled


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection."""

    def is_usable(self) -> bool:
        """Whether nobody has hung up. Within a transaction, and behind a pool, which stays on the line, it is asked."""
        if self.connection is None or is_pooled(self) or not self._is_idle:
            return super().is_usable()
        waiting = poll()
        waiting.register(self.connection, POLLIN)
        return not waiting.poll(0)

    @property
    def _is_idle(self) -> bool:
        return bool(self.connection.info.transaction_status == TransactionStatus.IDLE)
