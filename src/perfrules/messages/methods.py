"""PRF420-459: what is wrong with a scoring method's keys."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {}
