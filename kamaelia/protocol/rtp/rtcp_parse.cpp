#include "kamaelia/protocol/rtp/rtcp.hpp"

#include "kamaelia/codec/byte_reader.hpp"
#include "kamaelia/protocol/rtp/rtcp_types.hpp"

#include <utility>

namespace kamaelia::rtp {
namespace {

struct Part {
    unsigned count;
    unsigned type;
    std::string_view body;
};

// 24 bits with a sign.
std::int32_t signed_24(std::uint64_t bits) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(bits) << 8) >> 8;
}

std::uint32_t word(ByteReader& reader) { return static_cast<std::uint32_t>(reader.big_endian(4)); }

// 6.4.1 and 6.4.2; what is behind the blocks is a profile's.
bool read_report(const Part& part, Compound& out) {
    ByteReader reader{part.body};
    Report report;
    report.ssrc = word(reader);
    if (part.type == rtcp::sender_report) {
        SenderInfo info;
        info.ntp = reader.big_endian(8);
        info.rtp_timestamp = word(reader);
        info.packets = word(reader);
        info.octets = word(reader);
        report.sender = info;
    }
    if (!reader.good() || reader.rest().size() < part.count * rtcp::block_size) return false;
    report.blocks.reserve(part.count);
    for (unsigned i = 0; i < part.count; ++i) {
        ReportBlock block;
        block.ssrc = word(reader);
        block.fraction_lost = static_cast<std::uint8_t>(reader.big_endian(1));
        block.lost = signed_24(reader.big_endian(3));
        block.highest_sequence = word(reader);
        block.jitter = word(reader);
        block.last_report = word(reader);
        block.since_last_report = word(reader);
        report.blocks.push_back(block);
    }
    out.reports.push_back(std::move(report));
    return true;
}

// 6.5: items end with a zero, and chunks at a multiple of four bytes.
void read_descriptions(const Part& part, Compound& out) {
    ByteReader reader{part.body};
    for (unsigned i = 0; i < part.count && reader.good(); ++i) {
        const auto ssrc = word(reader);
        while (reader.good()) {
            const auto item = reader.big_endian(1);
            if (item == 0) break;
            const auto text = reader.take(reader.big_endian(1));
            if (item == rtcp::cname_item && reader.good()) out.names.push_back({ssrc, text});
        }
        reader.skip(reader.rest().size() % 4);
    }
}

bool read_goodbye(const Part& part, Compound& out) {
    ByteReader reader{part.body};
    Goodbye goodbye{};
    goodbye.ssrcs.reserve(part.count);
    for (unsigned i = 0; i < part.count && reader.good(); ++i) goodbye.ssrcs.push_back(word(reader));
    if (!reader.good()) return false;
    goodbye.reason = reader.take(reader.big_endian(1));
    out.goodbyes.push_back(std::move(goodbye));
    return true;
}

bool read_part(const Part& part, Compound& out) {
    switch (part.type) {
    case rtcp::sender_report:
    case rtcp::receiver_report: return read_report(part, out);
    case rtcp::source_description: read_descriptions(part, out); return true;
    case rtcp::goodbye: return read_goodbye(part, out);
    default: return true;
    }
}

// The packet at the front of `rest`, which is taken off. Only the last one may be padded.
std::optional<Part> take_part(std::string_view& rest) {
    ByteReader reader{rest};
    const auto first = static_cast<unsigned>(reader.big_endian(1));
    Part part{.count = first & 0x1F, .type = static_cast<unsigned>(reader.big_endian(1)), .body = {}};
    part.body = reader.take(reader.big_endian(2) * 4);
    if (!reader.good() || first >> 6 != rtcp::version) return std::nullopt;
    rest = reader.rest();
    if ((first & 0x20) == 0) return part;
    if (!rest.empty() || part.body.empty()) return std::nullopt;
    const auto padding = static_cast<unsigned char>(part.body.back());
    if (padding == 0 || padding % 4 != 0 || padding > part.body.size()) return std::nullopt;
    part.body.remove_suffix(padding);
    return part;
}

} // namespace

// A.2
std::optional<Compound> parse_rtcp(std::string_view datagram) {
    Compound compound;
    for (bool first = true; !datagram.empty(); first = false) {
        const bool padded = (static_cast<unsigned char>(datagram.front()) & 0x20) != 0;
        const auto part = take_part(datagram);
        if (!part) return std::nullopt;
        if (first && (padded || (part->type != rtcp::sender_report && part->type != rtcp::receiver_report)))
            return std::nullopt;
        if (!read_part(*part, compound)) return std::nullopt;
    }
    if (compound.reports.empty()) return std::nullopt;
    return compound;
}

} // namespace kamaelia::rtp
