"""Print the path of `uv`: the one on the path, or one put into .tools/ of this checkout."""

import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import urllib.request
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[1] / ".tools"
OWN = TOOLS / "bin" / "uv"
RELEASE = "https://github.com/astral-sh/uv/releases/latest/download"
# Where distributions keep the wheel of pip for new environments.
PIP_WHEELS = Path("/usr/share/python-wheels")


def works(uv: "str | Path | None") -> bool:
    """Does it run? A version manager's shim may be there and yet not work."""
    try:
        return (
            bool(uv)
            and not subprocess.run([uv, "--version"], capture_output=True, check=False).returncode
        )
    except OSError:
        return False


def by_pip() -> None:
    """Install it with this Python's pip, or with the pip it packs for new environments."""
    command = [
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--root-user-action=ignore",
        "--no-warn-script-location",
        "--upgrade",
        "--target",
        str(TOOLS),
        "uv",
    ]
    try:
        import ensurepip

        bundled = Path(ensurepip.__file__).parent / "_bundled"
    except ImportError:
        bundled = PIP_WHEELS
    wheels = [*bundled.glob("pip-*.whl"), *PIP_WHEELS.glob("pip-*.whl")]
    starts = [["-m", "pip"], *([f"{wheel}/pip"] for wheel in wheels)]
    for start in starts:
        subprocess.run([sys.executable, *start, *command], capture_output=True, check=False)
        if works(OWN):
            return


def by_download() -> None:
    """Fetch the release that its makers publish for this machine."""
    kind = "unknown-linux-musl" if sys.platform == "linux" else "apple-darwin"
    machine = {"arm64": "aarch64", "amd64": "x86_64"}.get(platform.machine(), platform.machine())
    address = f"{RELEASE}/uv-{machine}-{kind}.tar.gz"
    with urllib.request.urlopen(address, timeout=120) as answer:
        content = io.BytesIO(answer.read())
    with tarfile.open(fileobj=content) as packed:
        member = next(member for member in packed.getmembers() if member.name.endswith("/uv"))
        program = packed.extractfile(member)
        if program is None:
            raise RuntimeError(f"{address} does not hold uv")
        OWN.parent.mkdir(parents=True, exist_ok=True)
        OWN.write_bytes(program.read())
    OWN.chmod(0o755)


def main() -> None:
    found = os.environ.get("UV") or shutil.which("uv")
    if works(found):
        print(found)
        return
    if not works(OWN):
        by_pip()
    if not works(OWN):
        by_download()
    print(OWN)


if __name__ == "__main__":
    main()
