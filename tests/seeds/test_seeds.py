"""The seeds keep the rules of seeds/README.md."""

from pathlib import Path

import pytest

from app.domain.vocabulary import EntityKind
from app.records.evidence.verify import Verdict, verify_evidence
from app.records.models import EventRecord, ParticipantRecord, SourceRecord
from app.records.parsing.positions import LocatedRecord
from tests.support.seed_records import SEEDS, read_seeds


@pytest.fixture
def located() -> list[LocatedRecord]:
    return read_seeds()


def _file_by_rule(each: LocatedRecord, articles: dict[str, str]) -> str:
    match each.record:
        case EventRecord():
            for citation in each.record.sources:
                if citation.source in articles and citation.evidence:
                    return f"articles/{articles[citation.source]}.yaml"
            return f"events/{each.record.id[:4]}.yaml"
        case SourceRecord(article=str(article)):
            return f"articles/{article}.yaml"
        case ParticipantRecord():
            return f"participants/{each.record.country.lower()}.yaml"
    if each.kind is EntityKind.SOURCE:
        return f"sources/{each.record.id[0]}.yaml"
    return f"{each.kind.collection}.yaml"


def test_a_record_is_in_the_file_that_its_id_or_article_names(
    located: list[LocatedRecord],
) -> None:
    sources = (each.record for each in located if isinstance(each.record, SourceRecord))
    articles = {source.id: source.article for source in sources if source.article}
    assert len(articles) == 2

    for each in located:
        expected = _file_by_rule(each, articles)
        assert str(Path(each.file).relative_to(SEEDS)) == expected, each.record.id


def test_records_are_sorted_by_id(located: list[LocatedRecord]) -> None:
    files: dict[tuple[str, EntityKind], list[str]] = {}
    for each in located:
        files.setdefault((each.file, each.kind), []).append(each.record.id)

    for file, ids in files.items():
        assert ids == sorted(ids), file


def test_titles_are_in_four_languages_and_summaries_in_two(located: list[LocatedRecord]) -> None:
    for each in located:
        if isinstance(each.record, EventRecord):
            assert each.record.title.model_dump().keys() == {"en", "fr", "ru", "ko"}, each.record.id
            assert {"en", "fr"} <= each.record.summary.model_dump().keys(), each.record.id


def test_every_span_of_evidence_is_in_its_article(
    located: list[LocatedRecord], articles: Path
) -> None:
    checks = list(verify_evidence(located, articles))

    assert len(checks) > 50
    assert [str(check) for check in checks if check.verdict is not Verdict.OK] == []


def _ten_word_runs(text: str) -> set[str]:
    """Return every sequence of ten words."""
    words = text.split()
    return {" ".join(words[i : i + 10]) for i in range(len(words) - 9)}


def test_the_seeds_quote_no_ten_words_of_an_article(articles: Path) -> None:
    seeds = "\n".join(path.read_text() for path in SEEDS.rglob("*") if path.is_file())
    texts = "\n".join(path.read_text() for path in articles.glob("*.txt"))

    assert _ten_word_runs(seeds) & _ten_word_runs(texts) == set()
