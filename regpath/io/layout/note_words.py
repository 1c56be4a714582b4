"""How notes below a table begin, in many languages."""

import re

_NOTED = (
    r"source|sources|quelle|quellen|fuente|fuentes|fonte|bron|källa|kilde|źródło|zdroj|forrás|"
    r"kaynak|источник|πηγή|出典|来源|资料来源|자료|المصدر|"
    r"notes?|footnotes?|nota|notas|anmerkung|anmerkungen|anm|hinweis|bemerkung|remarque|opmerking|"
    r"huom|uwaga|poznámka|megjegyzés|примечание|примечания|σημείωση|注|备注|주|"
    r"remarks?|legend|legende|légende|leyenda|caption|disclaimer|stand|erstellt|généré|"
    r"generated|exported|created|downloaded|retrieved|accessed|last updated|updated|as of|"
    r"data as of|extracted|"
    r"(?:prepared|compiled|produced|provided|published) by|champ|lecture|mise à jour|"
    r"téléchargé|consulté|extrait|heruntergeladen|abgerufen|aktualisiert|bearbeitet von|"
    r"actualizado|consultado|descargado|elaboración|elaborazione|aggiornato|atualizado|elaboração"
)
_ACTS = r"\w{6,12} (?:by|from|on|at|von|am|le|el|il|em|da|dal)"
NOTE = re.compile(
    rf"(?:(?:{_NOTED})\b|copyright|©|end of\b|total (?:rows|records)\b"
    r"|[*†‡#§]|\([0-9]+ rows?\b|[0-9]+ rows?\b|https?://|\(?[a-z0-9]{1,2}\)\s"
    r"|[¹²³⁴⁵]|\[[a-z0-9]{1,2}\]\s?)",
    re.IGNORECASE,
)
NAMED_NOTE = re.compile(
    rf"\(?[a-z0-9]?\)?\s*(?:(?:{_NOTED})\s*[:.\uff1a]|(?=(?:{_NOTED})\b){_ACTS}\b)", re.IGNORECASE
)
