"""For each rule, records that break it and no other rule."""

from tests.linting.cases import (
    DAY,
    KIM,
    PUTIN,
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

BROKEN: dict[str, list[Made]] = {
    "occurred-in-future": [talks(id="2027-03-01-talks")],
    "published-in-future": [
        [*make_cast()[:2], make_source(published="2026-11-30"), an_event()],
        [*make_cast()[:2], make_source(published="2027"), an_event()],
    ],
    "id-date": [talks(date="2024-11-02"), talks(id="2024-11-talks", date="2024-12/2024-12-04")],
    "relation-order": [
        related("part_of", "2024-06-18", "2024-06-19/2024-06-20"),
        related("part_of", "2024-06-18/2024-06-21", "2024-06-19/2024-06-20"),
        related("follows", "2024-05", "2024-06-01"),
        related("replies_to", "2024-05-31", "2024-06"),
        related("announces", "2024-06-20", "2024-06-19"),
    ],
    "reported-after": [
        [*make_cast()[:2], make_source(published="2024-10-30"), an_event()],
        [*make_cast()[:2], make_source(published="2024-09"), an_event()],
    ],
    "ends-before-it-begins": [
        in_office({"from": "2025", "to": "2024"}),
        in_office({}, {"from": "2025-02", "to": "2025-01"}),
    ],
    "side-of-country": [talks(participants=[{**LAVROV, "side": "KP"}, CHOE])],
    "side-of-its-time": [
        talks(participants=[{**LAVROV, "side": "SU"}, CHOE]),
        talks(id="1988-11-01-talks", date="1988-11"),
    ],
    "office-of-country": [in_office({"id": "cn-minister", "country": "CN"})],
    "office-existed": [
        in_office({"from": "2024-11-02"}),
        in_office({"to": "2024-10"}),
        in_office({"from": "2023"}, {"from": "2022-06"}),
    ],
    "office-held": [in_office({}, {"from": "2024-11-02"}), in_office({}, {"to": "2024-10-31"})],
    "office-of-person": [
        [
            *make_cast(),
            make_participant("ministry", kind="organisation", country="KP"),
            an_office(),
            an_event(
                participants=[
                    LAVROV,
                    CHOE,
                    {
                        "id": "ministry",
                        "role": "host",
                        "side": "KP",
                        "office": "kp-foreign-minister",
                    },
                ]
            ),
        ],
        [
            *talks(participants=[LAVROV, CHOE, {"id": "ministry", "role": "host", "side": "KP"}]),
            make_participant(
                "ministry", kind="organisation", country="KP", positions=[{"title": "Host"}]
            ),
        ],
    ],
    "office-among-positions": [[*make_cast(), *in_office({})[3:]]],
    "capacity-beside-office": [
        [
            *in_office({"aliases": ["Foreign Minister"]})[:-1],
            an_event(
                participants=[
                    LAVROV,
                    {**CHOE, "office": "kp-foreign-minister", "capacity": "FOREIGN MINISTER"},
                ]
            ),
        ]
    ],
    "office-as-capacity": [
        in_capacity("Minister"),
        in_capacity("FOREIGN MINISTER"),
    ],
    "office-id": [
        in_offices(an_office("kp-premier", names={"en": "Premier"}), an_office("foreign-minister")),
        in_offices(
            an_office("kp-premier", names={"en": "Premier"}), an_office("ru-foreign-minister")
        ),
    ],
    "organisation-of-country": [
        [*in_office({"organisation": "duma"}), make_participant("duma", kind="organisation")],
        [
            *in_office({}, {"organisation": "duma"}),
            make_participant("duma", kind="organisation"),
        ],
    ],
    "circle": [
        [
            *talks(tags=["army"]),
            *(a_tag("army", broader="forces"), a_tag("forces", broader="army")),
        ],
        [*talks(tags=["army"]), a_tag("army", broader="army")],
        reported("medium", {"publisher": "a"}, a={"house": "b"}, b={"house": "a"}),
        at(make_place("hall", part_of="moscow"), make_place(part_of="hall")),
        [
            *make_cast(),
            an_event(relations=[{"type": "follows", "event": f"{DAY}-more"}]),
            an_event(f"{DAY}-more", relations=[{"type": "follows", "event": f"{DAY}-talks"}]),
        ],
    ],
    "title-names": [
        named({"ko": "풀리코프스키와 회담"}),
        named({"fr": "Entretiens avec Pulikovski"}),
        named({"en": "Talks with Choe Sun Hui"}),
        named({"ko": "뿔리꼬브스끼와 회담"}, alias="꼰스딴찐 뿔리꼬브스끼"),
        named({"ru": "Переговоры с Пуликовскисом"}),
        named({"ru": "Переговоры с Пулековским"}),
        named({"ru": "Переговоры с Цой Сын Хи"}),
        named({"ko": "최선흐 접견"}),
    ],
    "named-in-title": [
        named({"ru": "Переговоры с Син Чхан Иром"}, korean={"en": "Sin Chang Il", "ko": "신창일"}),
        named({"ko": "신창일과 회담"}, korean={"en": "Sin Chang Il", "ru": "Син Чхан Ир"}),
    ],
    "title-languages": [talks(title={"en": "Talks", "fr": "Entretiens", "ko": "회담"})],
    "script-of-language": [
        talks(title=titles(ru="Talks")),
        talks(title=titles(ko="Переговоры")),
        talks(title=titles(en="Переговоры")),
        [make_participant(names={"en": "Sergey Lavrov", "ru": "Sergey Lavrov"}), *talks()[1:]],
        [*talks(tags=["army"]), a_tag("army", definition={"en": "Army.", "ko": "Army."})],
    ],
    "one-name": [
        publishing_ministry(ru="Министерство", ko="외무성"),
        publishing_ministry(ru="МИД"),
    ],
    "one-term-at-a-time": [
        in_office({}, {"from": "2018", "to": "2025"}, {"from": "2024", "to": "2026"}),
        in_office({}, {"from": "2024"}, {}),
        in_office({}, {"from": "2022"}, {"from": "2024", "to": "2025"}),
    ],
    "confidence": [
        reported("high", {}),
        reported("high", {"publisher": "tass"}, {"publisher": "tass"}, tass={}),
        reported("high", {"publisher": "a"}, {"publisher": "b", "agency": "a"}, a={}, b={}),
        reported("high", {"publisher": "a"}, {"publisher": "b"}, a={}, b={"house": "a"}),
        reported("high", {"publisher": "a"}, {"agency": "b"}, a={}, b={"house": "a"}),
        reported("high", {"publisher": "a"}, a={"kind": "agency", "state": True, "country": "CN"}),
        reported("medium", {}, {}),
        reported("low", {"publisher": "a"}, {"publisher": "b"}, a={}, b={}),
    ],
    "near-duplicate": [
        [*talks(), an_event("2024-11-02-talks")],
        [*talks(), an_event("2024-11-talks", date="2024-11")],
        [*talks(), an_event("2024-12-talks", date="2024-11-02/2024-12-02")],
        letters(a_letter(), a_letter(f"{DAY}-second")),
    ],
    "two-senders": [letters(a_letter(participants=[KIM, {**PUTIN, "role": "sender"}]))],
    "same-address": [
        [
            *talks(sources=["tass-1", "tass-2"], confidence="high"),
            make_source("tass-2", url="http://m.Example.org./tass-1/amp?utm_source=feed#text"),
        ]
    ],
    "archived-address": [
        [
            *talks()[:2],
            make_source(url="https://web.archive.org/web/2024/http://x.example/1"),
            an_event(),
        ],
        [*talks()[:2], make_source(archived_url="https://example.org/copy"), an_event()],
    ],
    "agency-apart": [reported("medium", {"publisher": "a", "agency": "a"}, a={})],
    "house-of-copies": [
        reported("medium", {"publisher": "a"}, a={"house": "b"}, b={"house": "c"}, c={}),
        # The copies have one house at the end of the chain, and so one independent source.
        reported(
            "medium",
            {"publisher": "a"},
            {"publisher": "c"},
            a={"house": "b"},
            b={"house": "c"},
            c={},
        ),
    ],
    "narrowest-tag": [
        [
            *talks(tags=["army", "military"]),
            *(
                a_tag("army", broader="forces"),
                a_tag("forces", broader="military"),
                a_tag("military"),
            ),
        ]
    ],
    "untold-stage": [[*make_cast(), make_treaty(), a_stage("signed", "It was ratified in May.")]],
    "point-in-country": [at(make_place(latitude=37.62, longitude=55.75))],
    "part-near-whole": [
        at(make_place("hall", part_of="moscow", latitude=56.5), make_place()),
        at(make_place("hall", part_of="moscow", country="FR"), make_place()),
    ],
    "alias-repeats-name": [
        [make_participant(aliases=["SERGEY-LAVROV"]), *talks()[1:]],
        [make_participant(aliases=["Lavrov, S.", "Lavrov S"]), *talks()[1:]],
    ],
    "shared-name": [
        [
            make_participant(aliases=["CHOE Son-Hui"]),
            *talks()[1:],
        ],
        [
            *talks(tags=["army", "forces"]),
            a_tag("army"),
            a_tag("forces", names={"en": "forces", "fr": "Army"}),
        ],
        in_offices(an_office(to="2026"), an_office("kp-minister", **{"from": "2023"})),
    ],
    "plan-as-fact": [
        talks(summary={"en": "He was to meet the speaker."}),
        talks(summary={"en": "They will sign it later."}),
    ],
    "french-present": [
        talks(title=titles(fr="Lavrov a reçu Choe")),
        talks(summary={"en": "They talked.", "fr": "Les ministres se sont entretenus."}),
    ],
    "unused": [
        [*talks(), make_place()],
        [*talks(), make_participant("ivan-petrov")],
        [*talks(), make_source("tass-2")],
        [*talks(), make_treaty()],
        [*talks(), an_office()],
        [*talks(), a_publisher("tass")],
        [*talks(), a_tag()],
    ],
    "identifier-page": [
        [
            *make_cast()[1:],
            make_cast()[0].model_copy(update={"identifiers": {"viaf": "1"}}),
            an_event(),
        ],
    ],
    "tag-defined": [[*talks(tags=["military"]), a_tag(definition=None)]],
}
