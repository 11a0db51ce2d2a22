// What a target asks for behind its `?`.
#include "server/admin/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using server::admin::query_values;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Query, HasEachValueOfAName) {
    EXPECT_THAT(query_values("expand=/a&format=dot&expand=/b", "expand"), ElementsAre("/a", "/b"));
    EXPECT_THAT(query_values("format=dot", "expand"), IsEmpty());
    EXPECT_THAT(query_values("", "expand"), IsEmpty());
    EXPECT_THAT(query_values("expand&expand=", "expand"), ElementsAre("", ""));
}

TEST(Query, DecodesNamesAndValues) {
    EXPECT_THAT(query_values("%65xpand=%2Fweb%2FConnection%23%2a+x", "expand"),
                ElementsAre("/web/Connection#* x"));
    EXPECT_THAT(query_values("a=100%&a=%zz&a=%4", "a"), ElementsAre("100%", "%zz", "%4"));
}

} // namespace
