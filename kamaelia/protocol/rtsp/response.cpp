#include "kamaelia/protocol/rtsp/response.hpp"

#include "kamaelia/protocol/date.hpp"
#include "kamaelia/protocol/syntax.hpp"

#include <utility>

namespace kamaelia::rtsp {
namespace {

// What a head has mostly, in bytes.
constexpr std::size_t usual_size = 512;

class Lines {
public:
    Lines(std::string_view version, Status status, std::size_t body) {
        text_.reserve(usual_size + body);
        text_.append(version).append(" ").append(std::to_string(std::to_underlying(status))).append(" ");
        text_.append(reason(status)).append("\r\n");
    }
    void add(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        text_.append(name).append(": ");
        for (const char c : value)
            if (!is_control(c)) text_ += c;
        text_.append("\r\n");
    }
    std::string finish(std::string_view body) { return std::move(text_.append("\r\n").append(body)); }

private:
    std::string text_;
};

std::string session_value(const Response& response) {
    if (response.session.empty() || !response.timeout) return response.session;
    return response.session + ";timeout=" + std::to_string(response.timeout->count());
}

} // namespace

std::string format_response(const Response& response) {
    Lines lines{"RTSP/1.0", response.status, response.body.size()};
    if (response.cseq) lines.add("CSeq", std::to_string(*response.cseq));
    lines.add("Date", format_date(response.date));
    lines.add("Server", "kamaelia");
    lines.add("Timestamp", response.timestamp);
    lines.add("Session", session_value(response));
    lines.add("Transport", response.transport);
    lines.add("Range", response.range);
    lines.add("RTP-Info", response.rtp_info);
    lines.add("Scale", response.scale);
    lines.add("Speed", response.speed);
    if (response.public_methods) lines.add("Public", offered_methods);
    lines.add("Unsupported", response.unsupported);
    for (const std::string& challenge : response.www_authenticate) lines.add("WWW-Authenticate", challenge);
    if (response.close) lines.add("Connection", "close");
    lines.add("Content-Base", response.content_base);
    lines.add("Content-Type", response.content_type);
    if (!response.body.empty()) lines.add("Content-Length", std::to_string(response.body.size()));
    return lines.finish(response.body);
}

std::string format_refusal(const Refusal& refusal, std::chrono::sys_seconds date) {
    if (!refusal.http)
        return format_response(
            {.status = refusal.status, .cseq = refusal.cseq, .date = date, .close = refusal.ends});
    Lines lines{"HTTP/1.0", refusal.status, 0};
    lines.add("Date", format_date(date));
    lines.add("Server", "kamaelia");
    lines.add("Connection", "close");
    lines.add("Content-Length", "0");
    return lines.finish({});
}

} // namespace kamaelia::rtsp
