#include "server/config/environment.hpp"

#include <gtest/gtest.h>

namespace {

using server::Environment;
using server::expand;

const Environment environment{{"HOME", "/home/me"}, {"EMPTY", ""}, {"_N1", "x"}, {"NESTED", "${HOME}"}};

TEST(Expand, ReplacesVariablesWhereverTheyStand) {
    EXPECT_EQ(expand("${HOME}", environment), "/home/me");
    EXPECT_EQ(expand("a${HOME}b${_N1}${_N1}c", environment), "a/home/mebxxc");
    EXPECT_EQ(expand("", environment), "");
    EXPECT_EQ(expand("plain", environment), "plain");
    EXPECT_EQ(expand("${EMPTY}", environment), "");
}

TEST(Expand, DoesNotExpandWhatAVariableContains) { EXPECT_EQ(expand("${NESTED}", environment), "${HOME}"); }

TEST(Expand, TakesTheDefaultOfWhatIsUnsetOrEmpty) {
    EXPECT_EQ(expand("${NOPE:-tcp://h:1}", environment), "tcp://h:1");
    EXPECT_EQ(expand("${EMPTY:-d}", environment), "d");
    EXPECT_EQ(expand("${NOPE:-}", environment), "");
    EXPECT_EQ(expand("${HOME:-d}", environment), "/home/me");
}

TEST(Expand, LeavesOtherDollarsAlone) {
    EXPECT_EQ(expand("$HOME costs 5$ and $$", environment), "$HOME costs 5$ and $$");
    EXPECT_EQ(expand("$${HOME} ${HOME}", environment), "${HOME} /home/me");
    EXPECT_EQ(expand("$$${HOME}", environment), "$${HOME}");
}

TEST(Expand, NamesTheVariableThatIsNotSet) {
    EXPECT_EQ(expand("a ${NOPE} b", environment).error(),
              "${NOPE}: the environment variable NOPE is not set; ${NOPE:-default} would give a default");
}

TEST(Expand, RefusesWhatIsMalformed) {
    for (const auto* text :
         {"${", "${HOME", "${}", "${1A}", "${A B}", "${HOME-x}", "${:-x}", "${A:-${B}}", "${Ä}"})
        EXPECT_FALSE(expand(text, environment)) << text;
}

TEST(ProcessEnvironment, HasTheVariablesOfThisProcess) {
    ASSERT_EQ(setenv("KAMAELIA_TEST", "a=b", 1), 0);
    EXPECT_EQ(server::process_environment().at("KAMAELIA_TEST"), "a=b");
    ASSERT_EQ(unsetenv("KAMAELIA_TEST"), 0);
    EXPECT_FALSE(server::process_environment().contains("KAMAELIA_TEST"));
}

} // namespace
