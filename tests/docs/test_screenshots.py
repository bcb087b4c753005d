"""docs/screenshots has every picture that `make screenshots` takes, and no other."""

from tests.support.screenshots import FOLDER, MOST_BYTES, pictures


def test_each_picture_exists_and_they_are_small() -> None:
    files = {path.name: path.stat().st_size for path in FOLDER.iterdir()}

    assert files.keys() == {picture.name for picture in pictures()}
    assert sum(files.values()) <= MOST_BYTES
