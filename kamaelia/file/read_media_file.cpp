#include "kamaelia/file/read_media_file.hpp"

#include "kamaelia/file/media_root.hpp"
#include "kamaelia/file/positioned_read.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <system_error>

namespace kamaelia {
namespace {

std::optional<MediaInfo> read_ends(const OpenFile& file, std::size_t head_size, std::size_t tail_size) {
    const auto head = read_blocking(file.descriptor.get(), 0, head_size);
    const auto from = file.size > tail_size ? file.size - tail_size : 0;
    const auto tail = read_blocking(file.descriptor.get(), from, tail_size);
    if (!head || !tail) return std::nullopt;
    return read_media_info({.head = head->view(), .tail = tail->view(), .size = file.size});
}

} // namespace

std::optional<MediaInfo> read_media_file(const std::filesystem::path& media, std::string_view path) {
    constexpr std::size_t few = std::size_t{24} * 1024;
    constexpr std::size_t large_head = std::size_t{384} * 1024; // a picture may stand before the title
    constexpr std::size_t large_tail = std::size_t{128} * 1024; // a page of 64 KiB lies in it as a whole
    try {
        const auto file = MediaRoot{media}.open(path);
        if (!file) return std::nullopt;
        auto info = read_ends(*file, few, few);
        if (info && file->size > few && (info->title.empty() || !info->duration))
            info = read_ends(*file, large_head, large_tail);
        return info;
    } catch (const std::system_error&) {
        return std::nullopt; // the directory is gone
    } catch (const std::exception&) {
        return MediaInfo{}; // what no reader foresaw; the others have theirs
    }
}

} // namespace kamaelia
