// LineNumberer: a plain class is tested plainly.
#include "tests/examples/line_numberer.hpp"

#include <gtest/gtest.h>

namespace {

using examples::LineNumberer;

// [plain]
TEST(LineNumberer, CountsFromWhereItIsTold) {
    LineNumberer numberer{10};
    EXPECT_EQ(numberer.number("to be"), "10 to be");
    EXPECT_EQ(numberer.number("or not"), "11 or not");
    numberer.restart(1);
    EXPECT_EQ(numberer.number("to be"), "1 to be");
}
// [/plain]

} // namespace
