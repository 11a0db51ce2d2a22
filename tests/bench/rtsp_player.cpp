#include "tests/bench/rtsp_player.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace bench {
namespace {

constexpr std::string_view head_ends = "\r\n\r\n";

// What stands between the two; nothing where the first is not.
std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
    const auto place = text.find(before);
    if (place == text.npos) return {};
    const auto rest = text.substr(place + before.size());
    return rest.substr(0, rest.find_first_of(after));
}

template <class T>
bool parse(std::string_view text, T& to, int base = 10) {
    return std::from_chars(text.data(), text.data() + text.size(), to, base).ec == std::errc{};
}

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t value = 0;
    for (const char byte : bytes) value = value << 8U | static_cast<unsigned char>(byte);
    return value;
}

void put(std::string& to, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        to += static_cast<char>(value >> static_cast<unsigned>(shift));
}

} // namespace

RtspPlayer::RtspPlayer(std::string url, std::string transport, double from)
    : base_{std::move(url)}, transport_{std::move(transport)}, from_{from} {}

std::string RtspPlayer::request() const {
    if (step_ == Step::describe)
        return "DESCRIBE " + base_ + " RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n";
    if (step_ == Step::setup)
        return "SETUP " + control_ + " RTSP/1.0\r\nCSeq: 2\r\nTransport: " + transport_ + "\r\n\r\n";
    return "PLAY " + base_ + " RTSP/1.0\r\nCSeq: 3\r\nSession: " + session_ +
           "\r\nRange: npt=" + std::to_string(from_) + "-\r\n\r\n";
}

std::string RtspPlayer::teardown() const {
    return "TEARDOWN " + base_ + " RTSP/1.0\r\nCSeq: 4\r\nSession: " + session_ + "\r\n\r\n";
}

bool RtspPlayer::hear(std::string_view bytes, const Interleaved& interleaved) {
    unread_ += bytes;
    std::string_view rest = unread_;
    bool any = false;
    while (!rest.empty()) {
        std::size_t size = 0;
        if (rest.front() == '$') {
            size = rest.size() < 4 ? 4 : 4 + big_endian(rest.substr(2, 2));
            if (rest.size() < size) break;
            interleaved(static_cast<std::uint8_t>(rest[1]), rest.substr(4, size - 4));
        } else {
            const auto head = rest.find(head_ends);
            if (head == rest.npos) break;
            std::size_t body = 0;
            (void)parse(between(rest.substr(0, head + 2), "Content-Length: ", "\r"), body);
            size = head + head_ends.size() + body;
            if (rest.size() < size) break;
            answered(rest.substr(0, size));
            any = true;
        }
        rest.remove_prefix(size);
    }
    unread_.erase(0, unread_.size() - rest.size());
    return any;
}

void RtspPlayer::answered(std::string_view answer) {
    bool right = answer.starts_with("RTSP/1.0 200 ");
    switch (step_) {
    case Step::describe: right = right && described(answer); break;
    case Step::setup: right = right && set_up(answer); break;
    case Step::play: right = right && begun(answer); break;
    case Step::playing:
    case Step::failed: return;
    }
    step_ = right ? static_cast<Step>(std::to_underlying(step_) + 1) : Step::failed;
}

bool RtspPlayer::described(std::string_view answer) {
    if (const auto base = between(answer, "Content-Base: ", "\r"); !base.empty()) base_ = base;
    const auto media = answer.substr(std::min(answer.find("\nm=audio"), answer.size()));
    const std::string control{between(media, "\na=control:", "\r\n")};
    control_ = control.starts_with("rtsp://") ? control : base_ + control;
    return !control.empty() && parse(between(between(media, "\na=rtpmap:", "\r\n"), "/", "/"), clock_rate_);
}

bool RtspPlayer::set_up(std::string_view answer) {
    session_ = between(answer, "\r\nSession: ", ";\r");
    const auto ports = between(answer, "server_port=", ";\r");
    if (!ports.empty() && !parse(between(ports, "-", ";"), rtcp_port_)) return false;
    return !session_.empty() && parse(between(answer, "ssrc=", ";\r"), ssrc_, 16);
}

bool RtspPlayer::begun(std::string_view answer) {
    const auto info = between(answer, "\r\nRTP-Info: ", "\r");
    return parse(between(info, "seq=", ";,"), sequence_) && parse(between(info, "rtptime=", ";,"), rtp_time_);
}

RtpHead rtp_head(std::string_view packet) noexcept {
    return {.sequence = static_cast<std::uint16_t>(big_endian(packet.substr(2, 2))),
            .timestamp = big_endian(packet.substr(4, 4)),
            .ssrc = big_endian(packet.substr(8, 4))};
}

std::string receiver_report(std::uint32_t reporter, std::uint32_t ssrc, std::uint32_t sequence) {
    std::string compound{"\x81\xc9\x00\x07", 4};
    for (const auto value : {reporter, ssrc, 0U, sequence, 0U, 0U, 0U}) put(compound, value);
    compound += std::string_view{"\x81\xca\x00\x03", 4};
    put(compound, reporter);
    return compound += std::string_view{"\x01\x05"
                                        "bench\x00",
                                        8};
}

} // namespace bench
