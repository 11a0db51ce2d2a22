#include "kamaelia/protocol/http/response.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <limits>

namespace {

using namespace kamaelia::http;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::chrono::sys_seconds date{std::chrono::seconds{784111777}};

TEST(HttpResponse, FormatsTheHeadOfAFile) {
    EXPECT_EQ(
        format_head(
            {.date = date, .content_type = "audio/ogg", .content_length = 564037, .accept_ranges = true}),
        "HTTP/1.1 200 OK\r\n"
        "Server: kamaelia\r\n"
        "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
        "Content-Type: audio/ogg\r\n"
        "Content-Length: 564037\r\n"
        "Accept-Ranges: bytes\r\n"
        "Access-Control-Allow-Origin: *\r\n"
        "Access-Control-Expose-Headers: Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified\r\n"
        "Connection: keep-alive\r\n"
        "\r\n");
}

TEST(HttpResponse, FormatsTheHeadOfAPart) {
    const std::string head = format_head({.status = Status::partial_content,
                                          .date = date,
                                          .content_length = 1,
                                          .content_range = "bytes 0-0/564037"});
    EXPECT_THAT(head, StartsWith("HTTP/1.1 206 Partial Content\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nContent-Range: bytes 0-0/564037\r\n"));
}

TEST(HttpResponse, LeavesOutWhatIsNotSet) {
    const std::string head = format_head({.status = Status::not_found, .date = date});
    for (const char* const name :
         {"Content-Type:", "Content-Length:", "Content-Range:", "Allow:", "Accept-Ranges:", "ETag:",
          "Last-Modified:", "Cache-Control:", "Location:"})
        EXPECT_THAT(head, Not(HasSubstr(std::string{"\r\n"} + name)));
}

TEST(HttpResponse, TellsWhichVersionItIsAndHowLongItMayBeKept) {
    const std::string head = format_head({.date = date,
                                          .entity_tag = "\"v1\"",
                                          .last_modified = date - std::chrono::seconds{1},
                                          .cache_control = cache_control(std::chrono::minutes{2})});
    EXPECT_THAT(head, HasSubstr("\r\nETag: \"v1\"\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nLast-Modified: Sun, 06 Nov 1994 08:49:36 GMT\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nCache-Control: max-age=120\r\n"));
    EXPECT_EQ(cache_control({}), "no-cache");
}

TEST(HttpResponse, NamesAnotherPlace) {
    EXPECT_THAT(format_head({.status = Status::moved_permanently, .date = date, .location = "/media/a/"}),
                HasSubstr("\r\nLocation: /media/a/\r\n"));
}

TEST(HttpResponse, SaysThatTheConnectionEnds) {
    EXPECT_THAT(format_head({.date = date, .keep_alive = false}), HasSubstr("\r\nConnection: close\r\n"));
}

TEST(HttpResponse, NamesTheMethodsThatAreAllowed) {
    const std::string head =
        format_head({.status = Status::method_not_allowed, .date = date, .allow = "GET, HEAD"});
    EXPECT_THAT(head, StartsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nAllow: GET, HEAD\r\n"));
}

TEST(HttpResponse, SendsALengthOfZeroAndTheLargest) {
    EXPECT_THAT(format_head({.date = date, .content_length = 0}), HasSubstr("\r\nContent-Length: 0\r\n"));
    EXPECT_THAT(format_head({.date = date, .content_length = std::numeric_limits<std::uint64_t>::max()}),
                HasSubstr("\r\nContent-Length: 18446744073709551615\r\n"));
}

TEST(HttpResponse, HasAReasonForEveryStatus) {
    EXPECT_EQ(reason(Status::bad_request), "Bad Request");
    for (const Status status : {Status::ok,
                                Status::no_content,
                                Status::partial_content,
                                Status::moved_permanently,
                                Status::not_modified,
                                Status::bad_request,
                                Status::forbidden,
                                Status::not_found,
                                Status::method_not_allowed,
                                Status::request_timeout,
                                Status::precondition_failed,
                                Status::content_too_large,
                                Status::uri_too_long,
                                Status::range_not_satisfiable,
                                Status::expectation_failed,
                                Status::header_fields_too_large,
                                Status::internal_server_error,
                                Status::not_implemented,
                                Status::service_unavailable,
                                Status::version_not_supported}) {
        const std::string code = std::to_string(static_cast<int>(status));
        EXPECT_THAT(format_head({.status = status, .date = date}),
                    StartsWith("HTTP/1.1 " + code + ' ' + std::string{reason(status)} + "\r\n"));
        EXPECT_NE(reason(status), "<unknown-status>");
    }
}

} // namespace
