"""Which code page a text is in."""

import pytest

from regpath.io.text.codepages import SHOWN, code_pages

WINDOWS_1252 = [
    "id,item\n0,Women’s lamp\n" + "".join(f"{i},Lamp\n" for i in range(12)),
    "id,t\n1,the “red” lamp\n2,blue\n",
    "q\tx\n‘good’\t1\n‘bad’\t2\n",
    "q,x\nIt’s fine,1\ndon’t,2\nChildren’s,3\n",
    "name,x\nO’Brien,1\nD’Angelo,2\n",
    "name,x\nO’Brien,1\nJosé,2\n",
    "a;b\nL’été;1\nd’août;2\n",
    "a,b\nPremière “édition”,1\nDeuxième,2\n",
    "a,b\n5’10”,1\n6’2”,2\n",
    "w;x\n5 µg;1\n7 µg;2\n",
    "conc (µmol/L),x\n1,2\n3,4\n",
    "n,x\nniño,1\nNº 5,2\n1º,3\n",
    "a,b\n3ºD,1\nFRANÇAIS,2\n",
    "a,b\n¿Qué?,1\nSí,2\n",
    "t,x\n2001–2005,1\n2006–2010,2\n",
    "t,x\n20°C,1\n21°,2\n",
    "p,x\n£5,1\n£7,2\n",
    "a,b\nm²,1\nkm²,2\n",
    "a;b\n½ cup;1\n¼ tsp;2\n",
    "a,b\n±0.5,1\n5 × 3,2\n",
    "a,b\nTM™ brand,1\nX®,2\nWait…,3\n",
    "a,b\n• first,1\n• second,2\n",
    "who,x\nNAÏVE CAFÉ,1\nÉCOLE,2\n",
    "t,x\n© Smith,1\n©2020,2\n",
    "t,x\n5¼,1\n6½ lb,2\n½lb,3\n",
    "t;x\n±3;1\n10 ±2;2\n",
    "a,b\nØ 5 mm,1\nØ 7 mm,2\n",
    "città,x\nForlì,1\nCefalù,2\n",
    "qualità,x\nperché,1\npiù,2\n",
    "nome,x\nNicolò,1\nLucà,2\n",
    "a,b\nsì,1\nno,2\nsì,3\n",
    "a;b\nSì;1\nNo;2\n",
    "giorno;x\nlunedì;1\nmartedì;2\nmercoledì;3\n",
    "giorno,x\nlunedì,1\ngiovedì,2\nvenerdì,3\n",
    "comune,x\nForlì,1\nMondovì,2\n",
    "comune,x\nPatù,1\nCantù,2\nCefalù,3\n",
    "a,b\nvirtù,1\ngioventù,2\n",
    "università,x\nlibertà,1\n",
    "a,b\nè vero,1\nc'è,2\n",
    "a,b\nperò,1\nciò,2\ncaffè,3\n",
    "a,b\nCITTÀ,1\nPERÙ,2\n",
    "a,b\nÈ nato,1\npiù,2\n",
    "comune,x\nSan Donà,1\nForlì,2\nCefalù,3\nErmà,4\n",
    "a,b\nl’età,1\ndell’università,2\n",
    "a,b\nmetà,1\ntre,2\n",
    "a,b\nlunedì,1\n",
    "tribù,x\nblu,1\n",
    "a,b\npàgina,1\nmatemàtica,2\nciència,3\n",
    "a,b\nfeliç,1\nplaça,2\n",
    "qyteti,x\nTiranë,1\nVlorë,2\nDurrës,3\n",
    "a,b\nnjë,1\nçelës,2\nshtëpi,3\n",
    "by,x\nTromsø,1\nBodø,2\nÅlesund,3\n",
    "a,b\nReykjavík,1\nÞórður,2\nborð,3\n",
    "a,b\nâge,1\nîle,2\noù,3\ngarçon,4\n",
    "a,b\nSão Paulo,1\nMaçã,2\nInformação,3\n",
]
OTHERS = [
    ("mesto,x\nľudia,1\nľavý,2\nkráľ,3\n", "cp1250"),
    ("a;b\nľad;1\nMikuláš;2\nľahký;3\n", "iso-8859-2"),
    ("ad,x\nIşık,1\nÇağrı,2\nÖzgür,3\nŞule,4\n", "cp1254"),
    ("il,x\nİstanbul,1\nDiyarbakır,2\nMuğla,3\nEskişehir,4\n", "cp1254"),
    ("שם,x\nדוד,1\nשרה,2\nמשה,3\n", "cp1255"),
    ("עיר,x\nירושלים,1\nחיפה,2\n", "cp1255"),
    ("الاسم,x\nمحمد,1\nفاطمة,2\n", "cp1256"),
    ("مدينة;x\nالقاهرة;1\nبغداد;2\n", "cp1256"),
    ("имя,x\nИван,1\nМария,2\nОльга,3\n", "mac-cyrillic"),
    ("город,x\nМосква,1\nКазань,2\nПермь,3\n", "mac-cyrillic"),
    ("ИМЯ,x\nИВАН,1\nМАРИЯ,2\nОЛЬГА,3\n", "cp1251"),
    ("місто,x\nКиїв,1\nЛьвів,2\nОдеса,3\n", "cp1251"),
    ("name,x\nFrançois,1\nÅse,2\n", "mac-roman"),
    ("a,b\nPatient’s,1\nDoctor’s,2\n", "mac-roman"),
    ("名前,x\n田中,1\n佐藤,2\n", "euc-jp"),
    ("a,b\n王’s,1\nx,2\n", "gb18030"),
    ("miasto,x\nŁódź,1\nPoznań,2\nGdańsk,3\n", "iso-8859-2"),
    ("miasto;x\nŁódź;1\nlamp;2\n", "iso-8859-2"),
    ("miasto,x\nŁódź,1\nlamp,2\n", "cp1250"),
    ("město,x\nŠumperk,1\nŽďár,2\nTřebíč,3\n", "iso-8859-2"),
    ("város\tx\nGyőr\t1\nGödöllő\t2\n", "iso-8859-2"),
    ("šola,x\nŠkofja Loka,1\nŽalec,2\n", "iso-8859-2"),
    ("titre;x\nŒuvre;1\ncœur;2\nété;3\n", "iso-8859-15"),
    ("prix,x\nMüller €5,1\nété,2\n", "iso-8859-15"),
    ("miestas,x\nŠiauliai,1\nKlaipėda,2\nPanevėžys,3\n", "cp1257"),
    ("vardas,x\nJonas,1\nŽygimantas,2\nRūta,3\nEglė,4\n", "cp1257"),
    ("miestas;x\nŪkmergė;1\nMažeikiai;2\nTelšiai;3\n", "cp1257"),
    ("sąskaita,x\nčekis,1\nįmonė,2\nūkis,3\n", "cp1257"),
    ("a,b\nmoteris,1\nvyrų,2\nžmonių,3\n", "cp1257"),
    ("a,b\nvyras,1\nmoteriškė,2\n", "cp1257"),
    ("pilsēta,x\nRīga,1\nLiepāja,2\nVentspils,3\n", "cp1257"),
    ("vārds,x\nJānis,1\nPēteris,2\nKārlis,3\n", "cp1257"),
    ("pilsēta;x\nRēzekne;1\nJēkabpils;2\nCēsis;3\nOgre;4\n", "cp1257"),
    ("a,b\nšķirne,1\nģimene,2\nļoti,3\nņem,4\n", "cp1257"),
    ("a,b\nžurnāls,1\nčetri,2\nūdens,3\n", "cp1257"),
    ("linn,x\nTallinn,1\nPärnu,2\nVõru,3\n", "cp1257"),
    ("nimi,x\nJüri,1\nTõnu,2\nÜlle,3\nKäthe,4\n", "cp1257"),
    ("a,b\nÇelik,1\nÇetin,2\nGençler,3\n", "cp1254"),
    ("ad,x\nÇağrı,1\nGençler,2\nİçki,3\n", "cp1254"),
    ("město,x\nBřeclav,1\nTřebíč,2\nPlzeň,3\n", "cp1250"),
    ("grad,x\nŠibenik,1\nČakovec,2\nĐakovo,3\n", "cp1250"),
    ("miasto,x\nŁódź,1\nGdańsk,2\nżona,3\n", "cp1250"),
    ("oraş,x\nBraşov,1\nîncă,2\n", "cp1250"),
    ("пол;x\nМ;1\nЖ;2\nМ;3\n", "cp1251"),
    ("город,x\nи,1\nМосква,2\n", "cp1251"),
    ("城市,x\n北京,1\n北京,2\n", "gb18030"),
    ("城市,x\n臺北,1\n高雄,2\n", "big5"),
]


@pytest.mark.parametrize("text", WINDOWS_1252)
def test_what_any_spreadsheet_in_the_west_saves_is_windows_1252(text):
    found = code_pages(text.encode("cp1252"))
    assert text.encode("cp1252").decode(found.names[0]) == text
    assert found.is_known


ALONE = [
    *("5 µL", "5µL", "3 µS/cm", "2 µPa", "7 µkat/l", "1 µIU/mL", "µN", "0.5 µg", "9 µmol/l"),
    *("„rot“", "‚rot‘", "»rot«", "›rot‹", "‹rouge›", "«rouge»", "„Ja“, sagte er", "»Nein!«"),
    *("…and so on", "wait…", "45°30'", "45°N", "12°W", "21 °C", "’90s", "‘tis", "5’", "Kellogg®"),
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("place", [0, 6, 12])
@pytest.mark.parametrize("cell", ALONE)
def test_units_and_quotes_in_one_cell_are_enough(cell, place, delimiter):
    rows = [f"{i}{delimiter}{cell if i == place else 'lamp'}" for i in range(13)]
    text = "\n".join([f"id{delimiter}item", *rows, ""])
    found = code_pages(text.encode("cp1252"))
    assert text.encode("cp1252").decode(found.names[0]) == text
    assert found.is_known


@pytest.mark.parametrize(("text", "page"), OTHERS)
def test_other_pages_are_known_by_their_letters(text, page):
    found = code_pages(text.encode(page))
    assert text.encode(page).decode(found.names[0]) == text
    assert found.is_known


@pytest.mark.parametrize("row", range(40))
def test_one_curly_apostrophe_is_enough_wherever_it_stands(row):
    rows = [f"{i},Men{chr(8217) if i == row else ''}s boots" for i in range(40)]
    assert code_pages("\n".join(["id,item", *rows]).encode("cp1252")).names[0] == "cp1252"


@pytest.mark.parametrize("code", range(0x80, 0x100))
def test_every_byte_can_be_read(code):
    data = b"a,b\n" + bytes([code]) + b",1\n"
    found = code_pages(data)
    assert set(found.names) <= set(SHOWN)
    assert data.decode(found.names[0])


@pytest.mark.parametrize(
    "data",
    [
        "a,b\nα-blocker,1\nx,2\n".encode("cp1253"),  # one letter beside Latin ones
        "naam,x\nกรุงเทพ,1\nเชียงใหม่,2\n".encode("cp874"),
        "ten,x\nViệt,1\n".encode("cp1258", errors="ignore") + b"b\xd2\xf2\xcc,1\n",
    ],
)
def test_letters_of_an_unknown_page_are_said_to_be_unknown(data):
    assert not code_pages(data).is_known
