"""Russian words in Hangul: examples of the rule of 2005, and spellings from the press of the DPRK."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names.hangul import is_hangul
from app.domain.names.russian.hangul_sound import hangul_sound
from app.domain.names.russian.in_hangul import northern_hangul, southern_hangul

# The examples of 외래어 표기법, 러시아어, 2005, by article and from the table of letters.
SOUTH = """
садко 삿코  агрыз 아그리스  акбаур 아크바우르  ростопчина 로스톱치나  акмеизм 아크메이즘  рубцовск 룹촙스크
брятск 브랴츠크  лопатка 로팟카  ефремов 예프레모프  достоевский 도스토옙스키  назрань 나즈란
острогожск 오스트로고시스크  лужков 루시코프  петрозаводск 페트로자보츠크  вернадский 베르나츠키  павел 파벨
николаевич 니콜라예비치  земля 제믈랴  цимлянск 치믈랸스크  львовна 리보브나  мценск 므첸스크  гиппиус 기피우스
одесса 오데사  анна 안나  алексей 알렉세이  егвекинот 예그베키노트  игорь 이고리  илья 일리야  дьяково 디야코보
ольга 올가  пермь 페름  рязань 랴잔  гоголь 고골  дзержинский 제르진스키  таджикистан 타지키스탄
болотов 볼로토프  бобров 보브로프  курбский 쿠릅스키  глеб 글레프  гончаров 곤차로프  манечка 마네치카
якубович 야쿠보비치  дмитрий 드미트리  бенедиктов 베네딕토프  находка 나홋카  восход 보스호트  фёдор 표도르
мусоргский 무소륵스키  богдан 보그단  андарбаг 안다르바크  хабаровск 하바롭스크  ахматова 아흐마토바
ойстрах 오이스트라흐  калмык 칼미크  аксаков 악사코프  квас 크바스  владивосток 블라디보스토크  крылов 크릴로프
максим 막심  надя 나댜  пётр 표트르  псков 프스코프  майкоп 마이코프
"""
# As the seeds have them, and as the Russian and the Korean reader reported them.
NORTH = """
путин 뿌찐  сергей 쎄르게이  лавров 라브로브  козлов 꼬즐로브  мацегора 마쩨고라  дмитрий 드미뜨리
медведев 메드베제브  кожемяко 꼬줴먀꼬  валентина 왈렌찌나  матвиенко 마뜨비옌꼬  владимир 울라지미르
колокольцев 꼴로꼴쩨브  трутнев 뜨루뜨네브  косыгин 꼬씌긴  громыко 그로믜꼬  брежнев 브레쥬네브  леонид 레오니드
горбачёв 고르바쵸브  хрущёв 흐루쑈브  никита 니끼따  володин 월로진  песков 뻬스꼬브  ушаков 우샤꼬브
иванов 이와노브  карлов 까를로브  сухинин 쑤히닌  тимонин 찌모닌  пузанов 뿌자노브  галушка 갈루쉬까
тайсаев 따이싸예브  ельцин 옐찐  андропов 안드로뽀브  черненко 체르넨꼬  молотов 몰로또브  микоян 미꼬얀
владивосток 울라지보스또크
"""
# Spellings of one name in the South before and after 2005, in its press, and in the North.
ONE_SOUND = [
    "푸틴 뿌찐",
    "흐루쇼프 흐루쑈브 흐루시초프 흐루시쵸프",
    "고르바초프 고르바쵸프 고르바쵸브",
    "브레즈네프 브레쥬네브",
    "풀리콥스키 풀리코프스키",
    "갈루시카 갈루슈카 갈루쉬까",
    "블라디미르 울라지미르",
    "시티코프 스티코프 슈티코프",
    "예두아르트 에두아르드",
    "셰바르드나제 쉐와르드나제",
    "마트비옌코 마트비엔코 마뜨비옌꼬",
    "카프토 캅토",
    "보로답킨 보로다브킨",
    "루덴코 루덴꼬",
]


def _pairs(table: str) -> list[tuple[str, str]]:
    words = table.split()
    return list(zip(words[::2], words[1::2], strict=True))


@pytest.mark.parametrize(("word", "hangul"), _pairs(SOUTH))
def test_the_south_writes(word: str, hangul: str) -> None:
    assert southern_hangul(word) == hangul


@pytest.mark.parametrize(("word", "hangul"), _pairs(NORTH))
def test_the_north_writes(word: str, hangul: str) -> None:
    assert northern_hangul(word) == hangul


@pytest.mark.parametrize("spellings", ONE_SOUND)
def test_spellings_of_one_name_have_one_sound(spellings: str) -> None:
    assert len({hangul_sound(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("푸틴", "포틴"), ("라브로프", "카를로프"), ("이바노프", "이바노바")]
)
def test_other_names_have_another_sound(one: str, other: str) -> None:
    assert hangul_sound(one) != hangul_sound(other)


@given(st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщъыьэюяё"), min_size=1, max_size=12))
def test_any_russian_word_becomes_hangul(word: str) -> None:
    for write in (southern_hangul, northern_hangul):
        hangul = write(word)
        assert not hangul or is_hangul(hangul)
    # Signs alone have no sound.
    assert set(word) <= {"ъ", "ь", "й"} or southern_hangul(word)
