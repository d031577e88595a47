"""Mails: made from templates, promised in the outbox, sent over SMTP."""
