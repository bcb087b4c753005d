"""`timeline draft`: a file of records from the texts of articles."""

from pathlib import Path

import pytest
import yaml
from sqlalchemy import Connection
from typer.testing import CliRunner, Result

from app.cli import app
from app.tables.database import Database
from tests.support.commands import run
from tests.support.quote_server import fake_provider

TEXT = (
    "Kim Jong Un received Andrey Belousov in Pyongyang on Friday. Sergey Lavrov met Choe Son Hui in Moscow "
    "on Tuesday. Ivan Petrov attended the meeting.\n"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article with a known event and a new one."""
    path = tmp_path / "news-1.txt"
    path.write_text(TEXT)
    return path


def _draft(database: Database, *arguments: str, **environment: str) -> Result:
    url = str(database.url)
    return run("draft", *arguments, "--published", "2024-12-05", database_url=url, **environment)


def test_a_draft_is_a_file_of_records_that_must_be_reviewed(
    seeded_sqlite: Database, article: Path, tmp_path: Path
) -> None:
    result = _draft(seeded_sqlite, str(article))

    assert result.exit_code == 0, result.output
    records = yaml.safe_load(result.stdout)
    (source,) = records["sources"]
    (event,) = records["events"]
    assert (source["article"], source["published"]) == ("news-1", "2024-12-05")
    assert (event["date"], event["place"]) == ("2024-12-03", "moscow")
    assert (
        "# known: 2024-11-29-kim-jong-un-receives-belousov; the article adds: source"
        in result.stdout
    )
    assert "# unknown person: Ivan Petrov" in result.stdout

    file = tmp_path / "draft.yaml"
    file.write_text(result.stdout)
    refused = run("load", str(file), "--dry-run", database_url=str(seeded_sqlite.url))
    assert refused.exit_code == 1
    assert "this event is a draft: check its type, date, place" in refused.stderr
    file.write_text(result.stdout.replace("  draft: true\n", ""))
    unwritten = run("load", str(file), "--dry-run", database_url=str(seeded_sqlite.url))
    assert "write its title and its summary in your own words" in unwritten.stderr
    file.write_text(file.read_text().replace("To be written:", "Example of"))
    loaded = run("load", str(file), "--dry-run", database_url=str(seeded_sqlite.url))
    assert loaded.exit_code == 0, loaded.output
    verified = run("verify", str(file), "--articles", str(tmp_path))
    assert verified.exit_code == 0, verified.output


def test_an_event_of_unknown_people_alone_is_a_comment(
    seeded_sqlite: Database, tmp_path: Path
) -> None:
    path = tmp_path / "news-2.txt"
    path.write_text(
        "Ivan Petrov, the Russian minister of trade, visited Pyongyang on Tuesday, the agency said. "
        "It was the first visit of the minister to the city in a year.\n"
    )

    result = _draft(seeded_sqlite, str(path))

    assert yaml.safe_load(result.stdout)["events"] == []
    assert "# unknown participant: Ivan Petrov (RU, guest)" in result.stdout
    assert "# the data has none of its participants: add one first" in result.stdout


def _undated(connection: Connection) -> str:
    query = "SELECT slug FROM source WHERE json_extract(document, '$.published') IS NULL LIMIT 1"
    slug: str = connection.exec_driver_sql(query).scalar_one()
    return slug


def test_a_text_without_a_fit_name_gets_one(seeded_sqlite: Database, tmp_path: Path) -> None:
    path = tmp_path / "My Article (1).txt"
    path.write_text("Ivan Petrov met Semyon Sidorov in Moscow on Tuesday.\n")

    result = _draft(seeded_sqlite, str(path))

    records = yaml.safe_load(result.stdout)
    (source,) = records["sources"]
    assert (
        f"# My Article (1).txt is no name of an article: keep the text as {source['id']}.txt"
        in (result.stdout)
    )


def test_the_same_text_twice_is_misuse(seeded_sqlite: Database, article: Path) -> None:
    result = _draft(seeded_sqlite, str(article), str(article))

    assert result.exit_code == 2
    assert "give each text once" in result.stderr


def test_a_copy_of_a_text_is_misuse_too(seeded_sqlite: Database, article: Path) -> None:
    copy = article.with_name("copy.txt")
    copy.write_bytes(article.read_bytes())

    result = _draft(seeded_sqlite, str(article), str(copy))

    assert result.exit_code == 2
    assert "give each text once" in " ".join(result.stderr.replace("│", " ").split())


def test_a_known_source_is_not_written_again(seeded_sqlite: Database, article: Path) -> None:
    with seeded_sqlite.read() as connection:
        query = "SELECT slug FROM source WHERE json_extract(document, '$.published') = '2024-12-05'"
        slug = connection.exec_driver_sql(query).scalar() or _undated(connection)

    result = _draft(seeded_sqlite, str(article), "--source", slug)

    records = yaml.safe_load(result.stdout)
    assert "sources" not in records
    assert records["events"][0]["sources"][0]["source"] == slug


def test_a_database_without_records_is_refused(database: Database, article: Path) -> None:
    absent = article.with_name("none.sqlite")

    new = run(
        "draft", str(article), "--published", "2024-12-05", database_url=f"sqlite:///{absent}"
    )
    url = database.url.render_as_string(hide_password=False)
    empty = run("draft", str(article), "--published", "2024-12-05", database_url=url)

    assert (new.exit_code, empty.exit_code) == (1, 1)
    assert new.stderr.startswith(f"there is no database {absent}: timeline serve makes one with")
    assert "no participants, so a draft can name nobody: timeline serve loads" in empty.stderr
    assert not absent.exists()


def test_standard_input_and_several_articles(seeded_sqlite: Database, article: Path) -> None:
    settings = {"TIMELINE_DATABASE_URL": str(seeded_sqlite.url)}
    arguments = ["draft", "-", str(article), "--published", "2024-12-05"]

    result = CliRunner().invoke(
        app, arguments, input="Trade grew in October, said the head of it.", env=settings
    )

    assert result.exit_code == 0, result.output
    assert [source.get("article") for source in yaml.safe_load(result.stdout)["sources"]][
        1
    ] == "news-1"


def test_each_missing_article_is_told_and_ids_differ_between_articles(
    seeded_sqlite: Database, article: Path, tmp_path: Path
) -> None:
    again = tmp_path / "news-2.txt"
    again.write_text(f"{TEXT} It rained.")

    missing = _draft(seeded_sqlite, "one.txt", str(article), "two.txt")
    both = _draft(seeded_sqlite, str(article), str(again))

    assert (missing.exit_code, missing.stdout) == (1, "")
    assert missing.stderr == "one.txt: there is no such file\ntwo.txt: there is no such file\n"
    ids = [event["id"] for event in yaml.safe_load(both.stdout)["events"]]
    assert len(ids) == len({*ids}) == 2


@pytest.mark.parametrize(
    ("data", "options", "code", "message"),
    [
        (b"abc \xff", (), 1, "byte 4, 0xFF, is not UTF-8"),
        (b"", (), 1, "the text has no words"),
        (b"Der Minister sprach", (), 1, "name it: one of en, fr, ru, ko with --language"),
        (TEXT.encode(), ("--language", "de"), 2, "expected one of: en, fr, ru, ko"),
        (TEXT.encode(), ("--published", "17.01.2025"), 2, "did you mean 2025-01-17"),
        (TEXT.encode(), ("--published", "2024-11"), 2, "is not one day"),
        (TEXT.encode(), ("--url", "here"), 2, "expected an address"),
        (None, (), 1, "there is no such file"),
    ],
)
def test_bad_input_is_refused_with_a_reason(
    seeded_sqlite: Database,
    tmp_path: Path,
    data: bytes | None,
    options: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    path = tmp_path / "article.txt"
    if data is not None:
        path.write_bytes(data)

    result = run(
        "draft",
        str(path),
        "--published",
        "2024-12-05",
        *options,
        database_url=str(seeded_sqlite.url),
    )

    assert result.exit_code == code
    assert message in " ".join(result.output.replace("│", " ").split())
    assert result.stdout == ""


def test_a_provider_of_quotes_adds_events_and_its_failure_is_told(
    seeded_sqlite: Database, tmp_path: Path
) -> None:
    path = tmp_path / "news-3.txt"
    path.write_text("Sergey Lavrov shared a dinner with Choe Son Hui in Moscow on Tuesday.\n")
    with fake_provider() as fake:
        fake.gives({"quotes": ["shared a dinner", "lunch"]})
        good = _draft(seeded_sqlite, str(path), TIMELINE_QUOTES_URL=fake.url)
        fake.gives(b"<p>", 502)
        failed = _draft(seeded_sqlite, str(path), TIMELINE_QUOTES_URL=fake.url)

    (event,) = yaml.safe_load(good.stdout)["events"]
    (proposed,) = [e for e in event["sources"][0]["evidence"] if e.get("note")]
    assert (event["date"], proposed["note"]) == ("2024-12-03", "proposed by the provider")
    assert "# provider of quotes: 2 quotes, 1 not in the text" in good.stdout
    assert (good.stderr, failed.exit_code) == ("", 0)
    assert yaml.safe_load(failed.stdout)["events"] == []
    assert failed.stderr == (
        f"{path}: the provider answered with the status 502, expected 200: drafted without its quotes\n"
    )


@pytest.mark.parametrize(
    "url", ["ftp://example.org", "https://", "http://[", "http://a:99999/", "http://a b"]
)
def test_an_address_of_no_provider_is_refused(
    seeded_sqlite: Database, article: Path, url: str
) -> None:
    result = _draft(seeded_sqlite, str(article), TIMELINE_QUOTES_URL=url)

    assert result.exit_code == 2
    assert "TIMELINE_QUOTES_URL: " in result.stderr
    assert "expected an address such as https://example.org/quotes" in result.stderr
