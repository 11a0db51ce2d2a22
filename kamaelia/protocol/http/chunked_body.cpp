#include "kamaelia/protocol/http/chunked_body.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>

namespace kamaelia::http {

std::expected<std::string_view, Status> ChunkedBody::take(std::string_view& bytes) {
    while (!bytes.empty() && !done()) {
        if (state_ == State::data) {
            const std::string_view data = bytes.substr(0, std::min<std::uint64_t>(bytes.size(), remaining_));
            bytes.remove_prefix(data.size());
            remaining_ -= data.size();
            if (remaining_ == 0) state_ = State::data_cr;
            return data;
        }
        const auto put_one = put(bytes.front());
        if (!put_one) return std::unexpected{put_one.error()};
        bytes.remove_prefix(1);
    }
    return std::string_view{};
}

std::expected<void, Status> ChunkedBody::put(char byte) {
    switch (state_) {
    case State::data_cr: return expect(byte, '\r', State::data_lf);
    case State::data_lf: return expect(byte, '\n', State::size_start);
    case State::line_start:
    case State::line:
    case State::line_lf:
    case State::last_lf: return put_in_trailer(byte);
    default: return put_in_size_line(byte);
    }
}

std::expected<void, Status> ChunkedBody::put_in_size_line(char byte) {
    if (state_ == State::size_start) line_length_ = 0;
    if (line_length_++ == limits_.line) return std::unexpected{Status::header_fields_too_large};
    if (state_ == State::size_lf)
        return byte == '\n' ? end_size_line() : std::unexpected{Status::bad_request};
    if (state_ == State::size_start || (state_ == State::size && hex_value(byte) < 16))
        return add_digit(byte);
    if (byte == '\r') {
        state_ = State::size_lf;
    } else if (byte == ';') {
        state_ = State::extension;
    } else if (state_ != State::extension) {
        if (byte != ' ' && byte != '\t') return std::unexpected{Status::bad_request};
        state_ = State::padding;
    } else if (!is_text(byte)) {
        return std::unexpected{Status::bad_request};
    }
    return {};
}

std::expected<void, Status> ChunkedBody::add_digit(char byte) {
    const unsigned digit = hex_value(byte);
    if (digit > 15) return std::unexpected{Status::bad_request};
    if (remaining_ >> 60 != 0) return std::unexpected{Status::content_too_large}; // not even 64 bits hold it
    remaining_ = remaining_ << 4 | digit;
    state_ = State::size;
    return {};
}

std::expected<void, Status> ChunkedBody::end_size_line() {
    if (remaining_ > limits_.body - total_) return std::unexpected{Status::content_too_large};
    total_ += remaining_;
    if (remaining_ != 0) {
        state_ = State::data;
    } else {
        state_ = State::line_start;
        line_length_ = 0;
    }
    return {};
}

std::expected<void, Status> ChunkedBody::put_in_trailer(char byte) {
    if (line_length_++ == limits_.trailer) return std::unexpected{Status::header_fields_too_large};
    if (state_ == State::line_lf) return expect(byte, '\n', State::line_start);
    if (state_ == State::last_lf) return expect(byte, '\n', State::done);
    if (byte == '\r') {
        state_ = state_ == State::line_start ? State::last_lf : State::line_lf;
        return {};
    }
    if (!is_text(byte)) return std::unexpected{Status::bad_request};
    state_ = State::line;
    return {};
}

std::expected<void, Status> ChunkedBody::expect(char byte, char expected, State next) {
    if (byte != expected) return std::unexpected{Status::bad_request};
    state_ = next;
    return {};
}

} // namespace kamaelia::http
