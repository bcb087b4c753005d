"""`timeline ids propose`."""

from pathlib import Path

from tests.support.commands import run

HEADER = "scheme,value,name,page,read_on,country,latitude,longitude\n"


def test_prints_drafts_and_the_reasons_for_the_others(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "places.yaml").write_text(
        "places: [{id: moscow, names: {en: Moscow}, country: RU, latitude: 55.75, "
        "longitude: 37.62, precision: city}]"
    )
    file = tmp_path / "candidates.csv"
    ending = "https://example.org/a,2026-11-29,RU"
    file.write_text(f"{HEADER}wikidata,Q649,Moscow,{ending},55.75,37.62\nviaf,1,Perm,{ending},,\n")

    result = run("ids", "propose", str(file), TIMELINE_SEEDS=str(seeds))

    assert result.stdout == (
        '[[identifier]]\nplace = "moscow"\nwikidata = "Q649"\npage = "https://example.org/a"\n'
        "read_on = 2026-11-29\nagrees = [\n"
        '  "name: Moscow",\n  "coordinates: 55.75, 37.62, 0.0 km away",\n]\n\n'
    )
    assert result.stderr == (
        f"{file}:3: viaf 1: no record called Perm has another fact in common\n"
        "1 draft from 2 candidates\n"
    )
    assert result.exit_code == 0


def test_refuses_a_file_without_its_columns(tmp_path: Path) -> None:
    file = tmp_path / "candidates.csv"
    file.write_text("value\n")

    result = run("ids", "propose", str(file))

    assert result.stderr == f"{file}:1: the header lacks scheme, name, page, read_on\n"
    assert result.exit_code == 1


def test_a_missing_file_is_told_once(tmp_path: Path) -> None:
    result = run("ids", "propose", str(tmp_path / "none.csv"))

    told = f"{tmp_path / 'none.csv'}: cannot be read: No such file or directory\n"
    assert (result.exit_code, result.stderr) == (1, told)
