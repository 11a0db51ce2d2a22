// Whatever a datagram is: what is read of it as RTCP is no more than it held, and written again it is the
// same. As RTP, its parts lie within it.
#include "kamaelia/protocol/rtp/rtcp.hpp"
#include "kamaelia/protocol/rtp/packet.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace kamaelia::rtp;

void require(bool condition) {
    if (!condition) std::abort();
}

void check(const Compound& compound, std::size_t size) {
    require(!compound.reports.empty() && compound.reports.size() <= size / 8);
    require(compound.names.size() <= size / 2 && compound.goodbyes.size() <= size / 4);
    for (const auto& report : compound.reports) {
        const auto again = parse_rtcp(format_rtcp(report, "name", "reason").view());
        require(again && again->reports.size() == 1 && again->reports[0] == report);
    }
    for (const auto& name : compound.names) require(name.name.size() <= 255);
    for (const auto& goodbye : compound.goodbyes)
        require(goodbye.ssrcs.size() <= 31 && goodbye.reason.size() <= 255);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string datagram(data, data + size);
    if (const auto compound = parse_rtcp(datagram)) check(*compound, size);
    if (const auto packet = parse_packet(datagram))
        require(header_size + packet->contributors.size() + packet->extension.size() +
                    packet->payload.size() <=
                size);
    return 0;
}
