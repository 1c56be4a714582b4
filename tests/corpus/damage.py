"""Files that disks, networks and hasty hands have damaged; what mutations found is kept here."""

from tests.corpus.case import AGES, BASE, SIZES, Case, csv, lines, text

L = lines()

CASES = [
    Case(
        "nul in a number.csv",
        "a NUL within a number",
        text(["a,b", *(f"{a},{s}" for a, s in zip(AGES, SIZES, strict=True)), "1\x005,2"]),
        {"a": [*map(str, AGES), "1\ufffd5"], "b": [*SIZES, 2]},
        keys=("control_characters",),
    ),
    Case("nul end.csv", "zeros at the end, as a full disk leaves them", csv() + bytes(512), BASE),
    Case("ctrl-z.csv", "the end mark of DOS", csv(end="\r\n") + b"\x1a", BASE),
    Case(
        "wrapped, but for one.csv",
        "a line beyond the sample that does not stand in quotes",
        text([f'"{L[0]}"', *(f'"{line}"' for line in L[1:] * 25), "é"]),
        {k: [*v * 25, "é" if k == "name" else None] for k, v in BASE.items()},
        keys=("wrapped_lines", "short_rows"),
    ),
    Case(
        "wide and 8-bit.csv",
        "one letter of cp1252 in lines of 40 000",
        text(["é," + ",".join(f"x{j}" for j in range(3000)), "1" + ",2.5" * 3000], "\n", "cp1252"),
        {"é": [1], **{f"x{j}": [2.5] for j in range(3000)}},
        keys=("encoding",),
    ),
    Case(
        "long dashes.csv",
        "a cell of 100 000 dashes",
        text(["a,b", "-" * 100_000 + "x,1", "y,2"]),
        {"a": ["-" * 100_000 + "x", "y"], "b": [1, 2]},
    ),
    Case("form feed.csv", "a form feed before the first name", b"\x0c" + csv(), BASE),
]
