"""Count how often the code page of short tables in many languages is found.

Usage: python -m tests.corpus.languages

The tables are names of people and places, months and languages, as Faker and Babel have them:
texts that nobody here has chosen. Needs both beside regpath; charset-normalizer, if it is
installed, is counted too.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator

from regpath.io.text.codepages import code_pages

WEST = ("cp1252", "mac-roman", "cp850")
PAGES = {
    **dict.fromkeys(("fr_FR", "de_DE", "es_ES", "pt_BR", "sv_SE"), WEST),
    "it_IT": ("cp1252", "cp850"),
    **dict.fromkeys(("da_DK", "nb_NO", "fi_FI", "nl_NL", "ga_IE", "is_IS"), ("cp1252",)),
    **dict.fromkeys(("pl_PL", "cs_CZ", "hu_HU", "ro_RO", "hr_HR", "sk_SK", "sl_SI"), ("cp1250",)),
    "ru_RU": ("cp1251", "koi8-r", "cp866", "mac-cyrillic"),
    "uk_UA": ("cp1251", "mac-cyrillic"),
    "bg_BG": ("cp1251",),
    "el_GR": ("cp1253",),
    "tr_TR": ("cp1254",),
    "he_IL": ("cp1255",),
    "ar_SA": ("cp1256",),
    "fa_IR": ("cp1256",),
    "ja_JP": ("shift-jis", "euc-jp"),
    "zh_CN": ("gb18030",),
    "zh_TW": ("big5",),
    "ko_KR": ("euc-kr",),
}
SIZES = (1, 3, 10, 40)  # rows beyond ASCII
TABLES_EACH = 8


def words(locale: str, chance: random.Random) -> Iterator[str]:
    """Make words of a language for ever."""
    from babel import Locale
    from faker import Faker
    from faker.config import AVAILABLE_LOCALES

    known = Locale.parse(locale)
    fixed = [
        *known.territories.values(),
        *known.languages.values(),
        *known.months["format"]["wide"].values(),
        *known.days["format"]["wide"].values(),
    ]
    alias = locale.replace("nb_", "no_")
    made = Faker(alias) if alias in AVAILABLE_LOCALES else None
    if made is not None:
        made.seed_instance(chance.random())
    while True:
        which = chance.randrange(4)
        if made is not None and which < 2:
            yield (made.name() if which else made.city()).replace(",", "").replace("\n", " ")
        else:
            yield chance.choice(fixed).replace(",", "")


def tables(locale: str, page: str, n: int, chance: random.Random) -> Iterator[str]:
    """Make short tables with as many rows beyond ASCII, which a page can write."""
    source = words(locale, chance)
    for _ in range(TABLES_EACH):
        found: list[str] = []
        while len(found) < n:
            word = next(source)
            if word.isascii():
                continue
            try:
                word.encode(page)
            except UnicodeEncodeError:
                continue
            found.append(word)
        yield "id,name\n" + "".join(f"{i},{word}\n" for i, word in enumerate(found))


def by_regpath(data: bytes) -> str:
    return code_pages(data).names[0]


def by_charset_normalizer(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return best.encoding if best is not None else "latin-1"


def count(find: Callable[[bytes], str]) -> None:
    """Print for how many tables the letters come out right."""
    right: Counter[int] = Counter()
    total: Counter[int] = Counter()
    chance = random.Random(1)
    for locale, pages in PAGES.items():
        for page in pages:
            shown = []
            for n in SIZES:
                read = [
                    text.encode(page).decode(find(text.encode(page))) == text
                    for text in tables(locale, page, n, chance)
                ]
                right[n] += sum(read)
                total[n] += len(read)
                shown.append(f"{n}: {sum(read)}/{len(read)}")
            print(f"    {locale}, {page}: {', '.join(shown)}")
    print(", ".join(f"{n} rows: {100 * right[n] / total[n]:.0f} %" for n in SIZES), flush=True)


def main() -> None:
    """Count for each detector that is installed."""
    for find in (by_regpath, by_charset_normalizer):
        print(find.__name__)
        try:
            count(find)
        except ImportError:
            print("    not installed")


if __name__ == "__main__":
    main()
