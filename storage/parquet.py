"""Tables of persons on disk: Parquet bytes inside an AES-256-GCM envelope, so nothing readable is ever written."""

import io
import struct
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from domain.errors import KeyRefused
from storage.atomic import write_pieces
from storage.envelope import PIECE, seal_pieces, unseal_pieces

_LENGTH = struct.Struct(">HQ")


def write_encrypted(tables: Mapping[str, pa.Table], path: Path, key: bytes) -> None:
    """Several named tables as one sealed file, bound to its file name (not its folder: pending becomes checked)."""
    buffer = io.BytesIO()
    for name, table in tables.items():
        part = io.BytesIO()
        # nobody asks a sealed file for a part of its rows, so the lowest and highest of every column are not kept
        pq.write_table(table, part, compression="zstd", compression_level=1, write_statistics=False)
        content = part.getbuffer()
        buffer.write(_LENGTH.pack(len(name.encode()), len(content)))
        buffer.write(name.encode())
        buffer.write(content)
    whole = buffer.getbuffer()
    pieces = (whole[at : at + PIECE] for at in range(0, len(whole), PIECE))
    write_pieces(path, seal_pieces(pieces, key, path.name))


def read_encrypted(path: Path, key: bytes) -> dict[str, pa.Table]:
    """The tables of a sealed file; raises KeyRefused when it is gone or the key does not fit."""
    try:
        with path.open("rb") as sealed:
            content = memoryview(b"".join(unseal_pieces(sealed, key, path.name)))
    except FileNotFoundError:
        raise KeyRefused("versleuteld bestand: het is er niet meer (opgeruimd of vernietigd)") from None
    tables: dict[str, pa.Table] = {}
    at = 0
    while at < len(content):
        name_length, length = _LENGTH.unpack_from(content, at)
        at += _LENGTH.size
        name = bytes(content[at : at + name_length]).decode()
        at += name_length
        tables[name] = pq.read_table(pa.BufferReader(content[at : at + length]))
        at += length
    return tables
