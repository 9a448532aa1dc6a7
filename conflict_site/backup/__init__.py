"""Copies of the whole database, and their way back.

A copy of SQLite's file that is made by other means may lack what stands in its ``-wal``, and one that is put in the
place of a file in use is lost in silence. ``backup`` and ``restore`` see to both, on either engine.
"""
