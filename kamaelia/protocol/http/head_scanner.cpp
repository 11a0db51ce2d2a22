#include "kamaelia/protocol/http/head_scanner.hpp"

#include "kamaelia/protocol/syntax.hpp"

namespace kamaelia::http {
namespace {

std::unexpected<RequestError> refuse(Status status, std::string_view reason) {
    return std::unexpected{RequestError{status, std::string{reason}}};
}

} // namespace

HeadScanner::HeadScanner(std::size_t line_limit, std::size_t head_limit)
    : line_limit_{line_limit}, head_limit_{head_limit} {}

std::expected<HeadScanner::Reached, RequestError> HeadScanner::put(char byte) {
    if (skipped_ + text_.size() == head_limit_)
        return refuse(Status::header_fields_too_large, "the head is too large");
    const bool after_cr = text_.ends_with('\r');
    if (after_cr != (byte == '\n')) return refuse(Status::bad_request, "a CR or LF alone");
    if (after_cr) {
        text_ += byte;
        return end_of_line();
    }
    if (byte != '\r') {
        if (!is_text(byte)) return refuse(Status::bad_request, "a control character");
        if (line_start_ == 0 && text_.size() == line_limit_)
            return refuse(Status::uri_too_long, "the request line is too long");
    }
    text_ += byte;
    return Reached::nothing;
}

std::expected<HeadScanner::Reached, RequestError> HeadScanner::end_of_line() {
    const bool empty = text_.size() - line_start_ == 2;
    const bool first = line_start_ == 0;
    if (first && empty) {
        skipped_ += text_.size();
        text_.clear();
        return Reached::nothing;
    }
    line_start_ = text_.size();
    if (first) return Reached::request_line;
    return empty ? Reached::head : Reached::nothing;
}

} // namespace kamaelia::http
