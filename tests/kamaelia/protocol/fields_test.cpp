#include "kamaelia/protocol/fields.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace {

using namespace kamaelia;

const std::vector<Field> fields{{"CSeq", "1"}, {"Session", "a"}, {"session", "b"}, {"Empty", ""}};

TEST(Fields, AreFoundWhateverTheCaseOfTheirNames) {
    EXPECT_EQ(find_field(fields, "cseq"), "1");
    EXPECT_EQ(find_field(fields, "EMPTY"), "");
    EXPECT_EQ(find_field(fields, "CSe"), std::nullopt);
}

TEST(Fields, HaveNoValueWhenTheyAreRepeated) {
    EXPECT_EQ(find_field(fields, "Session"), std::nullopt);
    EXPECT_TRUE(has_field(fields, "Session"));
    EXPECT_FALSE(has_field(fields, "Range"));
}

} // namespace
