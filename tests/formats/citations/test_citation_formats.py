"""Other programs read each reference as it was meant, odd texts included."""

import re
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.languages import Language
from app.domain.vocabulary import PublisherKind
from app.formats.citations.bibtex import write_bibtex
from app.formats.citations.csl_json import write_csl_json
from app.formats.citations.event_references import event_references
from app.formats.citations.known_date import known_date
from app.formats.citations.reference import BibliographicReference, Genre, one_line
from app.formats.citations.ris import write_ris
from tests.support.builders import NASTY, make_event_document
from tests.support.references import bibtex_entries, read_bibtex, read_csl, read_ris

URL = "https://example.org/a_b?x=%7B1%7D&y=a~b,c;d#e$f'(g)"
# In RIS a semicolon divides addresses.
RIS_URL = URL.replace(";", "%3B")
ODD = (
    NASTY,
    "{open", "close}", "}{", "{a {b} c}", "100 % & $5 #1 a_b a^b a~b \\alpha \\",
    "-- --- `` '' << >> ,, ?` !`", "Kim Jong Un and Sons, Ltd.", "et al. {and} others",
    "@article{x, title = {y}}", "\n@article{x,\n", "line\nTY  - BOOK\nER  - \n", "ER  - ", "  x  ",
    "a\u2028b\u2029c\u0085d", "\u202eمرحبا\u202c", "\u200f문선규\u200e", "«\u00a0Пхеньян\u00a0»", '"quoted"',
    "\ufeffmark", "😀 ﷺ",
)  # fmt: skip
# Any text that a record may have.
TEXTS = st.sampled_from(ODD) | st.text(
    st.characters(
        exclude_characters="".join(map(chr, (*range(9), *range(11, 32), 127))), codec="utf-8"
    )
).filter(lambda text: one_line(text) != "")


def _reference(**fields: Any) -> BibliographicReference:
    given = {"key": "k", "genre": Genre.NEWS_ARTICLE, "title": "Talks", "language": "en"}
    return BibliographicReference(**{**given, **fields})


def _ris(*references: BibliographicReference) -> str:
    return b"".join(write_ris(references)).decode()


def _bibtex(*references: BibliographicReference) -> str:
    return b"".join(write_bibtex(references)).decode()


def _csl(*references: BibliographicReference) -> str:
    return b"".join(write_csl_json(references)).decode()


def _has_pairs(text: str) -> bool:
    left = text
    while (shorter := re.sub(r"\{[^{}]*\}", "", left)) != left:
        left = shorter
    return not re.search("[{}]", left)


class TestOddTexts:
    """Between two ordinary references, so that a text that breaks out is seen."""

    @given(title=TEXTS, author=TEXTS, container=TEXTS, abstract=TEXTS)
    @example(*(NASTY,) * 4)
    def test_rispy_reads_them(self, title: str, author: str, container: str, abstract: str) -> None:
        odd = _reference(
            title=title, author=author, container=container, abstract=abstract, url=URL
        )

        before, read, after = read_ris(_ris(_reference(key="a"), odd, _reference(key="b")))

        assert (before.key, read.key, after.key) == ("a", "k", "b")
        assert read.title == one_line(title).strip()
        assert read.names == [one_line(author.replace(",", "")).strip()]
        assert read.urls == [RIS_URL]

    @given(title=TEXTS, author=TEXTS, container=TEXTS, abstract=TEXTS)
    @example(*(NASTY,) * 4)
    def test_bibtexparser_reads_them(
        self, title: str, author: str, container: str, abstract: str
    ) -> None:
        odd = _reference(
            title=title, author=author, container=container, abstract=abstract, url=URL
        )

        entries = bibtex_entries(_bibtex(_reference(key="a"), odd, _reference(key="b")))

        assert [entry.key for entry in entries] == ["a", "k", "b"]
        assert entries[1].fields_dict["url"].value == URL
        assert "abstract" in entries[1].fields_dict

    @given(title=TEXTS.filter(_has_pairs))
    @example("ˆ and ^")
    def test_tex_prints_them(self, title: str) -> None:
        (read,) = read_bibtex(_bibtex(_reference(title=title)))

        # The decoder gives one circumflex for both.
        printed = one_line(title).replace("ˆ", "^")
        assert "".join(read.title.split()) == "".join(printed.split())

    @given(title=TEXTS, author=TEXTS, container=TEXTS, abstract=TEXTS)
    def test_csl_json_has_them(
        self, title: str, author: str, container: str, abstract: str
    ) -> None:
        odd = _reference(
            title=title, author=author, container=container, abstract=abstract, url=URL
        )

        (item,) = read_csl(_csl(odd))

        assert item["title"] == one_line(title)
        assert item["author"] == [{"literal": one_line(author)}]
        assert item["URL"] == URL


class TestNames:
    @pytest.mark.parametrize(
        "name", ["Kim Jong Un", "최선희", "РИА Новости", "AFP and Reuters", "a, b"]
    )
    def test_no_reader_divides_them(self, name: str) -> None:
        reference = _reference(author=name)

        library = parse_string(
            _bibtex(reference), append_middleware=[SeparateCoAuthors(), SplitNameParts()]
        )

        (parts,) = library.entries[0].fields_dict["author"].value
        assert (parts.first, parts.von, parts.last, parts.jr) == ([], [], [f"{{{name}}}"], [])
        assert f"AU  - {name.replace(',', '')},\r\n" in _ris(reference)
        assert read_csl(_csl(reference))[0]["author"] == [{"literal": name}]


class TestDates:
    @pytest.mark.parametrize(
        ("edtf", "bibtex", "ris", "csl"),
        [
            ("2024-11-01", "2024-11-01", "2024/11/01/", {"date-parts": [[2024, 11, 1]]}),
            ("2024-06~", "2024-06~", "2024/06//", {"date-parts": [[2024, 6]], "circa": True}),
            ("1962", "1962", "1962///", {"date-parts": [[1962]]}),
            ("2024-22", "2024-22", "2024///Summer", {"date-parts": [[2024]], "season": 2}),
            (
                "2024-06-18/2024-06-19",
                "2024-06-18/2024-06-19",
                "2024/06//",
                {"date-parts": [[2024, 6, 18], [2024, 6, 19]]},
            ),
            ("1948/..", "1948/", None, {"date-parts": [[1948], [0]]}),
            ("../1948", "/1948", None, None),
            ("195X", "1950/1959", None, {"date-parts": [[1950], [1959]]}),
            (None, None, None, None),
        ],
    )  # fmt: skip
    def test_are_as_precise_as_known(
        self, edtf: str | None, bibtex: str | None, ris: str | None, csl: Any
    ) -> None:
        reference = _reference(published=known_date(edtf))

        assert read_bibtex(_bibtex(reference))[0].date == bibtex
        assert read_ris(_ris(reference))[0].date == ris
        assert read_csl(_csl(reference))[0].get("issued") == csl


class TestTypes:
    @pytest.mark.parametrize(
        ("kind", "url", "types"),
        [
            (PublisherKind.AGENCY, URL, ("NEWS", "article", "article-newspaper")),
            (PublisherKind.NEWSPAPER, None, ("NEWS", "article", "article-newspaper")),
            (PublisherKind.ARCHIVE, URL, ("ELEC", "online", "document")),
            (PublisherKind.GOVERNMENT, URL, ("ELEC", "online", "webpage")),
            (PublisherKind.BROADCASTER, URL, ("ELEC", "online", "webpage")),
            (None, URL, ("ELEC", "online", "webpage")),
            (None, None, ("GEN", "misc", "document")),
        ],
    )
    def test_follow_the_kind_of_the_publisher(
        self, kind: PublisherKind | None, url: str | None, types: tuple[str, str, str]
    ) -> None:
        event = make_event_document()
        event.sources[0].url = url
        kinds = {} if kind is None else {"tass": kind}

        _, source = event_references([event], Language.EN, kinds, lambda _: (URL, URL))

        assert read_ris(_ris(source))[0].type == types[0]
        assert read_bibtex(_bibtex(source))[0].type == types[1]
        assert read_csl(_csl(source))[0]["type"] == types[2]

    def test_a_dataset_is_one(self) -> None:
        reference = _reference(genre=Genre.DATASET, container="Timeline", version="7")

        assert "TY  - DATA\r\n" in _ris(reference)
        assert "ET  - 7\r\n" in _ris(reference)
        assert _bibtex(reference).startswith("@dataset{k,\n")
        assert read_csl(_csl(reference))[0]["publisher"] == "Timeline"


class TestEvents:
    def _references(
        self, language: Language = Language.EN, **fields: Any
    ) -> list[BibliographicReference]:
        event = make_event_document(**fields)
        return [*event_references([event, event], language, {}, lambda _: (URL, URL))]

    def test_a_source_is_cited_once(self) -> None:
        keys = [reference.key for reference in self._references()]

        assert keys == ["event-2024-11-01-talks", "source-tass-1", "event-2024-11-01-talks"]

    def test_the_entry_has_the_date_of_its_revision_and_of_its_event(self) -> None:
        entry, *_ = self._references(date="2024-11~")

        (item,) = read_csl(_csl(entry))

        assert item["issued"] == {"date-parts": [[2026, 11, 21]]}
        assert item["event-date"] == {"date-parts": [[2024, 11]], "circa": True}
        assert "eventdate = {2024-11~},\n" in _bibtex(entry)
        assert "N1  - Date of the event: about November 2024. " in _ris(entry)

    def test_no_tag_of_a_record_is_repeated(self) -> None:
        copy = _reference(url=URL, archived_url="https://archive.org/web/1/x")

        for reference in [*self._references(), copy]:
            tags = [line[:2] for line in _ris(reference).splitlines() if line]
            assert {"UR", "N1"} & {*tags}
            assert len(tags) == len({*tags})

    def test_the_entry_is_in_the_language_and_says_so(self) -> None:
        french, *_ = self._references(Language.FR)
        korean, *_ = self._references(Language.KO)

        assert (french.title, french.language) == ("Entretiens", "fr")
        assert french.container == "Chronologie Russie–RPDC"
        assert [note.partition(":")[0][-1] for note in french.notes] == ["\N{NO-BREAK SPACE}"] * 3
        assert (korean.title, korean.language) == ("Talks", "en")

    def test_a_source_without_a_title_gets_one_in_brackets(self) -> None:
        event = make_event_document()
        source = event.sources[0]
        untitled, dated = source.model_copy(), source.model_copy()
        dated.id, dated.published = "b", "2024-11"
        nameless = source.model_copy(update={"id": "c", "publisher": None})
        titled = source.model_copy(update={"id": "d", "title": "Journal of the ambassador"})
        event.sources = [untitled, dated, nameless, titled]

        _, *sources = event_references([event], Language.EN, {}, lambda _: (URL, URL))

        assert [each.title for each in sources] == [
            "[TASS]",
            "[TASS, November 2024]",
            "[c]",
            "Journal of the ambassador",
        ]

    def test_nothing_unknown_is_invented(self) -> None:
        _, source, _ = self._references()

        (item,) = read_csl(_csl(source))

        assert item == {
            "id": "source-tass-1",
            "type": "webpage",
            "title": "[TASS]",
            "container-title": "TASS",
            "language": "en",
            "URL": "https://example.org/tass-1",
        }

    def test_an_archived_copy_keeps_its_address(self) -> None:
        reference = _reference(url=URL, archived_url="https://archive.org/web/1/x%20y")

        assert read_ris(_ris(reference))[0].urls == [RIS_URL]
        assert "N1  - Archived copy: https://archive.org/web/1/x%20y\r\n" in _ris(reference)
        assert (
            read_csl(_csl(reference))[0]["note"] == "Archived copy: https://archive.org/web/1/x%20y"
        )
        assert r"note = {Archived copy: https://archive.org/web/1/x\%20y}" in _bibtex(reference)
