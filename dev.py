#!/usr/bin/env python3
"""Everything a fresh machine needs: ``python3 dev.py demo`` to look, ``python3 dev.py test`` to check.

Python's standard library alone. Packages go into ``.venv/``, by hash, and again only when the lock file changed.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python reads this line first, and no further
    sys.exit("ITA Flow ต้องใช้ Python 3.11 ขึ้นไป / ITA Flow needs Python 3.11 or newer, not " + sys.version.split()[0])

import hashlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

USAGE = """\
python3 dev.py demo  [--port 5000] [--today 2024-03-18]   เปิดระบบตัวอย่างที่ 127.0.0.1
python3 dev.py test  [--all] [--long] [ไฟล์หรือตัวเลือกของ pytest]   ตรวจรูปแบบ ชนิดข้อมูล และทดสอบ
python3 dev.py setup   ติดตั้งแพ็กเกจสำหรับใช้งานและทดสอบ
python3 dev.py words   เพิ่มข้อความใหม่ลงในรายการคำแปลภาษาอังกฤษ
python3 dev.py pictures [คำในชื่อไฟล์]   ถ่ายภาพหน้าจอใน docs/pages ใหม่
"""
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed.txt"
TO_RUN, TO_TEST = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
PIP = ("-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes", "-r")
OURS = ("-m", "ita_flow.cli")
ENGLISH_WORDS = ROOT / "ita_flow" / "translations" / "en" / "LC_MESSAGES" / "messages.po"

CHECKS = (
    ("ruff check", ("ruff", "check", "--quiet", ".")),
    ("ruff format", ("ruff", "format", "--check", "--quiet", ".")),
    ("mypy", ("mypy",)),
    ("djlint", ("djlint", "--lint", "--quiet", "templates")),
)
WORKERS = min((os.cpu_count() or 1) + 1, 5)
"""One more than there are cores: crashes, mails and browsers spend much of their time waiting."""

GATHER = (
    "extract",
    "-F",
    "pyproject.toml",
    "-k",
    "_l",
    "-k",
    "_lp:1c,2",
    "--add-location=file",
    "--sort-output",
    ".",
    "-o",
)
KEEP = (
    *("update", "-l", "en", "-w", "120", "--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"),
    *("-o", str(ENGLISH_WORDS), "-i"),
)
"""What the program says, and what of it stands in the catalogue already."""

PYTEST = ("pytest", f"--numprocesses={WORKERS}", "--dist=loadgroup")


def main(arguments: list[str]) -> int:
    commands = {"setup": setup, "test": test, "demo": demo, "words": words, "pictures": pictures}
    if not arguments or arguments[0] not in commands:
        print(USAGE, end="")
        return 2
    # Hundreds of processes start in the tests, and each would compile every package anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.chdir(ROOT)
    return commands[arguments[0]](arguments[1:])


def setup(_arguments: list[str]) -> int:
    install(TO_TEST)
    say("พร้อมใช้งาน เปิดระบบตัวอย่างด้วย python3 dev.py demo")
    return 0


def test(arguments: list[str]) -> int:
    """Every check and the whole suite; when a file or a test is named, that alone."""
    install(TO_TEST)
    is_whole = all(argument.startswith("-") for argument in arguments)
    failed = [name for name, command in CHECKS if is_whole and not passes(name, command)]
    if subprocess.run([PYTHON, "-m", *PYTEST, *arguments]).returncode:  # its closing line stays the last one
        failed.append("pytest")
    if failed:
        give_up(f"ไม่ผ่าน: {', '.join(failed)}")
    return 0


def passes(name: str, command: tuple[str, ...]) -> bool:
    began = time.monotonic()
    passed = subprocess.run([PYTHON, "-m", *command]).returncode == 0
    print(f"▸ {name}: {'ผ่าน' if passed else 'ไม่ผ่าน'} {time.monotonic() - began:.1f} s", flush=True)
    return passed


def demo(arguments: list[str]) -> NoReturn:
    """Become the demo's server, so that whatever ends this process ends it; on Windows we can only wait for it."""
    install(TO_RUN)
    command = [str(PYTHON), *OURS, "demo", *arguments]
    if os.name == "posix":
        os.execv(command[0], command)
    sys.exit(subprocess.run(command).returncode)


def words(_arguments: list[str]) -> int:
    """Bring the catalogue up to date: what the program says now, with the English that stands there already."""
    install(TO_TEST)
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.pot"
        for command in ((*GATHER, found), (*KEEP, found)):
            if subprocess.run([PYTHON, "-m", "babel.messages.frontend", "--quiet", *command]).returncode:
                give_up("ปรับรายการคำแปลไม่ได้")
    say(f"เติมคำแปลที่ยังว่างใน {ENGLISH_WORDS.relative_to(ROOT)}")
    return 0


def pictures(arguments: list[str]) -> int:
    """Take the pictures of docs/pages anew, of a demo of their own."""
    install(TO_TEST)
    return subprocess.run([PYTHON, "-m", "tests.pictures", *arguments]).returncode


def install(lock: Path) -> None:
    """Bring ``.venv`` to what the lock file says; a glance when it is there already."""
    version = version_in_venv()
    if version and STAMP.is_file() and STAMP.read_text() in (stamp_of(lock, version), stamp_of(TO_TEST, version)):
        return
    if version is None:
        make_venv()
    STAMP.unlink(missing_ok=True)
    install_packages(lock)
    install_ourselves()
    STAMP.write_text(stamp_of(lock, version_in_venv() or ""))


def version_in_venv() -> str | None:
    """The version of Python in ``.venv``, or None when there is none that runs and installs."""
    if not PYTHON.exists():
        return None
    ask = "import sys, pip; print(sys.version); sys.exit(sys.version_info < (3, 11))"
    asked = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True)
    return asked.stdout if asked.returncode == 0 else None


def stamp_of(lock: Path, version: str) -> str:
    """Changes with the packages, with Python, with this script and with the place of the checkout."""
    here = f"{version}{ROOT}".encode()
    return hashlib.sha256(lock.read_bytes() + Path(__file__).read_bytes() + here).hexdigest()


def make_venv() -> None:
    say("สร้าง .venv")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode:
        give_up("สร้าง .venv ไม่ได้ บน Debian หรือ Ubuntu ให้สั่ง apt-get install python3-venv ก่อน แล้วสั่งอีกครั้ง")


def install_packages(lock: Path) -> None:
    say(f"ติดตั้งแพ็กเกจตาม {lock.name} ครั้งแรกใช้เวลาราวหนึ่งนาที")
    with subprocess.Popen([PYTHON, *PIP, lock], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        try:
            lines = list(shown(pip.stdout or ()))
        except BaseException:
            pip.kill()
            raise
    if pip.returncode:
        print("".join(lines[-15:]), file=sys.stderr)
        give_up("ติดตั้งไม่สำเร็จ ตรวจการเชื่อมต่ออินเทอร์เน็ต แล้วสั่งอีกครั้ง")


def shown(lines: Iterable[str]) -> Iterator[str]:
    """The lines, while a terminal shows the name of the package at hand."""
    for line in lines:
        if sys.stderr.isatty() and line.startswith("Collecting "):
            print(f"\r\033[K  {line.split()[1]:.60}", end="", file=sys.stderr, flush=True)
        yield line
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)


def install_ourselves() -> None:
    """This checkout on the path of ``.venv``, and the command ``ita-flow``: nothing is built, so nothing is fetched."""
    ask = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(ask, capture_output=True, check=True, text=True).stdout.strip())
    (packages / "ita_flow_checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    launcher = SCRIPTS / "ita-flow"
    launcher.write_text(f'#!/bin/sh\nexec "{PYTHON}" {" ".join(OURS)} "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    if os.name == "nt":
        launcher.with_suffix(".cmd").write_text(f'@"%~dp0python.exe" {" ".join(OURS)} %*\n', encoding="utf-8")


def say(sentence: str) -> None:
    """Tell how far it is, beside the output of what is run."""
    print(f"▸ {sentence}", file=sys.stderr, flush=True)


def give_up(sentence: str) -> NoReturn:
    sys.exit(f"✗ {sentence}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
