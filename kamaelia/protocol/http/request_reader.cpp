#include "kamaelia/protocol/http/request_reader.hpp"

#include "kamaelia/protocol/http/chunked_body.hpp"
#include "kamaelia/protocol/http/head_parser.hpp"
#include "kamaelia/protocol/http/head_rules.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace kamaelia::http {

struct RequestReader::Reading {
    explicit Reading(const ReadLimits& l) : limits{l}, scanner{l.request_line, l.head}, parser{l.fields} {}

    std::size_t feed(std::string_view bytes);
    void take_body();

    ReadLimits limits;
    HeadScanner scanner;
    HeadParser parser;
    std::uint64_t length = 0;          // of the body: how much is still to come
    std::optional<ChunkedBody> chunks; // the body, if it is chunked
    RequestError error;
    State state = State::need_more;

private:
    void feed_head(char byte);
    void parse_line();
    void parse_fields();
    void begin_body();
    std::size_t skip_length(std::string_view bytes);
    std::size_t skip_chunks(std::string_view bytes);
    void fail(RequestError why);
};

std::size_t RequestReader::Reading::feed(std::string_view bytes) {
    std::size_t used = 0;
    while (used < bytes.size() && state == State::need_more) {
        if (chunks)
            used += skip_chunks(bytes.substr(used));
        else if (length != 0)
            used += skip_length(bytes.substr(used));
        else
            feed_head(bytes[used++]);
    }
    return used;
}

void RequestReader::Reading::feed_head(char byte) {
    auto reached = scanner.put(byte);
    if (!reached) return fail(std::move(reached.error()));
    if (*reached == HeadScanner::Reached::request_line) parse_line();
    if (*reached == HeadScanner::Reached::head) parse_fields();
}

void RequestReader::Reading::parse_line() {
    const std::string_view line = scanner.text();
    const auto later = as_1_1(line);
    auto parsed = parser.parse_line(later ? *later : line);
    if (parsed) return;
    if (parsed.error().status == Status::version_not_supported && !names_a_version(line))
        parsed.error().status = Status::bad_request;
    fail(std::move(parsed.error()));
}

void RequestReader::Reading::parse_fields() {
    const std::string_view head = scanner.text();
    if (auto parsed = parser.parse_fields(head.substr(head.find('\n') + 1)); !parsed)
        return fail(std::move(parsed.error()));
    if (auto checked = check_head(parser.request); !checked) return fail(std::move(checked.error()));
    if (wants_close(parser.request)) parser.request.keep_alive = false;
    begin_body();
}

void RequestReader::Reading::begin_body() {
    if (!parser.chunked() && parser.content_length().value_or(0) == 0)
        state = State::complete;
    else if (expects_continue(parser.request))
        state = State::wants_continue;
    else
        take_body();
}

void RequestReader::Reading::take_body() {
    const std::uint64_t announced = parser.content_length().value_or(0);
    state = State::need_more;
    if (parser.chunked())
        chunks.emplace(ChunkLimits{.line = limits.head, .trailer = limits.head, .body = limits.body});
    else if (announced > limits.body)
        fail({Status::content_too_large, "the body is too large"});
    else
        length = announced;
}

std::size_t RequestReader::Reading::skip_length(std::string_view bytes) {
    const std::uint64_t skipped = std::min<std::uint64_t>(bytes.size(), length);
    length -= skipped;
    if (length == 0) state = State::complete;
    return skipped;
}

std::size_t RequestReader::Reading::skip_chunks(std::string_view bytes) {
    std::string_view rest = bytes;
    if (const auto data = chunks->take(rest); !data)
        fail({data.error(), "a chunk that is malformed or too large"});
    else if (chunks->done())
        state = State::complete;
    return bytes.size() - rest.size();
}

void RequestReader::Reading::fail(RequestError why) {
    error = std::move(why);
    state = State::failed;
}

RequestReader::RequestReader(const ReadLimits& limits) : limits_{limits} {}
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;
RequestReader::~RequestReader() = default;

std::size_t RequestReader::feed(std::string_view bytes) {
    if (bytes.empty()) return 0;
    if (!reading_) reading_ = std::make_unique<Reading>(limits_);
    return reading_->feed(bytes);
}

RequestReader::State RequestReader::state() const noexcept {
    return reading_ ? reading_->state : State::need_more;
}

bool RequestReader::started() const noexcept { return reading_ && !reading_->scanner.text().empty(); }

const Request& RequestReader::request() const noexcept { return reading_->parser.request; }

void RequestReader::proceed() { reading_->take_body(); }

Request RequestReader::take() {
    Request request = std::move(reading_->parser.request);
    if (reading_->state == State::wants_continue) request.keep_alive = false;
    reading_.reset();
    return request;
}

const RequestError& RequestReader::error() const noexcept { return reading_->error; }

} // namespace kamaelia::http
