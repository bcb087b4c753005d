from pathlib import Path

import pytest
from conftest import NewDatabase
from sqlalchemy import inspect, make_url, text

from app.tables import migrations
from app.tables.database import Database, make_engine


class TestMigrations:
    def test_there_is_one_head(self) -> None:
        assert migrations.newest_revision()

    def test_up_check_down(self, new_database: NewDatabase) -> None:
        url = make_url(new_database("migrated"))
        database = Database(url.render_as_string(hide_password=False))

        assert migrations.current_revision(database) is None
        migrations.upgrade(url)
        assert migrations.current_revision(database) == migrations.newest_revision()
        assert migrations.find_differences(url) is None
        migrations.downgrade(url)
        with database.read() as connection:
            assert inspect(connection).get_table_names() == ["alembic_version"]
        migrations.upgrade(url)
        assert migrations.find_differences(url) is None
        database.close()

    def test_a_difference_is_found(self, new_database: NewDatabase) -> None:
        url = make_url(new_database("different"))
        migrations.upgrade(url)
        engine = make_engine(url, pool_size=1)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE place ADD COLUMN altitude INTEGER"))
        engine.dispose()

        assert "altitude" in (migrations.find_differences(url) or "")

    def test_a_failing_migration_leaves_nothing(
        self, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        url = make_url(new_database("failing"))
        scripts = _copy_of_scripts(tmp_path)
        (scripts / "versions" / "0002_fails.py").write_text(
            'revision = "0002"\ndown_revision = "0001"\n'
            "def upgrade():\n"
            "    from alembic import op\n"
            '    op.execute("CREATE TABLE half_done (id INTEGER)")\n'
            '    raise RuntimeError("in the middle")\n'
        )
        monkeypatch.setattr(migrations, "_SCRIPTS", scripts)

        with pytest.raises(RuntimeError, match="in the middle"):
            migrations.upgrade(url)

        engine = make_engine(url, pool_size=1)
        assert "half_done" not in inspect(engine).get_table_names()
        engine.dispose()


def _copy_of_scripts(folder: Path) -> Path:
    scripts = folder / "migrations"
    (scripts / "versions").mkdir(parents=True)
    for path in migrations._SCRIPTS.rglob("*"):
        if path.suffix in (".py", ".mako"):
            (scripts / path.relative_to(migrations._SCRIPTS)).write_bytes(path.read_bytes())
    return scripts
