#include "kamaelia/protocol/rtsp/message_reader.hpp"

#include "kamaelia/protocol/rtsp/head.hpp"
#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace kamaelia::rtsp {
namespace {

constexpr char frame_mark = '$';
constexpr std::size_t frame_header = 4; // the mark, the channel, two bytes of length

unsigned byte_at(std::string_view bytes, std::size_t index) {
    return static_cast<unsigned char>(bytes[index]);
}

// The size of the frame at the front of `bytes`, as far as they tell it; at least its header.
std::size_t frame_size(std::string_view bytes) {
    return bytes.size() < frame_header ? frame_header
                                       : frame_header + (byte_at(bytes, 2) << 8U | byte_at(bytes, 3));
}

Frame frame_of(std::string_view bytes) {
    return {static_cast<std::uint8_t>(byte_at(bytes, 1)), bytes.substr(frame_header)};
}

} // namespace

struct MessageReader::Reading {
    explicit Reading(const ReadLimits& l) : limits{l} {}

    std::optional<Message> take(std::string_view& bytes);

    ReadLimits limits;
    bool delivered = false; // it is a frame that lies in `text`
    std::string text;       // of the head or body, or of the frame

private:
    enum class Part : std::uint8_t { head, body, frame };

    std::optional<Message> put(char byte);
    std::optional<Message> end_of_line();
    std::optional<Message> end_of_head();
    std::optional<Message> take_body(std::string_view& bytes);
    std::optional<Message> take_frame(std::string_view& bytes);
    void take_up_to(std::size_t size, std::string_view& bytes);
    Message complete();
    [[nodiscard]] Refusal refuse(Status status, std::string_view why) const {
        return {.status = status, .why = why, .cseq = head.cseq};
    }

    Part part = Part::head;
    bool after_cr = false;
    std::size_t skipped = 0;    // empty lines in front: an endless row of them is no message
    std::size_t line_start = 0; // of the line that is coming in, in text
    Head head;
};

std::optional<Message> MessageReader::Reading::take(std::string_view& bytes) {
    while (!bytes.empty() && part == Part::head) {
        if (text.empty() && !after_cr && bytes.front() == frame_mark) {
            part = Part::frame;
            break;
        }
        const char byte = bytes.front();
        bytes.remove_prefix(1);
        if (auto message = put(byte)) return message;
    }
    if (part == Part::body) return take_body(bytes);
    if (part == Part::frame) return take_frame(bytes);
    return std::nullopt;
}

std::optional<Message> MessageReader::Reading::put(char byte) {
    if (after_cr && byte != '\n') return refuse(Status::bad_request, "a CR alone");
    after_cr = byte == '\r';
    if (after_cr) return std::nullopt;
    if (skipped + text.size() == limits.head) return refuse(Status::bad_request, "the head is too large");
    if (byte == '\n') return end_of_line();
    if (!is_text(byte)) return refuse(Status::bad_request, "a control character");
    if (line_start == 0 && text.size() == limits.start_line)
        return refuse(Status::uri_too_long, "the start line is too long");
    text += byte;
    return std::nullopt;
}

std::optional<Message> MessageReader::Reading::end_of_line() {
    const std::string_view line = std::string_view{text}.substr(line_start);
    if (line.empty()) {
        if (line_start != 0) return end_of_head();
        ++skipped;
        return std::nullopt;
    }
    if (line_start == 0) {
        auto parsed = parse_start_line(line);
        if (!parsed) return parsed.error();
        head = std::move(*parsed);
    }
    text += '\n';
    line_start = text.size();
    return std::nullopt;
}

std::optional<Message> MessageReader::Reading::end_of_head() {
    const std::string_view lines = std::string_view{text}.substr(text.find('\n') + 1);
    if (const auto parsed = parse_fields(lines, limits.fields, head); !parsed)
        return refuse(parsed.error().status, parsed.error().why);
    if (head.http) {
        Refusal refusal = refuse(Status::not_implemented, "HTTP");
        refusal.http = true;
        return refusal;
    }
    if (head.length > limits.body) return refuse(Status::content_too_large, "the body is too large");
    text.clear();
    part = Part::body;
    if (head.length == 0) return complete();
    return std::nullopt;
}

void MessageReader::Reading::take_up_to(std::size_t size, std::string_view& bytes) {
    const std::size_t count = std::min(bytes.size(), size - std::min(size, text.size()));
    text += bytes.substr(0, count);
    bytes.remove_prefix(count);
}

std::optional<Message> MessageReader::Reading::take_body(std::string_view& bytes) {
    take_up_to(head.length, bytes);
    if (text.size() < head.length) return std::nullopt;
    return complete();
}

std::optional<Message> MessageReader::Reading::take_frame(std::string_view& bytes) {
    take_up_to(frame_header, bytes);
    take_up_to(frame_size(text), bytes);
    if (text.size() < frame_size(text)) return std::nullopt;
    delivered = true;
    return frame_of(text);
}

Message MessageReader::Reading::complete() {
    Refusal refusal = refuse(Status::bad_request, "no CSeq, or one that is no number");
    refusal.ends = false;
    if (head.other_version) {
        refusal.status = Status::version_not_supported;
        refusal.why = "a version other than RTSP/1.0";
        return refusal;
    }
    if (auto* const reply = std::get_if<Reply>(&head.message)) {
        reply->cseq = head.cseq;
        reply->body = std::move(text);
        return std::move(*reply);
    }
    if (!head.cseq) return refusal;
    auto& request = std::get<Request>(head.message);
    request.cseq = *head.cseq;
    request.body = std::move(text);
    return std::move(request);
}

MessageReader::MessageReader(const ReadLimits& limits) : limits_{limits} {}
MessageReader::MessageReader(MessageReader&&) noexcept = default;
MessageReader& MessageReader::operator=(MessageReader&&) noexcept = default;
MessageReader::~MessageReader() = default;

std::optional<Message> MessageReader::next(std::string_view& bytes) {
    if (reading_ && reading_->delivered) reading_.reset();
    if (ended_ || bytes.empty()) return std::nullopt;
    if (!reading_) {
        // Most frames come whole: nothing is copied.
        if (bytes.front() == frame_mark && bytes.size() >= frame_size(bytes)) {
            const std::string_view whole = bytes.substr(0, frame_size(bytes));
            bytes.remove_prefix(whole.size());
            return frame_of(whole);
        }
        reading_ = std::make_unique<Reading>(limits_);
    }
    auto message = reading_->take(bytes);
    if (!message) return std::nullopt;
    if (const auto* const refusal = std::get_if<Refusal>(&*message)) ended_ = refusal->ends;
    if (!reading_->delivered) reading_.reset();
    return message;
}

} // namespace kamaelia::rtsp
