"""Encodings: with and without a mark, wide, 8-bit, mixed."""

from tests.corpus.case import AGES, BASE, Case, csv, lines, text

WEST = {"name": ["Müller", "José", "René", "Łukasz", "Ångström", "Zoë"], "age": AGES[:6]}
FRENCH = {"ville": ["Besançon", "Orléans", "Nîmes", "Évry", "Sète", "Angoulême"], "x": AGES[:6]}
GERMAN = {"Größe": [1.5, 2.5, 3.75], "Straße": ["Königsweg", "Gänsemarkt", "Hauptstraße"]}
POLISH = {"imię": ["Łukasz", "Grażyna", "Józef", "Żaneta"], "x": [3, 1, 4, 8]}
CZECH = {"město": ["Plzeň", "Brno", "Třebíč", "Břeclav"], "x": [3, 1, 4, 8]}
HUNGARIAN = {"név": ["Győző", "Erzsébet", "Ödön", "Zsófia"], "x": [3, 1, 4, 8]}
RUSSIAN = {"имя": ["Иван", "Мария", "Пётр", "Ольга"], "возраст": [30, 25, 41, 37]}
GREEK = {"όνομα": ["Γιώργος", "Μαρία", "Νίκος", "Ελένη"], "x": [3, 1, 4, 8]}
JAPANESE = {"名前": ["田中", "さとう", "鈴木", "たかはし"], "年齢": [25, 30, 41, 37]}
CHINESE = {"姓名": ["张伟", "李娜", "王芳", "刘洋"], "年龄": [25, 30, 41, 37]}
TAIWANESE = {"姓名": ["陳大文", "林小明", "黃美玲", "張志明"], "x": [25, 30, 41, 37]}
KOREAN = {"이름": ["김철수", "박영희", "이민호", "최지우"], "나이": [25, 30, 41, 37]}
EUROS = {"price": ["5 €", "7 €", "12 €"], "n": [1, 2, 4]}


def coded(name: str, truth: dict, encoding: str, delimiter: str = ",") -> Case:
    return Case(
        f"{name}, {encoding}.csv",
        f"{encoding} and no mark",
        text(lines(truth, delimiter), "\r\n", encoding),
        truth,
        keys=("encoding",),
    )


def wide(encoding: str, mark: bytes = b"") -> Case:
    said = "with a mark" if mark else "without a mark"
    return Case(
        f"{encoding} {said}.csv",
        f"{encoding} {said}",
        mark + text(lines(WEST), "\r\n", encoding),
        WEST,
    )


CASES = [
    Case(
        "utf-8.csv",
        "letters of many scripts in UTF-8",
        text(lines({"t": ["größe", "имя", "名前", "🙂"], "n": [1, 2, 3, 5]})),
        {"t": ["größe", "имя", "名前", "🙂"], "n": [1, 2, 3, 5]},
    ),
    Case("bom.csv", "a byte order mark", b"\xef\xbb\xbf" + csv(), BASE),
    Case(
        "bom, quoted.csv",
        "a byte order mark before a quote",
        b'\xef\xbb\xbf"a","b"\n"1","2"\n"3","5"\n',
        {"a": [1, 3], "b": [2, 5]},
    ),
    Case("two boms.csv", "two byte order marks", b"\xef\xbb\xbf" * 2 + csv(), BASE),
    wide("utf-16-le", b"\xff\xfe"),
    wide("utf-16-be", b"\xfe\xff"),
    wide("utf-16-le"),
    wide("utf-16-be"),
    wide("utf-32-le", b"\xff\xfe\0\0"),
    wide("utf-32-be", b"\0\0\xfe\xff"),
    wide("utf-32-le"),
    wide("utf-32-be"),
    Case(
        "unicode text of excel.txt",
        "UTF-16 and tabs, as Excel's Unicode text",
        b"\xff\xfe" + csv("\t", "\r\n", "utf-16-le"),
        BASE,
    ),
    coded("french", FRENCH, "cp1252"),
    coded("french", FRENCH, "mac-roman"),
    coded("french", FRENCH, "cp850"),
    coded("german", GERMAN, "cp1252"),
    coded("german", GERMAN, "mac-roman"),
    coded("german", GERMAN, "cp850"),
    coded("polish", POLISH, "cp1250", ";"),
    coded("czech", CZECH, "cp1250", ";"),
    coded("hungarian", HUNGARIAN, "cp1250", ";"),
    coded("russian", RUSSIAN, "cp1251", ";"),
    coded("russian", RUSSIAN, "koi8-r", ";"),
    coded("russian", RUSSIAN, "cp866", ";"),
    coded("greek", GREEK, "cp1253", ";"),
    coded("japanese", JAPANESE, "shift-jis"),
    coded("chinese", CHINESE, "gb18030"),
    coded("taiwanese", TAIWANESE, "big5"),
    coded("korean", KOREAN, "euc-kr"),
    Case(
        "euros, cp1252.csv",
        "the euro sign in cp1252",
        text(lines(EUROS), "\n", "cp1252"),
        {"price": [5, 7, 12], "n": [1, 2, 4]},
        keys=("encoding",),
    ),
    Case(
        "nbsp, cp1252.csv",
        "hard blanks between thousands in cp1252",
        text(["a;b", "1\u00a0234,5;x", "2\u00a0345,75;y"], "\n", "cp1252"),
        {"a": [1234.5, 2345.75], "b": ["x", "y"]},
        keys=("encoding",),
    ),
    Case(
        "damaged utf-8.csv",
        "UTF-8 with one byte that is none",
        text(["t,n", *["größe,1", "naïve,2", "café,3"] * 4]) + b"gr\xff\xdfe,4\n",
        {"t": [*["größe", "naïve", "café"] * 4, "gr\ufffd\ufffde"], "n": [*[1, 2, 3] * 4, 4]},
        keys=("damaged_letters",),
    ),
]
