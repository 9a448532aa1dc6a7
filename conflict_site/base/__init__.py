"""The ground: dates, texts, words, fields, addresses. Imports no app."""
