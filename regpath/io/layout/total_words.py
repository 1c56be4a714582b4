"""What rows of totals, means and other figures are called, in many languages."""

from __future__ import annotations

# As patterns, of whole labels.
SUMS = (
    r"(?:grand |sub-?|sub |column |overall )?totals?|sums?|(?:gesamt|zwischen|end)?summe|gesamt|"
    r"insgesamt|somme|total g[eé]n[eé]ral|ensemble|totale|gran total|suma(?: total)?|totaal|som|"
    r"summa|totalt|i alt|sammenlagt|yhteensä|razem|suma|celkem|spolu|összesen|toplam|ukupno|"
    r"итого|всего|сумма|разом|σύνολο|合計|总计|合计|小计|总和|합계|المجموع|סה\"כ|[Σ∑]"
)
MEANS = (
    r"(?:arithmetic )?means?|averages?|avg\.?|mittelwert|durchschnitt|mittel|moyenne|media|"
    r"promedio|média|gemiddelde|medelvärde|gjennomsnitt|gennemsnit|keskiarvo|średnia|průměr|átlag|"
    r"ortalama|среднее|μέσος όρος|平均|均值|평균|المتوسط|ממוצע|ø"
)
OTHERS = r"s\.?d\.?|std\.?(?: ?dev\.?)?|standard deviation|median|overall|all"
# What is no total by its name alone, but beside one: the lines of a summary.
BESIDE = r"min\.?|max\.?|minimum|maximum|count|n|variance|var\.?|mode|25 ?%|50 ?%|75 ?%|range"
# What may as well be the name of something else.
NAMES_TOO = ("all", "media", "som", "mittel", "ensemble", "overall", "suma", "sum", "mode", "ø")

# Before or behind the name of a group: "North total", "Summe (North)", "total for North".
OF_GROUPS = """
total totals subtotal subtotals sub-total sum summe zwischensumme gesamt gesamtsumme insgesamt
somme totale totaal suma som summa totalt yhteensä razem celkem spolu összesen toplam
ukupno итого всего 合計 总计 合计 小计
mean average avg mittelwert durchschnitt moyenne media promedio média gemiddelde medelvärde
среднее min max minimum maximum count anzahl
"""
BEFORE_GROUPS = frozenset(["for", "of", "für", "von", "de", "des", "du", "di", "da", "in"])

# Figures of all rows, each with what it is called, in small letters.
FIGURES: dict[str, str] = {
    "mean": "mean|average|avg|mittelwert|durchschnitt|moyenne|media|promedio|média|gemiddelde|ø",
    "sum": "total|sum|gesamt|summe|suma|somme|totaal|totale|итого|\u03c3|∑",
    "deviation": (
        "sd|s.d.|std|std.|stddev|stdev|stabw|stdabw|stdabw.|std.dev.|standardabweichung|"
        "écart-type|standard deviation|std dev|std. dev."
    ),
    "median": "median|mediana|médiane|50%|50th",
    "smallest": "min|min.|minimum|kleinster|mínimo",
    "largest": "max|max.|maximum|größter|máximo",
    "count": "n|count|anzahl|num|n=|effectif",
    "lower quartile": "25%|q1|p25",
    "upper quartile": "75%|q3|p75",
    "variance": "variance|var|var.|varianz",
    "range": "range|spannweite",
    "standard error": "sem|se|s.e.|standardfehler|standard error|std. error",
    "variation": "cv%|cv(%)|cv|rsd|rsd%|vk",
}
# Of these, names of other things as well.
ALONE = ("n", "max", "min", "count", "range", "num")
_ROWS = r"records|rows|lines|cases|entries|observations"
NUMBER_OF_ROWS = (
    r"(?:record|row|line|case) count|"
    rf"(?:(?:total|count of|number of|no\.? of|# of) )?(?:{_ROWS})|"
    r"(?:anzahl(?: der)? |zahl der )?(?:datens\u00e4tze|zeilen|f\u00e4lle)|"
    r"(?:nombre (?:de |d')|n\u00famero de |numero di |n\u00ba de )\w+"
)
