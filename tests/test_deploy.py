"""The files of deploy/ and compose.yaml: programs that are installed check them, and each setting exists."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.settings import PROJECT_ROOT, Settings
from tests.support.servers import find_daemon

pytestmark = pytest.mark.sqlite

DEPLOY = PROJECT_ROOT / "deploy"
COMPOSE = PROJECT_ROOT / "compose.yaml"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SETTINGS = {f"TIMELINE_{name.upper()}" for name in Settings.model_fields}
# These end, or only name an image.
ONCE = {"image", "upgrade"}
# A secret with a value that is no variable of the shell, of Compose or of psql.
SECRET = re.compile(r"""(?ix) (password|secret|passwd) \s* (= | :(?!')) \s* ['"]? [^$%:\s'"/]""")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The content of compose.yaml, with its merged maps."""
    content: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
    return content


def _environment(service: dict[str, Any]) -> dict[str, str]:
    environment: dict[str, str] = service.get("environment", {})
    return environment


class TestCompose:
    def test_it_has_each_part(self, compose: dict[str, Any]) -> None:
        assert compose["services"].keys() - ONCE == {
            *(
                "cache",
                "pooler",
                "primary",
                "prometheus",
                "redis",
                "replica",
                "server-1",
                "server-2",
            )
        }

    def test_each_setting_exists_and_is_accepted(
        self, compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in SETTINGS:
            monkeypatch.delenv(name, raising=False)
        for service in ("upgrade", "server-1", "server-2"):
            given = {
                name: re.sub(r"\$\{\w+:-(.*)\}", r"\1", value)
                for name, value in _environment(compose["services"][service]).items()
            }
            assert given.keys() <= SETTINGS
            for name, value in given.items():
                monkeypatch.setenv(name, value)
            assert Settings().database_url == "postgresql://timeline@pooler:6432/timeline"

    def test_each_lasting_service_restarts_and_has_a_health_check(
        self, compose: dict[str, Any]
    ) -> None:
        for name, service in compose["services"].items():
            if name in ONCE:
                continue
            assert service["restart"] == "unless-stopped", name
            # The image of the servers has its check.
            assert "healthcheck" in service or name.startswith("server-"), name

    def test_only_the_cache_is_reachable_and_only_from_this_machine(
        self, compose: dict[str, Any]
    ) -> None:
        ports = {name: service.get("ports") for name, service in compose["services"].items()}

        assert {name: port for name, port in ports.items() if port} == {
            "cache": ["127.0.0.1:8080:8080"],
            "prometheus": ["127.0.0.1:9090:9090"],
        }

    def test_each_dependency_exists_and_is_waited_for(self, compose: dict[str, Any]) -> None:
        services = compose["services"]
        for service in services.values():
            for name, wanted in service.get("depends_on", {}).items():
                checked = "healthcheck" in services[name] or name.startswith("server-")
                assert checked or wanted["condition"] == "service_completed_successfully"

    def test_each_volume_is_declared_and_each_file_exists(self, compose: dict[str, Any]) -> None:
        used = {
            mount.split(":")[0]
            for service in compose["services"].values()
            for mount in service.get("volumes", ())
        }

        assert {name for name in used if not name.startswith(".")} == compose["volumes"].keys()
        assert [n for n in used if n.startswith(".") and not (PROJECT_ROOT / n).is_file()] == []
        for service in compose["services"].values():
            if isinstance(build := service.get("build"), dict):
                assert (PROJECT_ROOT / build["dockerfile"]).is_file()
            elif build:
                assert (PROJECT_ROOT / build / "Dockerfile").is_file()

    def test_the_servers_share_past_states(self, compose: dict[str, Any]) -> None:
        mounts = [compose["services"][name]["volumes"] for name in ("server-1", "server-2")]

        assert mounts == [["past:/data"], ["past:/data"]]

    def test_the_pooler_has_a_connection_for_each_of_the_servers(
        self, compose: dict[str, Any]
    ) -> None:
        """docs/configuration.md says how many a worker needs. Without them, requests get a 503 after some seconds."""
        text = (DEPLOY / "compose/pooler/pgbouncer.ini").read_text()
        (size,) = re.findall(r"^default_pool_size = (\d+)$", text, re.MULTILINE)
        fields = Settings.model_fields
        workers = 2 * int(_environment(compose["services"]["server-1"])["TIMELINE_WORKERS"])

        needed = workers * (fields["pool_size"].default + fields["exports"].default + 3)

        # PostgreSQL allows 100 by default, and keeps three of them for superusers.
        assert needed <= int(size) < 97

    def test_passwords_come_from_a_file_that_git_ignores(self, compose: dict[str, Any]) -> None:
        ignored = subprocess.run(
            ["git", "check-ignore", "deploy/compose/secrets.env"], cwd=PROJECT_ROOT, check=False
        )
        written = [*_files_with_secrets()]

        assert ignored.returncode in (0, 128), "128: this is no repository"
        assert written == []
        for name in ("server-1", "upgrade", "primary", "replica", "pooler"):
            assert compose["services"][name]["env_file"] == "deploy/compose/secrets.env"

    def test_addresses_of_the_network_agree(self, compose: dict[str, Any]) -> None:
        """The servers trust the network, and the primary lets its replica in from it."""
        subnet = compose["networks"]["default"]["ipam"]["config"][0]["subnet"]

        server = _environment(compose["services"]["server-1"])
        assert server["TIMELINE_TRUSTED_PROXIES"] == subnet
        assert f"replicator {subnet} " in (DEPLOY / "compose/allow-replica.sh").read_text()

    def test_docker_accepts_it(self, tmp_path: Path) -> None:
        """With the plugin `compose`: it merges and checks the file without a daemon."""
        docker = shutil.which("docker")
        version = [docker, "compose", "version"] if docker else ["false"]
        if subprocess.run(version, capture_output=True, check=False).returncode:
            pytest.skip("docker has no plugin compose, or is not installed")
        secrets = tmp_path / "secrets.env"
        secrets.write_text("PGPASSWORD=x\n")
        text = COMPOSE.read_text().replace("deploy/compose/secrets.env", str(secrets))
        command = [
            "docker",
            "compose",
            "--project-directory",
            str(PROJECT_ROOT),
            "-f",
            "-",
            "config",
            "-q",
        ]

        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)

        assert (done.returncode, done.stderr) == (0, "")


def _files_with_secrets() -> Iterator[str]:
    for path in [COMPOSE, *DEPLOY.rglob("*")]:
        if path.is_file() and path.name != "secrets.env":
            for line in path.read_text().splitlines():
                if not line.lstrip().startswith(("#", "--")) and SECRET.search(line):
                    yield f"{path.name}: {line}"


def test_shell_scripts_are_read_without_an_error() -> None:
    scripts = [*DEPLOY.rglob("*.sh")]

    assert scripts
    for script in scripts:
        done = subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False)
        assert done.stderr == ""


@pytest.mark.proxy
def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    nginx = find_daemon("nginx", "nginx-light")
    text = (DEPLOY / "compose/nginx.conf").read_text()
    text = re.sub(r"server-[12]:", "127.0.0.1:", text).replace("/var/cache/nginx", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\n{text}")

    command: list[str | Path] = [nginx, "-t", "-p", tmp_path, "-e", tmp_path / "log"]
    command += ["-c", tmp_path / "nginx.conf"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


class TestUnits:
    def test_each_setting_exists(self) -> None:
        named = {n for unit in UNITS for n in re.findall(r"TIMELINE_\w+", unit.read_text())}

        assert named
        assert named <= SETTINGS

    def test_systemd_accepts_them(self, tmp_path: Path) -> None:
        units = [_with_a_program_that_exists(unit, tmp_path) for unit in UNITS]

        done = _systemd_analyze("verify", "--man=no", *units)

        assert (done.returncode, done.stderr) == (0, "")

    def test_the_server_is_confined(self, tmp_path: Path) -> None:
        """systemd rates the exposure from 0 to 10; a unit without any confinement has 9.6."""
        unit = _with_a_program_that_exists(DEPLOY / "systemd/timeline.service", tmp_path)

        done = _systemd_analyze("security", "--offline=true", "--threshold=15", "--no-pager", unit)

        assert done.returncode == 0, done.stdout[-300:]

    def test_they_agree_on_the_database(self) -> None:
        both = [DEPLOY / "systemd" / f"{name}.service" for name in ("timeline", "timeline-backup")]
        named = {
            re.search("^Environment=TIMELINE_DATABASE_URL=.*", u.read_text(), re.MULTILINE)
            for u in both
        }

        assert len({match[0] for match in named if match}) == 1


def _with_a_program_that_exists(unit: Path, folder: Path) -> Path:
    """Copy the unit; systemd refuses one whose program is missing."""
    copy = folder / unit.name
    copy.write_text(unit.read_text().replace("/opt/timeline/.venv/bin/timeline", "/bin/true"))
    return copy


def _systemd_analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = find_daemon("systemd-analyze", "systemd")
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
