"""PRF9xx: plugins."""

from perfrules.errors import Message

MESSAGES: dict[str, Message] = {}
