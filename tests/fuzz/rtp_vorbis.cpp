// Payloads of RTP, each behind a byte that says how long it is and whether one before it was lost: what comes
// out is what went in. Then all of it as packets: what the packetiser makes of them the depacketiser gives
// back. And as the configuration of SDP.
#include "kamaelia/protocol/rtp/vorbis_configuration.hpp"
#include "kamaelia/protocol/rtp/vorbis_depacketiser.hpp"
#include "kamaelia/protocol/rtp/vorbis_packetiser.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kamaelia::rtp;

constexpr std::uint32_t ident = 0x61'6263;
constexpr std::size_t limit = 1000;

void require(bool condition) {
    if (!condition) std::abort();
}

// The pieces of `input`, each behind a byte with its length.
std::vector<std::string> pieces(std::string_view input) {
    std::vector<std::string> all;
    while (!input.empty()) {
        const std::size_t length = static_cast<unsigned char>(input.front());
        input.remove_prefix(1);
        all.emplace_back(input.substr(0, length));
        input.remove_prefix(all.back().size());
    }
    return all;
}

void take_anything(const std::vector<std::string>& payloads) {
    VorbisDepacketiser depacketiser{ident, limit};
    Header header;
    for (const auto& payload : payloads) {
        header.sequence = static_cast<std::uint16_t>(header.sequence + (payload.size() % 7 == 0 ? 2 : 1));
        const auto result = depacketiser.add({.header = header, .payload = payload});
        if (!result) continue;
        require(result->size() <= VorbisPacketiser::most_packets);
        for (const auto packet : *result) require(packet.size() <= limit);
    }
}

void go_and_come_back(const std::vector<std::string>& packets) {
    VorbisPacketiser packetiser{ident, {.packet = 64, .latency = 500}};
    VorbisDepacketiser depacketiser{ident};
    Header header;
    std::size_t back = 0;
    const auto take = [&] {
        while (const auto payload = packetiser.next()) {
            require(payload->bytes.size() + header_size <= 64);
            ++header.sequence;
            header.timestamp = static_cast<std::uint32_t>(payload->timestamp);
            const auto result = depacketiser.add({.header = header, .payload = payload->bytes.view()});
            require(result.has_value());
            for (const auto packet : *result) {
                while (back < packets.size() && packets[back].empty()) ++back;
                require(back < packets.size() && packet == packets[back++]);
            }
        }
    };
    std::int64_t clock = 0;
    for (const auto& packet : packets) {
        packetiser.add({packet, clock, 100});
        clock += packet.size() % 5 == 0 ? 1000 : 100;
        take();
    }
    packetiser.flush();
    take();
    while (back < packets.size() && packets[back].empty()) ++back;
    require(back == packets.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    const auto all = pieces(input);
    take_anything(all);
    go_and_come_back(all);
    if (const auto configuration = parse_packed_vorbis(input))
        require(configuration->identification.size() + configuration->comment.size() +
                    configuration->setup.size() <=
                size);
    (void)parse_vorbis_fmtp(input);
    return 0;
}
