// No text, however it is made, costs much time, memory or paper.
#include "server/components.hpp"
#include "server/compose.hpp"
#include "tests/server/config/wrong.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string complaints_about(const std::string& text) {
    axon::Registry registry;
    server::add_components(registry);
    return server::testing::complaints_about(text, registry, server::check_compositions);
}

std::string repeated(const std::string& text, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
}

TEST(ConfigLimits, AreOfSizeTextAndDepth) {
    EXPECT_EQ(complaints_about(std::string(1024 * 1024 + 1, '#')),
              "kamaelia.yaml:1:1: longer than 1 MiB; expected a shorter text\n");
    EXPECT_EQ(complaints_about("media: " + std::string(1024 * 1024 - 10, 'x')),
              "kamaelia.yaml:1:8: a text longer than 64 KiB\n");
    EXPECT_EQ(complaints_about("media: " + std::string(32, '[') + std::string(32, ']')),
              "kamaelia.yaml:1:39: nested deeper than 32 levels\n");
}

TEST(ConfigLimits, HoldHoweverDepthIsWritten) {
    for (const auto* one : {"[", "{a: ", "- ", "? ", "{[", "&a [", "!!x [", "{? "})
        EXPECT_THAT(complaints_about(repeated(one, 100'000)), StartsWith("kamaelia.yaml:1:")) << one;
    std::string stairs;
    for (int i = 0; i < 1000; ++i) stairs += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    EXPECT_THAT(complaints_about(stairs), HasSubstr("nested deeper than 32 levels"));
}

TEST(ConfigLimits, CountWhatAliasesRepeat) {
    std::string bomb = "media: &a [x, x, x, x, x, x, x, x, x, x]\n";
    for (char c = 'b'; c <= 'j'; ++c) {
        const std::string before = std::string{" *"} + static_cast<char>(c - 1);
        bomb += std::string{c} + ": &" + c + " [" + before;
        for (int i = 0; i < 9; ++i) bomb += "," + before;
        bomb += "]\n";
    }
    EXPECT_THAT(complaints_about(bomb), HasSubstr("kamaelia.yaml:5:33: more than 100000 values\n"));
}

TEST(ConfigLimits, NoMessageRepeatsALongText) {
    const std::string name(60'000, 'N');
    for (const auto& text :
         {name + ": 1\n", "media: ${" + name + "}\n", "log: { level: " + name + " }\n",
          "servers: { " + name + ": { listen: \"http://h:1\" } }\n",
          "servers: { e: { listen: \"http://" + name + ":1\" } }\n",
          "servers: { e: { listen: \"" + name + "\" } }\n",
          "servers: { e: { listen: \"tcp://h:1\", protocol: [ " + name + " ] } }\n",
          "servers: { e: { listen: \"tcp://h:1\", protocol: [ { " + name + ": 1, b: 2 } ] } }\n",
          "pipelines: { p: { components: { " + name + ": Echo } } }\n",
          "pipelines: { p: { components: { a: Echo }, linkages: [ " + name + ".outbox -> a.inbox ] } }\n",
          "pipelines: { p: { components: { a: Echo }, linkages: [ a." + name + " -> a.inbox ] } }\n",
          "pipelines: { p: [ ReadFileAdaptor: { filename: a, " + name + ": 1 } ] }\n",
          "media: 'a' " + name + "\n", "a: &" + name + " 1\nb: *" + name + "x\n", "a: !" + name + " 1\n"}) {
        const auto lines = complaints_about(text);
        EXPECT_FALSE(lines.empty()) << text.substr(0, 40);
        EXPECT_LT(lines.size(), 1000U) << text.substr(0, 40);
    }
}

// On an idle machine none takes more than about four seconds as it is built for development.
TEST(ConfigLimits, EveryMegabyteIsReadInTime) {
    const std::string key = "x" + std::string(50, 'k');
    std::string keys;
    std::string pipelines = "pipelines:\n";
    std::string unknown = "servers:\n  e:\n    listen: tcp://h:1\n    protocol:\n";
    std::string addresses = "servers:\n  e:\n    protocol: [ Echo ]\n    listen:\n";
    for (int i = 0; i < 15'000; ++i) {
        const auto number = std::to_string(i);
        keys += key + number + ": 1\n";
        if (i < 60) pipelines += "  " + key + number + ": [ Echo ]\n";
        unknown += "      - " + key + "y" + number + "\n";
        addresses += "      - tcp://h" + number + ".example:80\n";
    }
    for (const auto& text :
         {keys, unknown + pipelines, addresses, "log: {" + repeated("a: ${SET}, ", 90'000),
          "log: [" + repeated("\"\", ", 99'000) + "]", repeated("? a\n", 200'000),
          repeated("a: b: ", 150'000), "media: \"" + repeated("\\x41", 200'000), repeated("'", 1'000'000),
          repeated("*a ", 300'000), repeated("!!!!", 250'000), repeated("%A\n", 300'000),
          repeated("---\n", 250'000), repeated("- a\n", 90'000)}) {
        const auto began = std::chrono::steady_clock::now();
        (void)complaints_about(text);
        const auto took = std::chrono::steady_clock::now() - began;
        EXPECT_LT(took, std::chrono::seconds{20}) << text.substr(0, 40);
    }
}

} // namespace
