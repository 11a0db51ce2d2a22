#include "kamaelia/protocol/http/media_type.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <cstddef>

namespace kamaelia::http {
namespace {

struct Extension {
    std::string_view name;
    std::string_view type;
};

// .ogg and .webm may hold either kind: here .ogg is music (RFC 5334 10.3), and a player that is told
// video/webm finds no picture and plays the sound.
constexpr Extension extensions[] = {
    {"ogg", "audio/ogg"},
    {"oga", "audio/ogg"},
    {"opus", "audio/ogg; codecs=opus"}, // RFC 7845 9
    {"spx", "audio/ogg; codecs=speex"}, // RFC 5334 10.3
    {"ogv", "video/ogg"},
    {"ogx", "application/ogg"},
    {"flac", "audio/flac"},
    {"mp3", "audio/mpeg"},
    {"mp2", "audio/mpeg"},
    {"aac", "audio/aac"},
    {"m4a", "audio/mp4"},
    {"m4b", "audio/mp4"},
    {"mp4", "video/mp4"},
    {"weba", "audio/webm"},
    {"webm", "video/webm"},
    {"mka", "audio/x-matroska"},
    {"mkv", "video/x-matroska"},
    {"wav", "audio/wav"},
    {"aif", "audio/aiff"},
    {"aiff", "audio/aiff"},
    {"wma", "audio/x-ms-wma"},
    {"mov", "video/quicktime"},
    {"ts", "video/mp2t"},
    {"m3u", "audio/x-mpegurl"},
    {"m3u8", "application/vnd.apple.mpegurl"},
    {"pls", "audio/x-scpls"},
    {"xspf", "application/xspf+xml"},
    {"html", "text/html; charset=utf-8"},
    {"htm", "text/html; charset=utf-8"},
    {"vtt", "text/vtt; charset=utf-8"},
    {"txt", "text/plain; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"json", "application/json"},
    {"xml", "application/xml"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"png", "image/png"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"avif", "image/avif"},
    {"svg", "image/svg+xml"},
    {"ico", "image/x-icon"},
    {"pdf", "application/pdf"},
};

} // namespace

std::string_view media_type(std::string_view name) {
    if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos)
        for (const Extension& extension : extensions)
            if (iequals(name.substr(dot + 1), extension.name)) return extension.type;
    return "application/octet-stream";
}

bool is_playable(std::string_view name) {
    const std::string_view type = media_type(name);
    if (type == "audio/x-mpegurl" || type == "audio/x-scpls") return false; // a list of what can be
    return type.starts_with("audio/") || type.starts_with("video/") || type == "application/ogg";
}

} // namespace kamaelia::http
