// A snapshot as dot and as mermaid: golden pictures, and each taken by what reads it.
#include "axon/snapshot_picture.hpp"

#include "axon/group_snapshot.hpp"

#include <gtest/gtest.h>

#include "tests/axon/snapshots.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace {

using axon::Snapshot;
using axon::snapshot_dot;
using axon::snapshot_mermaid;

// What Graphviz makes of it: an empty text when it refuses or complains.
std::string drawn(const std::string& picture) {
    const auto file = std::filesystem::path{testing::TempDir()} / "snapshot_picture_test.dot";
    std::ofstream{file} << picture;
    const auto command = "dot -Tsvg '" + file.string() + "' 2>&1";
    std::string svg;
    auto* const pipe = ::popen(command.c_str(), "r");
    for (int c = 0; pipe && (c = std::fgetc(pipe)) != EOF;) svg += static_cast<char>(c);
    const auto status = pipe ? ::pclose(pipe) : -1;
    std::filesystem::remove(file);
    EXPECT_EQ(status, 0) << svg;
    EXPECT_EQ(svg.find("Warning"), std::string::npos) << svg;
    return svg;
}

// The lines of a flowchart that are none of mermaid's: each has to be an opening or an end of a frame, a
// component or an arrow, and what stands in quotes has to be free of what mermaid would read.
std::vector<std::string> strange_lines(const std::string& picture) {
    static const std::regex line{
        R"re(flowchart LR| *(end|subgraph s\d+\["L"\]|c\d+(\["L"\]|\(\["L"\]\))|c\d+ -->\|"L"\| c\d+|c\d+ -\.-> c\d+))re"};
    static const std::regex label{R"re("([^"#<>&%\\`]|#(quot|amp|lt|gt|\d+);|<br/>)*")re"};
    std::vector<std::string> strange;
    std::istringstream lines{picture};
    for (std::string text; std::getline(lines, text);) {
        if (!std::regex_match(std::regex_replace(text, label, "\"L\""), line)) strange.push_back(text);
    }
    return strange;
}

Snapshot crowd() {
    auto snapshot = snapshots::server();
    const auto echo = snapshots::add(snapshot, 0, "Echo#4", "Echo", 4, snapshots::State::ready);
    snapshots::add_boxes(snapshot, echo, 5);
    snapshot.linkages.clear();
    snapshot.services.clear();
    return snapshot;
}

TEST(SnapshotPicture, InDot) {
    EXPECT_EQ(snapshot_dot(snapshots::server()),
              R"(digraph components {
    rankdir=LR;
    node [shape=box];
    subgraph cluster_c0 { label="Server#1";
        c0 [label="Server#1\nrunning"];
        c1 [label="Echo#2\nwaiting for inbox"];
    }
    c2 [label="/Log#3" style=dashed];
    c1 -> c2 [label="outbox > inbox"];
    c1 -> c1 [label="outbox > inbox 3/64"];
    c1 -> c2 [style=dashed];
}
)");
}

TEST(SnapshotPicture, InMermaid) {
    EXPECT_EQ(snapshot_mermaid(snapshots::server()),
              R"(flowchart LR
    subgraph s0["Server#35;1"]
        c0["Server#35;1<br/>running"]
        c1["Echo#35;2<br/>waiting for inbox"]
    end
    c2(["/Log#35;3"])
    c1 -->|"outbox #gt; inbox"| c2
    c1 -->|"outbox #gt; inbox 3/64"| c1
    c1 -.-> c2
)");
}

TEST(SnapshotPicture, OfAGroupHasItsCountAndItsStates) {
    EXPECT_EQ(snapshot_dot(group_snapshot(crowd())),
              R"(digraph components {
    rankdir=LR;
    node [shape=box];
    subgraph cluster_c0 { label="Server#1";
        c0 [label="Server#1\nrunning"];
        c1 [label="Echo#* (2)\n1 ready, 1 waiting"];
    }
}
)");
}

TEST(SnapshotPicture, GraphvizDrawsItAndShowsEveryNameAsItIs) {
    EXPECT_NE(drawn(snapshot_dot(snapshots::server())).find("outbox &gt; inbox 3/64"), std::string::npos);
    const auto svg = drawn(snapshot_dot(snapshots::wild()));
    EXPECT_NE(svg.find("a&quot;b\\c\\x0ad\\x01&lt;&amp;&gt;#%`{|}\\xff\xc3\xa9<"), std::string::npos) << svg;
    EXPECT_NE(svg.find("out&quot;box\\x0a &gt; inbox 0/64"), std::string::npos) << svg;
}

TEST(SnapshotPicture, MermaidFindsNothingOfItsOwnInAName) {
    for (const auto& snapshot : {snapshots::server(), snapshots::wild(), group_snapshot(crowd())}) {
        EXPECT_EQ(strange_lines(snapshot_mermaid(snapshot)), std::vector<std::string>{});
    }
    EXPECT_EQ(strange_lines("flowchart LR\n    c1[\"a\"b\"]\n").size(), 1U) << "the test sees a loose quote";
    EXPECT_EQ(strange_lines("flowchart LR\n    c1[\"a%%{b\"]\n").size(), 1U);
}

} // namespace
