"""The treebank files that training reads: where they are and what they must be."""

from __future__ import annotations

import hashlib
from pathlib import Path

from domain.errors import InputRejected

TREEBANKS = {
    "lassysmall/train_2017.conllu": "2c79e713397e23a91e1332a7a816e44d4541504dce5f4bd436eed4a20fd469e0",
    "lassysmall/dev.conllu": "5e756efff04efc3f410778dab0d0a2c151b1d1507c98a054af7fc208e722f458",
    "lassysmall/test.conllu": "26e0e40c67e80fbe9f905fb1fe952dc609bd6c1a6c82dbcb3079ae474a01e8f3",
    "alpino/dev.conllu": "3d6ad878d8b7b362fd756da22ae230951233be1e5596743af772150c89ba346d",
    "alpino/test.conllu": "f5b5000fcbb6745d42f7cccf3986bb2550f9b56a171b0d4808fb45d2df7972a2",
}


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked(data: Path, expected: dict[str, str] = TREEBANKS) -> dict[str, Path]:
    """The files of `expected` below `data`; raises InputRejected when one is missing or differs."""
    found = {name: data / name for name in expected}
    for name, path in found.items():
        if not path.is_file():
            raise InputRejected(f"{name}: not found below the folder given with --data; see data/ner/SOURCES.md")
        if sha256(path) != expected[name]:
            raise InputRejected(f"{name}: SHA-256 differs from training/sources.py; fetch the commit in SOURCES.md")
    return found
