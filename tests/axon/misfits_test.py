#!/usr/bin/python3
"""What the compiler says when components are joined that do not fit: the reason, in a few lines.

    misfits_test.py COMPILER FLAG...
"""

import pathlib
import subprocess
import sys
import tempfile

MOST_LINES = 4  # of diagnostics, without the source that they quote

PROLOGUE = """#pragma once
#include "axon/combine.hpp"
#include "axon/filter.hpp"
#include "axon/offload.hpp"
#include "axon/pipeline.hpp"
#include <string>
using namespace std::chrono_literals;
struct Numbers final : axon::Filter<int, int> { axon::Task<> main() override { co_return; } };
struct Words final : axon::Filter<std::string, std::string> { axon::Task<> main() override { co_return; } };
struct Swallow final : axon::Sink<int> { axon::Task<> main() override { co_return; } };
struct Made final : axon::Source<int> { axon::Task<> main() override { co_return; } };
struct Wired final : axon::Composite {
    Numbers& numbers = child<Numbers>();
    Words& words = child<Words>();
    Swallow& swallow = child<Swallow>();
    Made& made = child<Made>();
    Wired();
};
"""

# What stands in the constructor, and what the compiler must say of it; None: it compiles.
CASES = (
    ("made | numbers | swallow;", None),
    ("numbers | words;", "what the outbox sends does not fit into the inbox"),
    ("made | numbers | words;", "what the outbox sends does not fit into the inbox"),
    ("swallow | numbers;", "what stands left of | has no outbox"),
    ("numbers | made;", "what stands right of | has no inbox"),
    ("link(numbers.outbox, words.inbox);", "what the outbox sends does not fit into the inbox"),
    ("link(numbers.inbox, words.inbox);", "what the first inbox takes does not fit into the second"),
    ("link(numbers.outbox, words.outbox);", "what the first outbox sends does not fit into the second"),
    ("link(numbers.inbox, numbers.outbox);", "an inbox leads to an inbox, never to an outbox"),
    ("relink(numbers.outbox, words.inbox);", "what the outbox sends does not fit into the inbox"),
    ("(void)axon::pipeline(std::make_unique<Made>(), std::make_unique<Words>());",
     "neighbours in a pipeline do not fit"),
    ("(void)axon::first_of(numbers.inbox.receive(), words.inbox.receive());", None),
    ("(void)axon::first_of(numbers.inbox.receive(), numbers.outbox.send(1));", "a send is not one of several"),
    ("(void)axon::first_of(numbers.inbox.receive(), axon::offload(numbers, [] { return 1; }));",
     "what gives its result once is not one of several"),
    ("(void)axon::first_of(numbers.inbox.receive(), axon::within(1s, words.inbox.receive()));", None),
    ("(void)axon::first_of(numbers.inbox.receive(), axon::within(1s, numbers.outbox.send(1)));",
     "a send is not one of several"),
    ("(void)axon::first_of(numbers.inbox.receive(), axon::within(1s, axon::offload(numbers, [] { return 1; })));",
     "what gives its result once is not one of several"),
)


def compile_all(command, folder):
    """The lines of diagnostics for each case."""
    header, source = folder / "parts.hpp", folder / "misfit.cpp"
    header.write_text(PROLOGUE)
    command = [*command, "-std=c++23", "-fno-caret-diagnostics"]
    subprocess.run([*command, "-x", "c++-header", header, "-o", folder / "parts.pch"], check=True, timeout=120)
    for body, expected in CASES:
        source.write_text("Wired::Wired() {\n" + body + "\n}\n")
        result = subprocess.run([*command, "-include-pch", folder / "parts.pch", "-fsyntax-only", source],
                                capture_output=True, text=True, timeout=60, check=False)
        lines = [line for line in result.stderr.splitlines()
                 if "generated." not in line and not line.startswith("In file included")]
        yield body, expected, lines


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for body, expected, lines in compile_all(sys.argv[1:], pathlib.Path(folder)):
            good = any(expected in line for line in lines) and len(lines) <= MOST_LINES if expected else not lines
            if not good:
                failed += 1
                print(f"{body}\n  expected {expected!r} within {MOST_LINES} lines, got", *lines, sep="\n    ")
    print(f"{len(CASES) - failed} of {len(CASES)} as they should be")
    return failed


if __name__ == "__main__":
    sys.exit(main())
