"""A file of known gaps that cannot be used is refused, with the mistake."""

from pathlib import Path

import pytest

from app.reading.known_gaps import KnownGapsError, read_known_gaps


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[gaps]]\ndate = '1961'", "/gaps/0/text: is required"),
        ("[[gaps]]\ndate = '1961-13'\ntext.en = 'A visit'", "/gaps/0/date: month 13 is not in 01"),
        ("[[gaps]]\ndate = '1961'\ntext.de = 'x'", "/gaps/0/text/en: is required"),
        ("[[gaps]]\ndate = '1961'\ntext.en = 'x'\nnote = 'x'", "/gaps/0/note: unknown field"),
        ("gap = 1", "/gap: unknown field; did you mean 'gaps'?"),
        ("gaps = 1", "/gaps: found the number 1, expected a list"),
        ("[[gaps", "cannot be read: "),
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "gaps.toml").write_text(text)

    with pytest.raises(KnownGapsError) as refused:
        read_known_gaps(tmp_path)

    assert str(refused.value).startswith(f"{tmp_path}/gaps.toml: {problem}")
