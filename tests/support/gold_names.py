"""Names as people write them, each with the participant that must come first.

`BLIND` was written before the rules that it tests, by what readers type; `KINDS` covers each rule.
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
