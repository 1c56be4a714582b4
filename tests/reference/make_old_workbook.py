"""Write old_workbook.xls with xlwt: python tests/reference/make_old_workbook.py (xlwt 1.3.0)."""

from datetime import date
from pathlib import Path


def main() -> None:
    import xlwt  # for this script alone: no test needs it

    book = xlwt.Workbook()
    book.add_sheet("hidden").visibility = 1
    sheet = book.add_sheet("data")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for j, name in enumerate(("ward", "size", "day", "well", "code")):
        sheet.write(0, j, name)
    for i in range(1, 7):
        if i % 2:
            sheet.merge(i, i + 1, 0, 0)
            sheet.write(i, 0, f"w{i}")
        sheet.write(i, 1, i + 0.25)
        sheet.write(i, 2, date(2026, 1, i), day)
        sheet.write(i, 3, i % 3 == 0)
        sheet.write(i, 4, f"00{i}")
    book.save(Path(__file__).with_name("old_workbook.xls"))


if __name__ == "__main__":
    main()
