"""Files that a browser keeps instead of showing."""

from fastapi.responses import Response

ZIP = "application/zip"


def attachment(content: bytes, kind: str, name: str) -> Response:
    """A file to keep; `name` is one of ours."""
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
