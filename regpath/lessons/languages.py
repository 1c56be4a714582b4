"""The language of a lesson's texts: what a tag may be, so that a screen reader can tell."""

from __future__ import annotations

import re
from difflib import get_close_matches

from regpath.errors import ParameterError

OURS = "en"  # of the app around a lesson

# ISO 639-1, and those of three letters for which the Unicode CLDR has a locale.
_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy
    hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg
    li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or
    os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    ady agq ann apc arn ary asa ast bal bas bem bew bez bgc bgn bho blo blt bqi brh brx bss bua
    byn cad cch ccp ceb cgg cho chr cic ckb cop csw dav dje doi dsb dua dyo ebu ewo fil frr fur
    gaa gez gsw guz haw hnj hrx hsb isv jbo jgo jmc kaa kab kaj kam kbd kcg kde kea kek ken kgp
    khq kkj kln kok kpe ksb ksf ksh kxv lag lij lkt lld lmo lrc ltg luo luy lzz mai mas mdf mer
    mfe mgh mgo mhn mic mni moh mrh mua mus mww myv mzn naq nds nmg nnh nqo nso nus nyn oka osa
    pap pcm pis pms prg quc raj rhg rif rof rwk sah saq sat sbp scn sdh seh ses sgs shi shn sid
    skr sma smj smn sms ssy sus suz syr szl teo tig tok tpi trv trw twq tyv tzm vai vec vmw vun
    wae wal wbp xdq xnr xog yav yrl yue zgh
"""
_KNOWN = frozenset(_CODES.split())
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?"
    r"(-([a-z\d]{5,8}|\d[a-z\d]{3}))*"
)
# How people call languages of many lessons, in English and in themselves.
_CALLED = {
    **dict.fromkeys(("german", "deutsch"), "de"),
    **dict.fromkeys(("english",), "en"),
    **dict.fromkeys(("spanish", "español", "espanol"), "es"),
    **dict.fromkeys(("french", "français", "francais"), "fr"),
    **dict.fromkeys(("italian", "italiano"), "it"),
    **dict.fromkeys(("portuguese", "português", "portugues"), "pt"),
    **dict.fromkeys(("dutch", "nederlands"), "nl"),
    **dict.fromkeys(("polish", "polski"), "pl"),
    **dict.fromkeys(("chinese", "中文"), "zh"),
    **dict.fromkeys(("japanese", "日本語"), "ja"),
}


def check_language(tag: object) -> str:
    """Refuse what is no language tag, such as "de" or "pt-BR", or of no language.

    Raises
    ------
    ParameterError
        The message says what to write.

    Examples
    --------
    >>> check_language("pt-BR")
    'pt-BR'
    """
    said = tag if isinstance(tag, str) else ""
    found = _TAG.fullmatch(said)
    if found and found["language"] in _KNOWN:
        return said
    raise ParameterError(f"'language' must be a language. Got {tag!r} instead.", _hint(said))


def _hint(said: str) -> str:
    parts = re.split(r"[-_ ]+", said.strip())
    meant = _CALLED.get(said.strip().lower())
    if meant is None and parts[0].lower() in _KNOWN:
        rest = [part.upper() if len(part) == 2 else part for part in parts[1:] if part]
        known = "-".join((parts[0].lower(), *rest))
        meant = known if _TAG.fullmatch(known) else parts[0].lower()
    if meant is None:
        near = get_close_matches(said.strip().lower(), _CALLED, n=1)
        meant = _CALLED[near[0]] if near else None
    usual = "Write its code of two or three letters (ISO 639), such as 'de', 'es' or 'pt-BR'."
    return f"Did you mean {meant!r}? {usual}" if meant else usual
