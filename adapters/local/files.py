"""Pictures: those people choose in a form and those Herald uploads."""

from dataclasses import dataclass, field

from adapters.local.board import SlackError, opaque
from adapters.local.people import BOT, TEAM, Json

LARGEST = 10 * 1024 * 1024
"""Bytes of one file that the local workspace keeps."""
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@dataclass(slots=True)
class Kept:
    """One file with its bytes; `ready` once its upload is completed."""

    id: str
    name: str
    mimetype: str
    owner: str
    data: bytes = b""
    title: str = ""
    ready: bool = False


@dataclass(slots=True)
class Files:
    """All files of the workspace, by id; `origin` is where they are served."""

    origin: str
    kept: dict[str, Kept] = field(default_factory=dict)

    def add(self, name: str, mimetype: str, owner: str, data: bytes = b"", *, ready: bool = False) -> Kept:
        """Keep a file under a new id."""
        file = Kept(opaque("F0"), name, mimetype, owner, data, name, ready)
        self.kept[file.id] = file
        return file

    def get(self, file_id: str) -> Kept:
        """A file by id; `file_not_found`."""
        if file_id not in self.kept:
            raise SlackError("file_not_found")
        return self.kept[file_id]

    def describe(self, file: Kept) -> Json:
        """Slack's file object; a file still on its way has no mimetype, as at Slack."""
        url = f"{self.origin}/local/files/{file.id}"
        return {
            "id": file.id,
            "created": 0,
            "name": file.name,
            "title": file.title,
            "mimetype": file.mimetype if file.ready else "",
            "filetype": file.mimetype.rpartition("/")[2] if file.ready else "",
            "user": file.owner,
            "user_team": TEAM,
            "size": len(file.data),
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "editable": file.owner == BOT,
            "url_private": url,
            "url_private_download": url,
        }
