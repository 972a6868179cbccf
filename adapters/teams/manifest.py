"""The app package that an admin uploads to Teams: a manifest fitted to a deployment, French strings, icons.

Manifest 1.29 brings slash commands and messages for one person in a channel; a Teams that does not take
it yet gets 1.25 without them. https://learn.microsoft.com/microsoft-365/extensibility/schema/
"""

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from adapters.teams.plain import Json

PACKAGE = Path(__file__).parent / "package"
FILES = ("color.png", "outline.png", "fr.json")
OLDER = "1.25"
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)


def manifest(app_id: str, domain: str, *, slash: bool = True) -> bytes:
    """The package as a zip file; raises `ValueError` for an id that is no GUID or a domain that is none.

    The same every time: nothing in it says when it was made.
    """
    written = json.dumps(fitted(app_id, domain, slash=slash), indent=2, ensure_ascii=False)
    package = io.BytesIO()
    with ZipFile(package, "w", ZIP_DEFLATED) as packed:
        packed.writestr(ZipInfo("manifest.json"), written + "\n")
        for name in FILES:
            packed.writestr(ZipInfo(name), (PACKAGE / name).read_bytes())
    return package.getvalue()


def packed(app_id: str, domain: str, out: Path, *, slash: bool = True) -> str:
    """Write the package; what to do with it next."""
    out.write_bytes(manifest(app_id, domain, slash=slash))
    return f"{out}: upload it in the Teams admin center (Teams apps, Manage apps), see docs/teams.md"


def fitted(app_id: str, domain: str, *, slash: bool = True) -> Json:
    """The manifest for one app and one host."""
    if not _DOMAIN.fullmatch(domain):
        raise ValueError(f"not a domain: {domain}")
    drawn = template({"{app_id}": str(UUID(app_id)), "{domain}": domain})
    return drawn if slash else _older(drawn)


def template(values: Mapping[str, str] | None = None) -> Json:
    """The manifest as it stands in the package, with its blanks filled."""
    written = (PACKAGE / "manifest.json").read_text(encoding="utf-8")
    for blank, value in (values or {}).items():
        written = written.replace(blank, value)
    drawn: Json = json.loads(written)
    return drawn


def _older(drawn: Json) -> Json:
    bots = [
        {name: value for name, value in bot.items() if name != "supportsTargetedMessages"}
        for bot in drawn["bots"]
    ]
    for bot in bots:
        lists = bot["commandLists"]
        bot["commandLists"] = [
            {name: value for name, value in each.items() if name != "triggers"} for each in lists
        ]
    schema = drawn["$schema"].replace(drawn["manifestVersion"], OLDER)
    return drawn | {"$schema": schema, "manifestVersion": OLDER, "bots": bots}
