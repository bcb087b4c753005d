"""Records that come near to a fault and have none."""

from tests.linting.cases import (
    DAY,
    KIM,
    PUTIN,
    STATE_AGENCY,
    Made,
    a_letter,
    a_publisher,
    a_stage,
    a_tag,
    an_event,
    an_office,
    at,
    in_capacity,
    in_office,
    in_offices,
    letters,
    named,
    publishing_ministry,
    related,
    reported,
    talks,
    titles,
)
from tests.support.builders import (
    CHOE,
    LAVROV,
    make_cast,
    make_participant,
    make_place,
    make_source,
    make_treaty,
)

SOUND: dict[str, Made] = {
    "the plain event": talks(),
    "an id that begins with no year": talks(id="0000-talks", date="2024-11-01"),
    "an id that begins with no day of the calendar": talks(
        id="2023-02-30-talks", date="2024-11-01"
    ),
    "an event whose beginning is unknown": talks(id="2024-talks", date="../2024-11-01"),
    "an event that may begin on the first day of the calendar": [
        *make_cast()[:2],
        make_source(published="2024/.."),
        an_event(id="2024-talks", date="0001-01-02/9999-12-30"),
    ],
    "an announced plan": talks(id="2027-03-01-talks", status="announced"),
    "a date known to the month": talks(date="2024-11"),
    "a source of the day": [*make_cast()[:2], make_source(published=DAY), an_event()],
    "a source of the day before": [
        *(*make_cast()[:2], make_source(published="2024-10-31"), an_event())
    ],
    "a later source beside an early one": [
        *talks(sources=["tass-0", "tass-1"], confidence="high"),
        make_source("tass-0", published="2024-10-01"),
    ],
    "a Soviet official of Russia": talks(
        id="1988-11-01-talks", participants=[{**LAVROV, "side": "SU"}, CHOE]
    ),
    "an office of its day": in_office({"from": "2024-11", "to": "2025"}, {"from": "2024-11-01"}),
    "a position of an unknown time": in_office({"from": "2024"}, {}),
    "two houses": reported("high", {"publisher": "a"}, {"publisher": "b"}, a={}, b={}),
    "an agency of one side": reported(
        "high", {"publisher": "a"}, a={**STATE_AGENCY, "country": "KP"}
    ),
    "a government of one side": reported(
        "high", {"publisher": "a"}, a={"kind": "government", "country": "RU"}
    ),
    "a state company of one side": reported(
        "high", {"publisher": "a"}, a={"kind": "other", "state": True, "country": "RU"}
    ),
    "a rumour in two papers": [
        *reported("low", {}, {})[:-1],
        an_event(confidence="low", status="reported", sources=["s-0", "s-1"]),
    ],
    "an archive": reported("high", {"publisher": "a"}, a={"kind": "archive"}),
    "a page of another paper with the agency's text": reported(
        "medium", {"publisher": "a", "agency": "b"}, {"publisher": "b"}, a={}, b={}
    ),
    "talks three days later": [*talks(), an_event("2024-11-04-talks")],
    "talks the next day that follow": [
        *talks(),
        an_event("2024-11-02-talks", relations=[{"type": "follows", "event": f"{DAY}-talks"}]),
    ],
    "a part of a visit of an unknown length": related("part_of", "2024-06-20", "2024-06-19/.."),
    "a part in the month of the whole": related("part_of", "2024-06", "2024-06-19/2024-06-20"),
    "an announcement on the day": related("announces", "2024-06-19", "2024-06-19"),
    "a letter and its answer": letters(
        a_letter(),
        a_letter(
            f"{DAY}-reply",
            participants=[{**PUTIN, "role": "sender"}, {**KIM, "role": "recipient"}],
        ),
    ),
    "a stage that is an event": [
        *(*make_cast(), make_treaty(), a_stage("signed", "It was ratified in May.")),
        a_stage("ratified", "The parliament voted.", "2025-05-02-stage"),
    ],
    "a hall in its city": at(make_place("hall", part_of="moscow", latitude=55.76), make_place()),
    "a country without a box": at(make_place(country="FR", latitude=1.0)),
    "a page of tomorrow, in another time zone": [
        *make_cast()[:2],
        make_source(published="2026-11-29"),
        an_event(),
    ],
    "a page of this year": [*make_cast()[:2], make_source(published="2026"), an_event()],
    "a capacity of an organisation": in_capacity("Minister", kind="organisation"),
    "a capacity that is an office of the other side": in_capacity("Minister", side="RU"),
    "an office of Russia in a house of the USSR": [
        *in_office({})[1:],
        make_participant(positions=[{"title": "Head", "office": "ru-head"}]),
        an_office("ru-head", country="RU", organisation="house"),
        make_participant("house", kind="organisation", country="SU"),
        an_event("2025-11-01-call", participants=[{**LAVROV, "office": "ru-head"}, CHOE]),
    ],
    "a name in the dative, and one with a particle": named(
        {"fr": "Lettre à Poulikovski", "ru": "Письмо Пуликовскому", "ko": "풀리콥스키에게 서한"}
    ),
    "a Korean name in the instrumental": named({"ru": "Встреча с Цой Сон Хи"}),
    "a title without the names": named({"ru": "Переговоры о мире", "ko": "평화 회담"}),
    "a title with another Korean of a similar name": [
        *named({"ru": "О Цой Сон Хе", "ko": "최선히에 관한 회담"}),
        make_participant(
            "other", country="KP", names={"en": "Choe Son Hu", "ru": "Цой Сон Хе", "ko": "최선히"}
        ),
        an_event("2025-11-01-call", participants=[LAVROV, {**CHOE, "id": "other"}]),
    ],
    "a name without letters in Russian": [
        *talks()[:2],
        make_source(publisher="channel"),
        a_publisher("channel", names={"en": "Channel", "ru": "360"}),
        an_event(),
    ],
    "a ministry that publishes": publishing_ministry(ru="МИД", ko="외무성"),
    "an alias": [make_participant(aliases=["Sergei Lavrov"]), *talks()[1:]],
    "one office in two countries": [
        *in_office({})[1:],
        make_participant(positions=[{"title": "Minister", "office": "ru-foreign-minister"}]),
        an_office("ru-foreign-minister", country="RU"),
        an_event(
            "2025-11-01-call", participants=[{**LAVROV, "office": "ru-foreign-minister"}, CHOE]
        ),
    ],
    "an office before and after a reform": in_offices(
        an_office(to="2024-12"), an_office("kp-minister", **{"from": "2024-12"})
    ),
    "an office that an honouree took up later": [
        *make_cast(),
        an_office(),
        an_event(
            participants=[LAVROV, {**CHOE, "role": "honouree", "office": "kp-foreign-minister"}]
        ),
    ],
    "a capacity beside an office": [
        *in_office({})[:-1],
        an_event(
            participants=[
                LAVROV,
                {**CHOE, "office": "kp-foreign-minister", "capacity": "Head of delegation"},
            ]
        ),
    ],
    "an office held twice": in_office(
        {}, {"from": "2020", "to": "2022"}, {"from": "[2022,2024]", "to": "2025"}
    ),
    "a will, and a speech about the future": talks(
        summary={"en": "They confirmed their will to meet and said that it would be soon."}
    ),
    "an announcement": talks(
        type="statement", subtype="unilateral", summary={"en": "He was to come in May."}
    ),
    "the past in a subordinate clause": talks(title=titles(fr="Choe dit que Lavrov a accepté")),
    "a source with an archived copy": [
        *talks()[:2],
        make_source(archived_url="https://archive.ph/x1"),
        an_event(),
    ],
    "two pages of one site": [
        *talks(sources=["tass-1", "tass-2"], confidence="high"),
        make_source("tass-2", url="https://example.org/tass-1?page=2"),
    ],
    "a tag with a broader one": [
        *talks(tags=["army"]),
        a_tag("army", broader="military"),
        a_tag("military"),
    ],
}
