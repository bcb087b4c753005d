"""Identifiers in other databases: proofs, candidates, and drafts of proofs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.vocabulary import EntityKind
from app.linting.identifiers.candidates import CandidatesError, read_candidates
from app.linting.identifiers.proofs import IdentifierProof, ProofsError, read_proofs
from app.linting.identifiers.proposals import Passed, propose
from app.linting.index import index_records
from app.linting.rules import RULES
from app.linting.run import lint
from app.records.models import Record
from tests.linting.cases import talks
from tests.support.builders import CHOE, LAVROV, make_office, make_participant, make_place

TODAY = date(2026, 11, 29)
HEADER = "scheme,value,name,page,read_on,country,office,from,to,latitude,longitude"
ENDING = "https://example.org/a,2026-11-29"
PROOF = IdentifierProof(
    EntityKind.PARTICIPANT,
    "sergey-lavrov",
    "wikidata",
    "Q58217",
    "https://example.org/a",
    TODAY,
    ('name: Sergey "Lavrov"', "office: foreign-minister, 2004-03-09/.."),
)
MINISTER = make_participant(
    names={"en": "Sergey Lavrov", "ru": "Сергей Лавров"},
    positions=[{"title": "Minister", "office": "foreign-minister", "from": "2004-03-09"}],
)


def _drafts(records: Sequence[Record], *rows: str, path: Path) -> list[IdentifierProof | Passed]:
    path.write_text("\n".join([HEADER, *rows]))
    return [*propose(index_records(records, TODAY), read_candidates(path))]


class TestProposals:
    @pytest.mark.parametrize(
        ("row", "fact"),
        [
            pytest.param(
                f"wikidata,Q1,Sergey Lavrov,{ENDING},RU,foreign-minister,2004-03-09,,,",
                "office: foreign-minister, 2004-03-09/..; here 2004-03-09/..",
                id="an office in its time",
            ),
            pytest.param(
                f"wikidata,Q1,Sergei Lavrov,{ENDING},,foreign-minister,,,,",
                "office: foreign-minister; here 2004-03-09/..",
                id="another spelling, and an office without dates",
            ),
            pytest.param(
                f"wikidata,Q1,Moscow; Москва,{ENDING},RU,,,,55.7,37.6",
                "coordinates: 55.7, 37.6, 5.7 km away",
                id="a point",
            ),
        ],
    )
    def test_a_name_and_another_fact_are_drafted(self, tmp_path: Path, row: str, fact: str) -> None:
        records = [MINISTER, make_place()]

        [draft] = _drafts(records, row, path=tmp_path / "a.csv")

        assert isinstance(draft, IdentifierProof)
        assert (draft.scheme, draft.value, draft.read_on) == ("wikidata", "Q1", TODAY)
        assert draft.agrees[1:] == (fact,)

    def test_an_event_shows_an_office_too(self, tmp_path: Path) -> None:
        participants = [{**LAVROV, "office": "foreign-minister"}, CHOE]
        records = [*talks(participants=participants), make_office()]
        row = f"wikidata,Q1,Sergey Lavrov,{ENDING},,foreign-minister,2004,2025,,"

        [draft] = _drafts(records, row, path=tmp_path / "a.csv")

        assert isinstance(draft, IdentifierProof)
        assert draft.agrees[1].endswith("here in 2024-11-01-talks")

    @pytest.mark.parametrize(
        "row",
        [
            pytest.param(f"wikidata,Q1,Sergey Lavrov,{ENDING},RU,,,,,", id="a name alone"),
            pytest.param(
                f"wikidata,Q1,Sergey Lavrov,{ENDING},,foreign-minister,1990,2003,,",
                id="the office at another time",
            ),
            pytest.param(
                f"wikidata,Q1,Sergey Lavrov,{ENDING},KP,foreign-minister,,,,",
                id="another country",
            ),
            pytest.param(
                f"wikidata,Q1,Ivan Petrov,{ENDING},,foreign-minister,,,,", id="another name"
            ),
            pytest.param(f"wikidata,Q1,Moscow,{ENDING},RU,,,,46.7,-117.0", id="a namesake"),
        ],
    )
    def test_less_is_passed_over(self, tmp_path: Path, row: str) -> None:
        [passed] = _drafts([MINISTER, make_place()], row, path=tmp_path / "a.csv")

        assert isinstance(passed, Passed)
        assert passed.line == 2
        assert "has another fact in common" in passed.reason

    def test_an_identifier_of_two_records_is_passed_over(self, tmp_path: Path) -> None:
        """A public list of cities gives Pyongyang and Nampho one item of Wikidata."""
        places = [make_place("pyongyang"), make_place("nampho")]
        rows = [f"wikidata,Q1,{name},{ENDING},,,,,55.75,37.62" for name in ("Pyongyang", "Nampho")]

        found = _drafts(places, *rows, path=tmp_path / "a.csv")

        assert [str(each.reason) for each in found if isinstance(each, Passed)] == [
            "wikidata Q1: rows give it to nampho, pyongyang"
        ] * 2

    @pytest.mark.parametrize(
        ("known", "reason"),
        [("Q1", "'moscow' has it already"), ("Q2", "'moscow' has wikidata Q2: decide by hand")],
    )
    def test_a_record_that_has_one_is_left(self, tmp_path: Path, known: str, reason: str) -> None:
        place = make_place(identifiers={"wikidata": known})

        [passed] = _drafts(
            [place], f"wikidata,Q1,Moscow,{ENDING},,,,,55.75,37.62", path=tmp_path / "a.csv"
        )

        assert passed == Passed(2, f"wikidata Q1: {reason}")


class TestCandidates:
    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("scheme,value", "1: the header lacks name, page, read_on"),
            (f"{HEADER},born", "1: unknown column born; known: scheme"),
            (f"{HEADER}\nwikidata,Q1", "2: the row has another number of cells"),
            (f"{HEADER}\nwikidata,Q1,,{ENDING},,,,,,", "2: name is empty"),
            (f"{HEADER}\norcid,1,A,{ENDING},,,,,,", "2: unknown scheme 'orcid'; known: isni"),
            (f"{HEADER}\nwikidata,1,A,{ENDING},,,,,,", "2: '1' is not an identifier of wikidata"),
            (f"{HEADER}\nviaf,1,A,https://a.org,today,,,,,,", "2: read_on is 'today': write a day"),
            (f"{HEADER}\nviaf,1,A,{ENDING},,,13/2004,,,", "2: "),
            (f"{HEADER}\nviaf,1,A,{ENDING},,,,,1,", "2: give both latitude and longitude"),
            (f"{HEADER}\nviaf,1,A,{ENDING},,,,,north,1", "2: latitude is 'north': write a number"),
            (f"{HEADER}\nviaf,1,A,{ENDING},,,,,1e999,1", "2: latitude is '1e999': write a number"),
            (f"{HEADER}\nviaf,1,A,{ENDING},,,,,nan,1", "2: latitude is 'nan': write a number"),
            (
                f"{HEADER}\nviaf,1,A,{ENDING},,,,,1,181",
                "2: longitude is '181': write a number from",
            ),
            (f"{HEADER}\nviaf,1,A,{ENDING},,,,,a,b", "2: latitude is 'a'"),
        ],
    )
    def test_a_malformed_file_is_refused(self, tmp_path: Path, text: str, problem: str) -> None:
        path = tmp_path / "a.csv"
        path.write_text(text)

        with pytest.raises(CandidatesError) as refused:
            read_candidates(path)

        assert str(refused.value).startswith(f"{path}:{problem}")

    def test_a_missing_file_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CandidatesError, match="cannot be read"):
            read_candidates(tmp_path / "a.csv")


class TestProofs:
    def test_a_draft_reads_back(self, tmp_path: Path) -> None:
        path = tmp_path / "identifiers.toml"
        path.write_text(f"# Proofs.\n{PROOF.to_toml()}\n{PROOF.to_toml()}")

        first, second = read_proofs(path)

        assert (first.line, second.line) == (2, 12)
        assert first.agrees == PROOF.agrees
        assert first.to_toml() == PROOF.to_toml()

    def test_a_cell_of_several_lines_reads_back(self, tmp_path: Path) -> None:
        path, agrees = tmp_path / "identifiers.toml", ("name: Сергей\nЛавров", "office: a\tb\x7f")
        path.write_text(replace(PROOF, agrees=agrees).to_toml(), encoding="utf-8")

        (proof,) = read_proofs(path)

        assert proof.agrees == agrees

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            (("participant =", "person ="), "2: name the entity once"),
            (("wikidata =", "page2 = 1\nwikidata ="), "2: give one identifier by its scheme"),
            (("Q58217", "58217"), "2: '58217' is not an identifier of wikidata"),
            (("https://example.org/a", "a book"), "2: `page` must be the address of a page"),
            (
                ("https://example.org/a", "https://www.wikidata.org/wiki/Q58217"),
                "2: https://www.wikidata.org/wiki/Q58217 is the page of the identifier itself",
            ),
            (("2026-11-29", '"today"'), "2: `read_on` must be the day"),
            (('  "name: Sergey \\"Lavrov\\"",', ""), "2: a name alone proves nothing"),
            (("[[identifier]]", "[identifier]"), " write each proof as a block"),
            (("[[identifier]]", "  [[identifier]]"), " write [[identifier]] at the beginning"),
            (("[[identifier]]", "[[identifier"), " cannot be read"),
        ],
    )
    def test_a_malformed_one_is_refused(
        self, tmp_path: Path, change: tuple[str, str], problem: str
    ) -> None:
        path = tmp_path / "identifiers.toml"
        text = f"# Proofs.\n{PROOF.to_toml()}"
        assert change[0] in text
        path.write_text(text.replace(*change))

        with pytest.raises(ProofsError) as refused:
            read_proofs(path)

        assert str(refused.value).startswith(f"{path}:{problem}")


class TestRule:
    def _texts(self, records: Sequence[Record], *proofs: IdentifierProof) -> list[str]:
        index = index_records(records, TODAY, proofs=proofs)
        [rule] = [each for each in RULES if each.id == "identifier-page"]
        return [breach.text for breach in rule.check(index)]

    def test_a_proved_identifier_is_right(self) -> None:
        assert self._texts([make_participant(identifiers={"wikidata": "Q58217"})], PROOF) == []

    def test_another_value_is_a_breach(self) -> None:
        records = [make_participant(identifiers={"wikidata": "Q1"})]

        assert self._texts(records, PROOF) == ["no page in identifiers.toml proves wikidata Q1"]

    def test_a_proof_without_its_identifier_is_a_breach(self) -> None:
        assert self._texts([make_participant()], PROOF) == [
            "identifiers.toml proves wikidata Q58217, which the record lacks"
        ]

    def test_records_without_a_file_of_proofs_are_free(self) -> None:
        index = index_records([make_participant(identifiers={"wikidata": "Q1"})], TODAY)
        [rule] = [each for each in RULES if each.id == "identifier-page"]

        assert [*rule.check(index)] == []

    def test_a_proof_of_no_record_is_a_finding(self) -> None:
        [finding] = lint([], [], [], TODAY, [PROOF])

        assert (finding.rule, finding.id) == ("stray-proof", "sergey-lavrov")
