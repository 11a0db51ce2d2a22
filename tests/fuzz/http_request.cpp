// Requests come out the same however the bytes were split on their way. The first four bytes of the
// input say how.
#include "kamaelia/protocol/http/request_reader.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace kamaelia::http;
using kamaelia::Field;
using State = RequestReader::State;

constexpr std::size_t pieces = 4;

// Small, so that the fuzzer gets beyond them.
constexpr ReadLimits limits{.request_line = 64, .head = 256, .fields = 8, .body = 64};

std::string describe(const Request& request) {
    std::string text = std::to_string(static_cast<int>(request.method)) + ' ' + request.target +
                       (request.http_1_0 ? " 1.0" : " 1.1") + (request.keep_alive ? " keep\n" : " close\n");
    for (const Field& field : request.fields) text += field.name + '=' + field.value + '\n';
    return text;
}

// What a connection with `input` comes to, when it arrives in pieces of these sizes in turn.
std::string read_all(std::string_view input, const std::array<std::size_t, pieces>& sizes) {
    RequestReader reader{limits};
    std::string transcript;
    std::size_t at = 0;
    for (std::size_t turn = 0; at < input.size(); ++turn) {
        const std::size_t end = std::min(input.size(), at + sizes[turn % pieces]);
        while (at < end) {
            const std::size_t used = reader.feed(input.substr(at, end - at));
            if (used > end - at) std::abort();
            at += used;
            if (reader.state() == State::failed)
                return transcript + "failed " + std::to_string(static_cast<int>(reader.error().status));
            if (reader.state() == State::wants_continue && reader.request().method == Method::get) {
                transcript += "continue\n";
                reader.proceed();
            } else if (reader.state() == State::complete || reader.state() == State::wants_continue)
                transcript += describe(reader.take()) + "up to " + std::to_string(at) + '\n';
            else if (at != end)
                std::abort(); // more is needed, but not all was used
        }
    }
    return transcript + (reader.started() ? "cut off" : "ended");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < pieces) return 0;
    std::array<std::size_t, pieces> sizes{};
    for (std::size_t i = 0; i < pieces; ++i) sizes[i] = data[i] + std::size_t{1};
    const std::string bytes(data + pieces, data + size);
    const std::string whole = read_all(bytes, {bytes.size(), bytes.size(), bytes.size(), bytes.size()});
    if (read_all(bytes, sizes) != whole || read_all(bytes, {1, 1, 1, 1}) != whole) std::abort();
    return 0;
}
