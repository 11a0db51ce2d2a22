#include "kamaelia/protocol/rtsp/rtp_info.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace kamaelia::rtsp {
namespace {

constexpr std::string_view url_name = "url=";

bool begins_with(std::string_view text, std::string_view name) {
    return iequals(text.substr(0, name.size()), name);
}

// Takes one stream and its comma off the front of `text`: the next one begins where a comma has a URL behind
// it.
std::string_view next_stream(std::string_view& text) {
    std::size_t at = text.find(',');
    while (at != std::string_view::npos && !begins_with(trim(text.substr(at + 1)), url_name))
        at = text.find(',', at + 1);
    const std::string_view stream = trim(text.substr(0, at));
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
    return stream;
}

// Takes a parameter `;name=NUMBER` off the end of `text`, if it has one of that name there.
template <class Number>
bool take_number(std::string_view& text, std::string_view name, std::optional<Number>& number) {
    const std::size_t semicolon = text.rfind(';');
    if (semicolon == std::string_view::npos) return false;
    const std::string_view parameter = trim(text.substr(semicolon + 1));
    if (!begins_with(parameter, name)) return false;
    number = parse_number<Number>(trim(parameter.substr(name.size())));
    text = trim(text.substr(0, semicolon));
    return true;
}

} // namespace

std::string format_rtp_info(std::span<const RtpInfo> streams) {
    std::string text;
    for (const RtpInfo& stream : streams) {
        if (!text.empty()) text += ',';
        text.append("url=").append(stream.url);
        if (stream.seq) text.append(";seq=").append(std::to_string(*stream.seq));
        if (stream.rtptime) text.append(";rtptime=").append(std::to_string(*stream.rtptime));
    }
    return text;
}

std::vector<RtpInfo> parse_rtp_info(std::string_view value) {
    std::vector<RtpInfo> streams;
    while (!value.empty()) {
        std::string_view stream = next_stream(value);
        if (!begins_with(stream, url_name)) continue;
        stream.remove_prefix(url_name.size());
        RtpInfo info;
        while (take_number(stream, "seq=", info.seq) || take_number(stream, "rtptime=", info.rtptime)) {
        }
        if (stream.size() >= 2 && stream.starts_with('"') && stream.ends_with('"'))
            stream = stream.substr(1, stream.size() - 2);
        if (stream.empty()) continue;
        info.url = stream;
        streams.push_back(std::move(info));
    }
    return streams;
}

} // namespace kamaelia::rtsp
