#!/usr/bin/python3
"""Compiles a snippet of misuse and looks whether the compiler says what is wrong, in a few lines.

    compile.py SNIPPET COMPILER [OPTION...]

Each `// error: REGEX` at the top of the snippet is to be found in what the compiler says, which is at most
MOST_LINES lines without the lines of source that it quotes. `// compiles`: it says nothing.
"""

import pathlib
import re
import subprocess
import sys

MOST_LINES = 6


def main():
    snippet, *compiler = sys.argv[1:]
    text = pathlib.Path(snippet).read_text()
    wanted = re.findall(r"^// error: (.*)$", text, re.M)
    done = subprocess.run([*compiler, "-fsyntax-only", "-fno-caret-diagnostics", "-fno-color-diagnostics", snippet],
                          capture_output=True, text=True)
    print(done.stderr, end="")
    if not wanted:
        return 0 if re.search(r"^// compiles$", text, re.M) and done.returncode == 0 and not done.stderr else 1
    missing = [each for each in wanted if not re.search(each, done.stderr)]
    for each in missing:
        print(f"{snippet}: the compiler does not say {each!r}")
    lines = done.stderr.count("\n")
    if lines > MOST_LINES:
        print(f"{snippet}: {lines} lines; at most {MOST_LINES}")
    return 1 if done.returncode == 0 or missing or lines > MOST_LINES else 0


if __name__ == "__main__":
    sys.exit(main())
