"""Where the tests' databases come from: a SQLite file each, or one each on a PostgreSQL of their own."""

import os
import shutil
import socket
import subprocess
from asyncio import run
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pwd import getpwnam
from tempfile import mkdtemp
from uuid import uuid4

from storage.migrating import migrate

ENGINES = ("sqlite", "postgresql")
STARTS = 30
"""Seconds that PostgreSQL may take to start."""


class Databases:
    """Gives each test a database; `server` is the PostgreSQL server, when there is one."""

    def __init__(self) -> None:
        self.server: Server | None = None

    def url(self, folder: Path) -> str:
        """A database of one's own, in a folder or on the server; `migrate` brings it up to date."""
        return self.server.new() if self.server else self.empty(folder)

    def empty(self, folder: Path) -> str:
        """One without any table."""
        if self.server is not None:
            return self.server.new("template1")
        return f"sqlite+aiosqlite:///{folder / 'herald.db'}"


class Server:
    """A running PostgreSQL on loopback, with a migrated database to copy from."""

    def __init__(self, programs: Path, data: Path, port: int, *, durable: bool = False) -> None:
        self.fsync = "on" if durable else "off"
        self.programs = programs
        self.data = data
        self.port = port
        self.owner = _owner()
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, or start again after `stop`: a server of tests need not survive a power cut."""
        settings = (
            f"fsync={self.fsync}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.data}",
        )
        options = [part for setting in settings for part in ("-c", setting)]
        command = [str(self.programs / "postgres"), "-D", str(self.data), "-p", str(self.port), *options]
        with (self.data.parent / f"{self.data.name}.log").open("ab") as log:
            self.running = subprocess.Popen(
                command, stdout=log, stderr=log, user=self.owner, group=self.owner, extra_groups=[]
            )
        waiting = ["pg_isready", "-q", "-t", str(STARTS)]
        while self.tool(*waiting, check=False):
            if self.running.poll() is not None:
                raise RuntimeError((self.data.parent / f"{self.data.name}.log").read_text())

    def stop(self) -> None:
        """Stop at once: connections are cut, what was committed stays."""
        if self.running is not None:
            self.running.send_signal(2)  # SIGINT: PostgreSQL's fast shutdown
            self.running.wait()
            self.running = None

    def new(self, template: str = "migrated") -> str:
        """The URL of a new database."""
        name = f"h{uuid4().hex}"
        self.tool("createdb", "-T", template, name)
        return self.url(name)

    def url(self, name: str) -> str:
        """The URL of a database."""
        return f"postgresql+asyncpg://herald@127.0.0.1:{self.port}/{name}"

    def tool(self, name: str, *options: str, check: bool = True) -> int:
        """Run one of PostgreSQL's programs against this server; its exit code."""
        place = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "herald"]
        return subprocess.run([self.programs / name, *place, *options], check=check).returncode


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[Server]:
    """A PostgreSQL server of the tests' own, gone with everything in it when the block ends.

    A `durable` one waits for its disk, as everywhere but in tests.
    """
    programs, data = _programs(), Path(mkdtemp(prefix="herald-postgresql-"))
    server = Server(programs, data, free_port(), durable=durable)
    try:
        _own(data, server.owner)
        text = ["--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en-US", "--locale=C.UTF-8"]
        initdb = [
            str(programs / "initdb"),
            "-D",
            str(data),
            "-U",
            "herald",
            "-A",
            "trust",
            "--no-sync",
            *text,
        ]
        subprocess.run(
            initdb,
            check=True,
            stdout=subprocess.DEVNULL,
            user=server.owner,
            group=server.owner,
            extra_groups=[],
        )
        server.start()
        server.tool("createdb", "migrated")
        run(migrate(server.url("migrated")))
        yield server
    finally:
        server.stop()
        shutil.rmtree(data, ignore_errors=True)
        Path(f"{data}.log").unlink(missing_ok=True)


def _programs() -> Path:
    """PostgreSQL's own programs; Debian keeps them out of PATH, one folder per version."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin"), *map(Path, os.get_exec_path())]
    here = [folder for folder in found if (folder / "initdb").exists()]
    if not here:
        raise FileNotFoundError("PostgreSQL is missing (Debian: apt-get install postgresql)")
    return here[0]


def _owner() -> str | None:
    """Who runs the server: PostgreSQL refuses root."""
    return None if os.getuid() else getpwnam("postgres").pw_name


def _own(data: Path, owner: str | None) -> None:
    if owner is not None:
        shutil.chown(data, owner, owner)


def free_port() -> int:
    """A port of loopback that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


DATABASES = Databases()
"""What the tests of this run use; `--database` decides."""
