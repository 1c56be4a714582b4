"""Which letters and signs a language or a script writes, for telling code pages apart."""

from __future__ import annotations

# The letters with accents that a language writes; a text is rarely in more than one.
LANGUAGES = {
    "French": "àâæçéèêëîïôœùûüÿ",
    "German": "äöüßé",
    "Spanish": "áéíñóúüç",
    "Portuguese": "áâãàçéêíóôõúü",
    "Italian": "àèéìòù",
    "Catalan": "àçéèíïóòúü",
    "Nordic": "åäöæøéü",
    "Icelandic": "áðéíóúýþæö",
    "Dutch": "éëïöüèê",
    "Polish": "ąćęłńóśźż",
    "Czech": "áčďéěíňóřšťúůýž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîşţșț",
    "South Slavic": "čćđšž",
    "Turkish": "âçğıîöşüû",
    "Lithuanian": "ąčęėįšųūž",
    "Latvian": "āčēģīķļņšūž",
    "Estonian": "äõöüšž",
}
# The letters of other alphabets, the most frequent first.
ALPHABETS = {
    "CYRILLIC": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґў",
    "GREEK": "αοιετσνηυρπκμλςάίόέθήώύγδχβφωξζψ",
    "HEBREW": "יוהלאתרבשמנםעדקחפגכסטזןצךףץ",
    "ARABIC": "اليمونرتبةعدسفهكقحجشصطأخضذثئزىغظءإآؤ",
}
# Signs that make up a third and more of names, places and headings; others of the national
# standards are rarer. A text in another page's bytes has one in twenty of them.
FREQUENT = {
    "HANGUL": (
        "이다는에의을가고하지한로사기인대리시어도자나스은서를정아해부장일주구제그수전상라과동"
        "선보안원경비화김박최조강윤임신오유관성중소국계남북군면미영현민준우진희철여용문공무학"
        "교방산"
    ),
    "CJK": (
        "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之"
        "过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如"
        "前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其"
        "种声全工己话儿者向情部正名定女问力机给等市区县省东西南北海山江河州城京广湖新安平王李"
        "张刘陈杨黄赵周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
        "魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦史顾侯邵孟龙万段雷钱汤"
        "尹黎易常武乔贺赖龚陳張劉楊黃趙吳孫馬羅鄭謝韓馮語台灣國學區縣東車長門電話時間號會來對"
        "鈴木橋佐藤伊渡辺村井松原野川島谷崎齢町県府臺男良"
    ),
}
VOWELS = {"CYRILLIC": set("оеаиуяыюэёіїє"), "GREEK": set("αοιεηυωάίόέήώύ")}
