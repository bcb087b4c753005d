"""Names as people write them, each with the participant of the seeds that must come first.

`BLIND` was written before the rules that it tests, from what readers type; `KINDS` covers each rule. `STRANGER` has
spellings that a reader tried later, in vain.
"""

from typing import Final

BLIND: Final = {
    "kim-jong-un": (
        "Kim Jong-un (김정은) | 김정은(金正恩) | 김정은 위원장 | 김정은 국무위원장 | Ким Чен Ына | Ким Чен Ыном"
        " | Chairman Kim Jong Un | товарищ Ким Чен Ын | 김정은과 | ㄱㅈㅇ | Marshal Kim Jong Un"
    ),
    "kim-il-sung": "Ким Ир Сену | 김일성 주석 | President Kim Il Sung | Kim Il-sung (김일성)",
    "kim-jong-il": "김정일 국방위원장 | Ким Чен Ира | Dear Leader Kim Jong Il | Ким Чен-иром",
    "choe-son-hui": (
        "Choe Son Hui [최선희] | 최선희 외무상 | министр иностранных дел Чхве Сон Хи | Foreign Minister Choe"
        " | Choe Son Hui (Цой Сон Хи) | ㅊㅅㅎ"
    ),
    "vladimir-putin": (
        "President Putin | Путиным | В.В. Путину | 뿌찐 | 블라디미르 뿌찐 | 푸틴 대통령 | президент России В. В. Путин"
        " | Wladimir Wladimirowitsch Putin | Владимира Путина | le président Poutine | 푸틴은"
    ),
    "sergey-lavrov": (
        "Lawrow | S. Lawrow | Sergei V. Lavrov | Лавровым | Сергея Лаврова | 라브로브 | 라브로프 외무장관"
        " | Sergueï Lavrov, ministre des Affaires étrangères | Lavrov S.V."
    ),
    "boris-yeltsin": "Jelzin | Boris Jelzin | Eltsine | Ельцина | 옐찐",
    "mikhail-gorbachev": "Gorbatschow | Gorbatchev | Горбачевым | 고르바쵸프",
    "alexander-matsegora": "Macegora | посол Мацегора | Мацегорой | Ambassador Matsegora",
    "vyacheslav-volodin": "월로진 | Володиным | спикер Госдумы Володин",
    "dmitry-peskov": "뻬스꼬브 | Пескову",
    "sergei-shoigu": "Schoigu | 쇼이구 서기",
    "ri-yong-ho": "Lee Yong Ho | 리용호 외무상",
    "nikita-khrushchev": "Chruschtschow | Хрущёвым",
    "leonid-brezhnev": "Breschnew",
}
KINDS: Final = {
    "kim-jong-un": (
        "Kim Jong Un（金正恩） | Kim Chong-un [Kim Jong-un] | Ким Чен Ын (김정은) | 김 정은 | 김 정 은 | 김정은위원장은"
        " | 김정은에게 | Ким Чен Ыну | Ким Чен-ына | Kим Чен Ын | ㄱㅈㅇ | Supreme Leader Kim Jong Un"
        " | председатель Госсовета КНДР Ким Чен Ын | 경애하는 김정은동지 | ㄱ ㅈ ㅇ"
    ),
    "kim-il-sung": "金日成 | Ким Ир Сена | Ким Ир Сеном | 김일성은 | Kim Il Sung, President of the DPRK | 김일성주석",
    "choe-son-hui": "崔善姬 | 최 선희 | Чхве Сон Хи (최선희) | 최선희와의 | Minister Choe Son Hui | Choe Son Huі",
    "ri-yong-ho": "이용호 외무상 | 리용호를 | ㅇㅇㅎ | Ли Ён Хо (리용호)",
    "ri-ryong-nam": "이용남 대사 | Ri Ryong Nam (리룡남) | 이룡남",
    "ro-tu-chol": "노두철 부총리 | 로두철과",
    "vladimir-putin": (
        "블라디미르 뿌찐 | 울라지미르 푸틴 | Владимир Putin | Путинa | Рutin | 푸틴에게 | Владимиром Путиным"
        " | Vladimir V. Putin | W. Putin | Putin (Путин) | 블라디미르푸틴 | 뿌찐대통령 | ㅂㄹㄷㅁㄹㅍㅌ"
    ),
    "sergey-lavrov": (
        "Сергеем Лавровым | Лавpов | Lаvrov | Lavrow, Sergej | Serguei V. Lavrov | Сергей В. Лавров"
        " | 쎄르게이 라브로프 | 라브로프 장관은 | министр Лавров | Mr. Lavrov | Sergey Viktorovich Lavrov (라브로프)"
    ),
    "sergei-shoigu": "Шойгу С.К. | Choïgou | Šojgu | Сергея Шойгу | 쇼이구는",
    "nikita-khrushchev": "Chruščev | Khrouchtchev | 흐루시쵸프 | 흐루쑈브 | Хрущеву | N. Chruschtschow",
    "mikhail-gorbachev": "M. Gorbatschow | Gorbačov | 고르바초프의 | Горбачёва",
    "leonid-brezhnev": "Leonid Breschnew | Brejnev | 레오니드 브레즈네프 | Л. Брежневым",
    "boris-yeltsin": "B. Jelzin | Борисом Ельциным | President Boris N. Yeltsin",
    "dmitry-medvedev": "Medwedew | Дмитрия Медведева | 메드베제브",
    "yury-ushakov": "Uschakow | 우샤꼬브 | Ушакову | Ouchakov",
    "alexander-puzanov": "뿌자노브 | Пузановым | посол Пузанов",
    "alexander-galushka": "갈루쉬까 | Галушкой | Galuschka",
    "valery-sukhinin": "쑤히닌 | Сухинину | Suchinin",
    "andrey-karlov": "까를로브 | Карловым",
    "konstantin-chernenko": "체르넨꼬 | Tschernenko | Tchernenko",
    "igor-ivanov": "Igor S. Iwanow | Игорем Ивановым | 이고리 이와노브",
    "anton-morozov": "А. Морозов | A. Morosow | Морозову Антону",
    "sergey-kislyak": "세르게이 키슬랴크 | 끼슬랴크",
    "alexey-miller": "알렉세이 밀러 | 밀레르",
    "mikhail-mishustin": "미슈스틴 | 미하일 미슈스틴 | Mischustin",
    "olga-lyubimova": "류비모바 | Ольгой Любимовой | Ljubimowa",
    "maria-zakharova": "Марии Захаровой | Sacharowa | Zakharova, spokeswoman",
    "dprk-embassy-moscow": (
        "Посольство КНДР в России | Ambassade de Corée du Nord en Russie | 러시아 주재 북한 대사관"
        " | Посольство Северной Кореи в России | Embassy of North Korea in Russia"
    ),
    "supreme-peoples-assembly": "Верховного Народного Собрания | Верховным народным собранием КНДР",
    "dprk-finance-ministry": "Ministry of Finance of North Korea | Министерством финансов КНДР",
    "dprk-consulate-vladivostok": "Генеральным консульством КНДР во Владивостоке",
    "pyongyang-peoples-committee": "Народного комитета Пхеньяна | Народным комитетом города Пхеньяна",
    "state-merited-chorus": "Государственного заслуженного хора КНДР",
    "russian-embassy-pyongyang": "Посольства России в КНДР | 북한 주재 러시아 대사관",
    "rodong-sinmun": "노동 신문 | 로동신문은",
    "state-duma": "Государственной Думы | the State Duma",
}
STRANGER: Final = {
    "vladimir-putin": (
        "Владимира Владимировича Путина | Путина Владимира Владимировича | 푸틴 러시아 대통령"
        " | 로씨야련방 대통령 울라지미르 뿌찐 | M. Poutine | Präsident Putin | ㅍㅌ | Putins"
    ),
    "sergey-lavrov": (
        "Сергею Викторовичу Лаврову | 세르게이 라브로프 러시아 외무장관 | M. Lavrov | Außenminister Lawrow | FM Lavrov"
        " | Foreign Minister Sergey Lavrov of Russia"
    ),
    "kim-jong-un": (
        "김정은 북한 국무위원장 | le dirigeant nord-coréen Kim Jong-un | Kim Jong Un 김정은 | 김정은 Kim Jong Un"
        " | Kim Jong Uns"
    ),
    "kim-yo-jong": "김여정 부부장 | 김여정 당중앙위원회 부부장",
    "choe-son-hui": "최선희 북한 외무상 | 조선민주주의인민공화국 외무상 최선희",
    "choe-ryong-hae": "최룡해 최고인민회의 상임위원장 | 최고인민회의 상임위원장 최룡해",
    "sin-hong-chol": "신홍철 주러 북한대사",
    "kim-yong-jae": "김영재 대외경제상",
    "kim-kye-gwan": "김계관 제1부상",
    "vyacheslav-volodin": "볼로딘 하원의장",
    "andrey-rudenko": "замминистра иностранных дел Андрей Руденко",
    "oleg-kozhemyako": "губернатор Приморья Олег Кожемяко",
    "yury-ushakov": "помощник президента Юрий Ушаков",
    "mikhail-gorbachev": "Михаилом Сергеевичем Горбачёвым",
    "nikita-khrushchev": "Никиты Сергеевича Хрущёва",
    "leonid-brezhnev": "Леонидом Ильичом Брежневым | Леонида Ильича Брежнева",
    "maria-zakharova": "Марии Владимировны Захаровой | Марией Владимировной Захаровой",
    "sergei-shoigu": "Сергея Кужугетовича Шойгу",
}
# A name, and a participant that must not be a candidate for it.
IMPOSTORS: Final = [
    ("Посольство КНДР в России", "russian-embassy-pyongyang"),
    ("북한 주재 러시아 대사관", "dprk-embassy-moscow"),
    ("Ambassade de Russie en Corée du Nord", "dprk-embassy-moscow"),
    ("Sergei A. Lavrov", "sergey-lavrov"),
    ("Sergey Petrovich Lavrov", "sergey-lavrov"),
    ("A. Putin", "vladimir-putin"),
    ("Kim Jong-un (김정일)", "kim-jong-il"),
    ("President Park", "vladimir-putin"),
    ("미사일", "mikhail-gorbachev"),
    ("Ким Чен Ира", "kim-jong-un"),
    ("Андрея Лаврова", "sergey-lavrov"),
    ("이영남", "ri-ryong-nam"),
    ("Иваном Карловым", "andrey-karlov"),
    ("라브", "sergey-lavrov"),
    ("Сергея Петровича Лаврова", "sergey-lavrov"),
    ("Владимира Ивановича Путина", "vladimir-putin"),
    ("Марии Ивановны Захаровой", "maria-zakharova"),
    ("Kim Jong Un 김정일", "kim-jong-il"),
    ("Kim Jong Un 김정일", "kim-jong-un"),
    ("Kim Jong Ims", "kim-jong-il"),
    ("President of Russia", "vladimir-putin"),
    ("M. Putina Nobody", "vladimir-putin"),
    ("북한 외무상", "choe-son-hui"),
    ("ㅍㅅ", "vladimir-putin"),
]
