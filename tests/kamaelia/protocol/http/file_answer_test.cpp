#include "kamaelia/protocol/http/file_answer.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace {

using namespace kamaelia::http;
using kamaelia::Field;
using namespace std::chrono_literals;

const ServedFile file{.version = {.size = 100,
                                  .modified = std::chrono::sys_time<std::chrono::nanoseconds>{50s + 7ns},
                                  .inode = 3},
                      .type = "audio/ogg",
                      .max_age = 0s,
                      .now = std::chrono::sys_seconds{1000s}};

FileAnswer ask(std::vector<Field> fields, Method method = Method::get) {
    return answer_file({.method = method, .target = "/", .fields = std::move(fields)}, file);
}

TEST(HttpFileAnswer, IsTheFileWithItsValidators) {
    for (const auto method : {Method::get, Method::head}) {
        const auto answer = ask({}, method);
        EXPECT_EQ(answer.head.status, Status::ok);
        EXPECT_EQ(answer.head.content_type, "audio/ogg");
        EXPECT_EQ(answer.head.content_length, 100U);
        EXPECT_EQ(answer.head.entity_tag, file_tag(file.version));
        EXPECT_EQ(answer.head.last_modified, std::chrono::sys_seconds{50s});
        EXPECT_EQ(answer.head.cache_control, "no-cache");
        EXPECT_TRUE(answer.head.accept_ranges);
        EXPECT_EQ(answer.offset, 0U);
        EXPECT_EQ(answer.count, 100U);
    }
}

TEST(HttpFileAnswer, IsThePartThatIsAskedFor) {
    const auto answer = ask({{"Range", "bytes=10-19"}});
    EXPECT_EQ(answer.head.status, Status::partial_content);
    EXPECT_EQ(answer.head.content_range, "bytes 10-19/100");
    EXPECT_EQ(answer.head.content_length, 10U);
    EXPECT_EQ(answer.head.entity_tag, file_tag(file.version));
    EXPECT_EQ(answer.offset, 10U);
    EXPECT_EQ(answer.count, 10U);
    EXPECT_EQ(ask({{"Range", "bytes=10-19"}}, Method::head).head.status, Status::ok);
}

TEST(HttpFileAnswer, IsTheWholeFileWhereIfRangeMeansAnother) {
    EXPECT_EQ(ask({{"Range", "bytes=10-19"}, {"If-Range", "\"other\""}}).count, 100U);
    EXPECT_EQ(ask({{"Range", "bytes=10-19"}, {"If-Range", file_tag(file.version)}}).count, 10U);
    EXPECT_EQ(ask({{"Range", "bytes=200-"}, {"If-Range", "\"other\""}}).head.status, Status::ok);
}

TEST(HttpFileAnswer, SaysWhatIsNotThere) {
    const auto answer = ask({{"Range", "bytes=100-"}});
    EXPECT_EQ(answer.head.status, Status::range_not_satisfiable);
    EXPECT_TRUE(answer.refused());
    EXPECT_EQ(answer.head.content_range, "bytes */100");
    EXPECT_EQ(answer.head.content_type, "") << "the type of the file is not that of the refusal";
    EXPECT_EQ(answer.count, 0U);
}

TEST(HttpFileAnswer, HasNoBodyForWhoHasTheFile) {
    const auto answer = ask({{"If-None-Match", file_tag(file.version)}, {"Range", "bytes=100-"}});
    EXPECT_EQ(answer.head.status, Status::not_modified);
    EXPECT_FALSE(answer.refused());
    EXPECT_EQ(answer.head.entity_tag, file_tag(file.version));
    EXPECT_EQ(answer.head.cache_control, "no-cache");
    EXPECT_FALSE(answer.head.content_length);
    EXPECT_EQ(answer.head.content_type, "");
    EXPECT_EQ(answer.count, 0U);
}

TEST(HttpFileAnswer, ConditionsComeBeforeRanges) {
    EXPECT_EQ(ask({{"If-Match", "\"other\""}, {"Range", "bytes=100-"}}).head.status,
              Status::precondition_failed);
}

TEST(HttpFileAnswer, IsNeverFromTheFuture) {
    auto odd = file;
    odd.now = std::chrono::sys_seconds{20s};
    EXPECT_EQ(answer_file({}, odd).head.last_modified, odd.now);
}

TEST(HttpFileAnswer, MayBeKeptAsLongAsTheOperatorSays) {
    auto kept = file;
    kept.max_age = 1h;
    EXPECT_EQ(answer_file({}, kept).head.cache_control, "max-age=3600");
}

} // namespace
