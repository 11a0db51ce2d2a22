// Whatever URL is accepted, its path leads nowhere but down, and what is told to clients is read the same.
#include "kamaelia/protocol/rtsp/url.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kamaelia::rtsp;
    const auto url = parse_url(std::string(data, data + size));
    if (!url || url->server) return 0;
    for (const std::string& segment : url->segments)
        if (segment.empty() || segment == "." || segment == ".." ||
            segment.find_first_of(std::string_view{"/\\\0\r\n", 5}) != std::string::npos)
            std::abort();
    const std::string base = content_base(*url);
    if (base.find_first_of(" \t\r\n,;\"<>") != std::string::npos) std::abort();
    if (base.size() >= url_limit) return 0;
    const auto again = parse_url(base);
    if (!again || content_base(*again) != base) std::abort();
    const auto track = parse_url(control_url(*url, 3));
    if (!track || track->segments != url->segments || track->track != 3) std::abort();
    return 0;
}
