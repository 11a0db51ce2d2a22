// Whatever an Ogg file holds: no more than the limit is gathered. The first byte says how much of the file
// there is at a time, and whether the checksums are made right before.
#include "kamaelia/codec/ogg_packets.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

namespace {

using namespace kamaelia;

constexpr std::size_t limit = 5000;

void require(bool condition) {
    if (!condition) std::abort();
}

// Without that nothing but what is in the corpus would be a page.
void make_right(std::string& file) {
    constexpr std::size_t crc_at = 22;
    constexpr std::size_t fixed_part = 27;
    for (auto at = file.find("OggS"); at != std::string::npos; at = file.find("OggS", at + 1)) {
        if (file.size() - at < fixed_part) return;
        const std::size_t segments = static_cast<unsigned char>(file[at + fixed_part - 1]);
        auto size = fixed_part + segments;
        for (const char length : file.substr(at + fixed_part, segments))
            size += static_cast<unsigned char>(length);
        if (size > file.size() - at) continue;
        file.replace(at + crc_at, 4, 4, '\0');
        const auto crc = ogg_crc(0, std::string_view{file}.substr(at, size));
        for (std::size_t i = 0; i < 4; ++i) file[at + crc_at + i] = static_cast<char>(crc >> 8 * i);
    }
}

struct Check {
    void operator()(const OggLink& link) const {
        require(!link.identification.empty() && link.identification.size() <= limit);
        require(link.comment.size() <= limit && link.setup.size() <= limit);
        require((link.codec == OggCodec::vorbis) == !link.setup.empty());
    }
    void operator()(const OggPacket& packet) const {
        require(packet.data.size() <= limit);
        require(!packet.granule || (*packet.granule >= 0 && *packet.granule <= std::int64_t{1} << 62));
    }
    void operator()(const OggEnd&) const {}
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::string file(data + 1, data + size);
    if (data[0] < 128) make_right(file);
    const std::size_t piece = data[0] % 128 * std::size_t{64} + 1;
    OggPackets packets{limit};
    std::size_t begin = 0;
    for (std::size_t end = 0; end < file.size();) {
        end = end + piece < file.size() ? end + piece : file.size();
        for (;;) {
            const std::string there =
                file.substr(begin, end - begin); // of its own: a read behind it is noticed
            const auto front = look_for_ogg_page(there);
            require(front.size > 0);
            if (front.kind == OggFront::Kind::incomplete) {
                require(front.size > there.size() && front.size <= OggPage::largest);
                break;
            }
            require(front.size <= there.size());
            if (front.kind == OggFront::Kind::page) {
                packets.add(front.page);
                while (const auto event = packets.next()) std::visit(Check{}, *event);
                require(packets.held() <= 4 * 2 * limit); // texts grow by doubling
            }
            begin += front.size;
        }
    }
    return 0;
}
