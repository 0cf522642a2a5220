"""Answers of the service in Presidio's shapes: JSON, and errors as `{"error": "…"}`. Never a piece of a text."""

import json
from typing import Any

from fastapi import Request
from fastapi.responses import Response

UNREADABLE = "The browser (or proxy) sent a request that this server could not understand."
"""What Presidio's own analyzer says of a body that is no JSON."""
INVALID = "Invalid request json"
"""What its anonymizer says; our own paths say the same."""


class ServiceError(Exception):
    """A refusal of the service: message and status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


def reply(value: Any, status: int = 200) -> Response:
    """JSON as Presidio writes it: keys in order. Half a surrogate pair goes out as the escape it came in as."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(text, status, media_type="application/json")


def reply_error(message: str, status: int) -> Response:
    """`{"error": message}`; who came too often hears when to come back."""
    answer = reply({"error": message}, status)
    if status == 429:
        answer.headers["retry-after"] = "60"
    return answer


async def json_body(request: Request, unreadable: str = UNREADABLE) -> Any:
    """The body as JSON; raises ServiceError 400 when it is none."""
    body = await request.body()
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise ServiceError(unreadable, 400) from None
