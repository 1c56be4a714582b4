"""Files that nobody should bring: bombs, binaries, scripts, and numbers at the edge."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from itertools import cycle, islice

SEED = 14
SCRIPT = '<img src=x onerror="document.title=666"><script>document.title=666</script>'


def hostile_files(count: int) -> Iterator[tuple[str, bytes]]:
    """So many, of all kinds in turn, no two alike."""
    chance = random.Random(SEED)
    for number, make in enumerate(islice(cycle(KINDS), count)):
        name, content = make(chance)
        yield f"{number}-{name}", content


def _gzip_bomb(chance: random.Random) -> tuple[str, bytes]:
    return "bomb.csv.gz", gzip.compress(b"a,b\n" + b"1,%d\n" % chance.randrange(99) * 30_000_000, 1)


def _zip_bomb(chance: random.Random) -> tuple[str, bytes]:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", bytes(2 * 10**8 + chance.randrange(99)))
    return "bomb.zip", file.getvalue()


def _workbook_of_nothing(chance: random.Random) -> tuple[str, bytes]:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", f"<workbook>{chance.random()}&a;&b;</workbook>")
    return "book.xlsx", file.getvalue()


def _binary(chance: random.Random) -> tuple[str, bytes]:
    return "noise.csv", chance.randbytes(200_000)


def _picture(chance: random.Random) -> tuple[str, bytes]:
    return "picture.csv", b"\x89PNG\r\n\x1a\n" + chance.randbytes(50_000)


def _script(chance: random.Random) -> tuple[str, bytes]:
    rows = "".join(f"{i},=cmd|' /C calc'!A{i},{i % 2}\n" for i in range(60))
    return "script.csv", f'"{SCRIPT}{chance.random()}",b,y\n{rows}'.encode()


def _many_columns(chance: random.Random) -> tuple[str, bytes]:
    names = ",".join(f"c{i}" for i in range(50_000))
    row = ",".join(str(chance.randrange(9)) for _ in range(50_000))
    return "wide.csv", f"{names}\n{row}\n{row}\n{row}\n".encode()


def _edge_of_numbers(chance: random.Random) -> tuple[str, bytes]:
    ends = ("1e307", "-1e308", "1e309", "nan", "5e-324", "9" * 400)
    rows = "".join(f"{chance.choice(ends)},{chance.choice(ends)},{i % 2}\n" for i in range(60))
    return "edge.csv", f"a,b,y\n{rows}".encode()


def _one_line(chance: random.Random) -> tuple[str, bytes]:
    return "line.csv", b"a" * 2_000_000 + chance.randbytes(4)


def _open_quote(chance: random.Random) -> tuple[str, bytes]:
    return "quote.csv", b'a,b\n"1,2\n' + b"%d,2\n" % chance.randrange(99) * 200_000


def _empty(chance: random.Random) -> tuple[str, bytes]:
    return "empty.csv", b"\n" * chance.randrange(2000)


def _no_pickle(chance: random.Random) -> tuple[str, bytes]:
    return "model.regpath", b"\x80\x04cos\nsystem\n(S'true'\ntR." + chance.randbytes(8)


Kind = Callable[[random.Random], tuple[str, bytes]]
# Those that cost a reader most come once in a round, as they would not come often.
KINDS: tuple[Kind, ...] = (
    _gzip_bomb,
    _binary,
    _script,
    _edge_of_numbers,
    _picture,
    _zip_bomb,
    _one_line,
    _open_quote,
    _empty,
    _no_pickle,
    _many_columns,
    _binary,
    _script,
    _edge_of_numbers,
    _workbook_of_nothing,
    _empty,
    _no_pickle,
    _picture,
    _script,
    _edge_of_numbers,
)
