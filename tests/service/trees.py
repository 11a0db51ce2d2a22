"""Debian trees to boot or to make images of. Made once, below the build directory, and used again."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("KAMAELIA_BUILD", os.path.join(ROOT, "build/release"))
TREES = os.path.join(ROOT, "build", "trees")
RELEASE = "bookworm"
MAKE_SECONDS = 900


def runtime_packages():
    """What the installed program needs of Debian."""
    with open(os.path.join(ROOT, "docker", "runtime-packages"), encoding="utf-8") as names:
        return names.read().split()


def run(*command, timeout=MAKE_SECONDS, **options):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=timeout, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}:\n" + "\n".join(done.stdout.splitlines()[-30:]))
    return done.stdout


def made(name, make):
    """The path of a tree; `make` fills a directory if it is not there yet."""
    path = os.path.join(TREES, name)
    if not os.path.isdir(path):
        os.makedirs(TREES, exist_ok=True)
        unfinished = tempfile.mkdtemp(prefix=name + ".", dir=TREES)
        try:
            make(unfinished)
            os.chmod(unfinished, 0o755)
            os.rename(unfinished, path)
        except BaseException:
            shutil.rmtree(unfinished)
            raise
    return path


def base():
    """The least that is a Debian."""
    return made("base", lambda path: run("debootstrap", "--variant=minbase", RELEASE, path))


def with_packages(name, packages):
    """`base` and some more."""
    packages = sorted(packages)

    def make(path):
        run("cp", "-a", base() + "/.", path)
        environment = {"DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
            run("chroot", path, "apt-get", "-qq", *command, env=environment)
    key = hashlib.sha256(" ".join(packages).encode()).hexdigest()[:12]
    return made(f"{name}-{key}", make)


def install(destination):
    """As a package would."""
    run("cmake", "--install", BUILD, "--prefix", "/usr", "--strip", env=os.environ | {"DESTDIR": destination})


@contextlib.contextmanager
def writable(tree):
    """A copy of the tree for as long as the block lasts; it costs only what is written."""
    work = tempfile.mkdtemp(prefix="used.", dir=TREES)
    root = os.path.join(work, "root")
    try:
        for name in ("root", "upper", "work"):
            os.mkdir(os.path.join(work, name))
            os.chmod(os.path.join(work, name), 0o755)
        run("mount", "-t", "overlay", "overlay", "-o",
            f"lowerdir={tree},upperdir={work}/upper,workdir={work}/work", root)
        try:
            yield root
        finally:
            run("umount", root)
    finally:
        shutil.rmtree(work)
