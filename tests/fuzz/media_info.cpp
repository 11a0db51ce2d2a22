// Whatever a file holds, what it says of itself is short, clean and sane. The first byte says how much of it
// is read from each end.
#include "kamaelia/codec/media_info.hpp"
#include "kamaelia/codec/tag_text.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

void check_text(const std::string& text) {
    require(text.size() <= kamaelia::MediaInfo::longest_text);
    require(kamaelia::clean_text(text) == text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string file(data + 1, data + size);
    const std::size_t most = data[0] == 0 ? file.size() : data[0] * std::size_t{32};
    const std::string head = file.substr(0, most); // of their own: a read behind them is noticed
    const std::string tail = file.size() > most ? file.substr(file.size() - most) : file;
    const auto info = kamaelia::read_media_info({.head = head, .tail = tail, .size = file.size()});
    check_text(info.title);
    check_text(info.artist);
    if (info.duration)
        require(*info.duration >= std::chrono::milliseconds{0} && *info.duration < std::chrono::hours{1001});
    return 0;
}
