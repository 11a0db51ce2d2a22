// Nobody comes in without the password, whatever is sent as Authorization and whatever the users file is. A
// line feed ends the field; what follows is the file.
#include "kamaelia/protocol/rtsp/authorization.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kamaelia;
    using namespace kamaelia::rtsp;
    const std::string input(data, data + size);
    const std::size_t end = std::min(input.find('\n'), input.size());
    if (const auto read =
            Users::parse(std::string_view{input}.substr(std::min(end + 1, input.size())), "media");
        !read)
        for (const UsersError& error : read.error())
            if (error.line == 0 || error.what.empty()) std::abort();

    static const Users users = Users::parse("alice:media:0307e4310caaf2a0e56361d36e750e3c", "media").value();
    static const Authorizer authorizer{users, {.realm = "media", .key = "0123456789abcdef0123456789abcdef"}};
    Request request{.method = Method::describe, .method_name = "DESCRIBE", .url = "rtsp://h/file"};
    request.fields.push_back({"Authorization", input.substr(0, end)});
    const auto verdict =
        authorizer.check(request, {.now = std::chrono::sys_seconds{std::chrono::seconds{1}}, .peer = "p"});
    // The corpus has the right password, for Basic.
    if (verdict.decision == Decision::granted && !input.contains("YWxpY2U6c2VjcmV0")) std::abort();
    return 0;
}
