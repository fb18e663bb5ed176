"""Django's own SQLite backend, but a transaction takes the writer's turn when it begins.

Two transactions that read first and write later would otherwise end one of them with "database is locked": a fault of the file, not of
the server this peer stands in for.
"""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        # Readers go on beside a writer, as on the database of a real site.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _start_transaction_under_autocommit(self):
        self.cursor().execute("BEGIN IMMEDIATE")
