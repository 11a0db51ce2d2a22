#include "kamaelia/protocol/rtsp/status.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

namespace {

using namespace kamaelia::rtsp;

// RFC 2326 7.1.1
TEST(RtspStatus, HasItsReason) {
    const std::pair<int, std::string_view> cases[] = {
        {200, "OK"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {406, "Not Acceptable"},
        {410, "Gone"},
        {413, "Request Entity Too Large"},
        {414, "Request-URI Too Large"},
        {451, "Parameter Not Understood"},
        {453, "Not Enough Bandwidth"},
        {454, "Session Not Found"},
        {455, "Method Not Valid in This State"},
        {457, "Invalid Range"},
        {459, "Aggregate operation not allowed"},
        {461, "Unsupported transport"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "RTSP Version not supported"},
        {551, "Option not supported"},
    };
    for (const auto& [code, text] : cases) EXPECT_EQ(reason(static_cast<Status>(code)), text) << code;
}

} // namespace
