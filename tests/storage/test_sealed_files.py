import io
import os

import pyarrow as pa
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import CannotCheck, KeyRefused
from storage.duck import analyst, memory, query, warehouse
from storage.envelope import seal, seal_pieces, unseal, unseal_pieces
from storage.lock import file_lock
from storage.parquet import read_encrypted, write_encrypted

KEY = bytes(range(32))
TABLES = {"rows": pa.table({"naam": ["Jorien Zandkasteel"] * 50}), "aspects": pa.table({"score": [1, 2]})}


def test_tables_come_back_as_they_went_in(tmp_path):
    write_encrypted(TABLES, tmp_path / "x.bin", KEY)
    back = read_encrypted(tmp_path / "x.bin", KEY)
    assert back.keys() == TABLES.keys()
    assert all(back[name].equals(TABLES[name]) for name in TABLES)


def test_a_file_larger_than_the_cipher_takes_at_once_is_sealed_in_pieces(tmp_path, monkeypatch):
    class Small:
        """Takes at most 600 bytes at once, as the real one takes 2 GB."""

        def __init__(self, key):
            self.decrypt, self._encrypt = AESGCM(key).decrypt, AESGCM(key).encrypt

        def encrypt(self, nonce, data, associated_data):
            if len(data) > 600:
                raise OverflowError
            return self._encrypt(nonce, data, associated_data)

    monkeypatch.setattr("storage.envelope.AESGCM", Small)
    monkeypatch.setattr("storage.parquet.PIECE", 500)
    long = {"codes": pa.table({"code": [os.urandom(8).hex() for _ in range(200)]}), **TABLES}
    write_encrypted(long, tmp_path / "x.bin", KEY)
    assert (tmp_path / "x.bin").stat().st_size > 2_000
    back = read_encrypted(tmp_path / "x.bin", KEY)
    assert all(back[name].equals(long[name]) for name in long)
    with (tmp_path / "x.bin").open("r+b") as file:
        file.truncate(2_000)
    with pytest.raises(KeyRefused):
        read_encrypted(tmp_path / "x.bin", KEY)


def test_nothing_readable_is_in_the_file(tmp_path):
    write_encrypted(TABLES, tmp_path / "x.bin", KEY)
    content = (tmp_path / "x.bin").read_bytes()
    assert b"Jorien" not in content
    assert b"PAR1" not in content


def test_pending_may_move_to_checked_but_not_change_its_name(tmp_path):
    write_encrypted(TABLES, tmp_path / "pending" / "x.bin", KEY)
    (tmp_path / "checked").mkdir()
    os.rename(tmp_path / "pending" / "x.bin", tmp_path / "checked" / "x.bin")
    assert read_encrypted(tmp_path / "checked" / "x.bin", KEY)["rows"].num_rows == 50
    os.rename(tmp_path / "checked" / "x.bin", tmp_path / "checked" / "y.bin")
    with pytest.raises(KeyRefused):
        read_encrypted(tmp_path / "checked" / "y.bin", KEY)


@pytest.mark.parametrize("at", [0, 5, 20, -1])
def test_one_changed_byte_is_refused(at):
    sealed = bytearray(seal(b"inhoud", KEY, "a"))
    sealed[at] ^= 1
    with pytest.raises(KeyRefused):
        unseal(bytes(sealed), KEY, "a")


def test_a_missing_file_is_a_refusal_and_not_a_crash(tmp_path):
    with pytest.raises(KeyRefused):
        read_encrypted(tmp_path / "gone.bin", KEY)


def test_a_lock_held_elsewhere_ends_in_a_plain_sentence(tmp_path):
    with (
        file_lock(tmp_path / "a.lock"),
        pytest.raises(CannotCheck, match="lock"),
        file_lock(tmp_path / "a.lock", timeout=0.1),
    ):
        raise AssertionError("two holders")


def test_memory_cannot_spill_or_install():
    with memory() as connection:
        assert query(connection, "select current_setting('temp_directory')") == [("",)]
        assert query(connection, "select current_setting('autoinstall_known_extensions')") == [(False,)]


@pytest.mark.parametrize(
    "sql",
    ["select * from read_text('/etc/hostname')", "copy t to 'x.csv'", "set threads = 4", "create table u(a int)",
     "attach 'other.db'", "install httpfs"],
)  # fmt: skip
def test_an_analyst_reads_the_published_file_and_nothing_else(tmp_path, sql):
    with warehouse(tmp_path / "p.duckdb") as connection:
        connection.execute("create table t as select 1 as a")
    with analyst(tmp_path / "p.duckdb") as connection:
        assert query(connection, "select a from t") == [(1,)]
        with pytest.raises(Exception, match=r"(?i)permission|cannot|disabled|locked|read-only|not"):
            connection.execute(sql)


PIECES = [b"een", b"", b"drie"]


def test_pieces_come_back_in_their_order():
    sealed = b"".join(seal_pieces(PIECES, KEY, "x"))
    assert list(unseal_pieces(io.BytesIO(sealed), KEY, "x")) == PIECES
    assert list(unseal_pieces(io.BytesIO(b"".join(seal_pieces([], KEY, "x"))), KEY, "x")) == []


@pytest.mark.parametrize("left", [[0, 1, 2], [0, 1, 3], [1, 0, 2, 3], [0, 1, 2, 2, 3], [], [3], [0, 1]])
def test_no_piece_can_go_come_twice_or_change_places(left):
    sealed = list(seal_pieces(PIECES, KEY, "x"))
    with pytest.raises(KeyRefused):
        list(unseal_pieces(io.BytesIO(b"".join(sealed[at] for at in left)), KEY, "x"))
