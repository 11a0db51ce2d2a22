// Nobody comes in without the password, whatever is sent as Authorization and whatever the users file is. A
// line feed ends the field; what follows is the file.
#include "kamaelia/protocol/rtsp/authorization.hpp"

#include <algorithm>
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
    if (const auto read = Users::parse(std::string_view{input}.substr(std::min(end + 1, input.size())));
        !read)
        for (const UsersError& error : read.error())
            if (error.line == 0 || error.what.empty()) std::abort();

    static const Users users = Users::parse("alice:media:0307e4310caaf2a0e56361d36e750e3c").value();
    static const Nonce nonce{.text = "6553f100-2f84b4073f845ffdb0655fb07897bf5a"};
    Request request{.method = Method::describe, .method_name = "DESCRIBE", .url = "rtsp://h/file"};
    request.fields.push_back({"Authorization", input.substr(0, end)});
    const auto verdict = authorize(users, request, nonce, {});
    // The corpus has the right password, for Basic.
    if (verdict.decision == Decision::granted && !input.contains("YWxpY2U6c2VjcmV0")) std::abort();
    return 0;
}
