// The whole way of a request for a file: what is read as one is answered with a part of the file, or none,
// and the head of the answer is one. The first byte says how long the file is, in bits.
#include "kamaelia/protocol/http/file_answer.hpp"
#include "kamaelia/protocol/http/request_reader.hpp"
#include "kamaelia/protocol/http/target.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace kamaelia::http;

void require(bool condition) {
    if (!condition) std::abort();
}

// One CRLF CRLF, at the end, and no control character besides.
void check_head(std::string_view head) {
    require(head.starts_with("HTTP/1.1 ") && head.find("\r\n\r\n") == head.size() - 4);
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (head[i] == '\n') require(i > 0 && head[i - 1] == '\r');
        require(head[i] == '\r' || head[i] == '\n' || head[i] >= ' ');
    }
}

void check(const Request& request, std::uint64_t size) {
    const ServedFile file{
        .version = {.size = size,
                    .modified = std::chrono::sys_time<std::chrono::nanoseconds>{std::chrono::seconds{5}},
                    .inode = 1},
        .type = "audio/ogg",
        .max_age = {},
        .now = std::chrono::sys_seconds{std::chrono::seconds{1'000'000'000}}};
    const auto answer = answer_file(request, file);
    require(answer.offset <= size && answer.count <= size - answer.offset);
    const bool with_file = answer.head.status == Status::ok || answer.head.status == Status::partial_content;
    require(with_file || answer.count == 0);
    require(!with_file || answer.head.content_length == answer.count);
    require((answer.head.status == Status::ok) == (with_file && answer.head.content_range.empty()));
    check_head(format_head(answer.head));
    // Whoever has this version is told so, whatever else was asked.
    if (with_file) {
        auto again = request;
        again.fields.push_back({"If-None-Match", answer.head.entity_tag});
        require(answer_file(again, file).head.status == Status::not_modified);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::uint64_t length = (std::uint64_t{1} << (data[0] % 64)) - 1;
    RequestReader reader;
    const std::string text(data + 1, data + size);
    for (std::string_view rest = text; !rest.empty();) {
        rest.remove_prefix(reader.feed(rest));
        if (reader.state() == RequestReader::State::failed) break;
        if (reader.state() == RequestReader::State::wants_continue) reader.proceed();
        if (reader.state() != RequestReader::State::complete) continue;
        const auto request = reader.take();
        const bool for_a_file = request.method == Method::get || request.method == Method::head;
        if (for_a_file && parse_target(request.target)) check(request, length);
    }
    return 0;
}
