#include "kamaelia/protocol/rtp/rtcp.hpp"

#include "kamaelia/protocol/rtp/rtcp_types.hpp"

#include <algorithm>
#include <string>

namespace kamaelia::rtp {
namespace {

constexpr std::size_t most_blocks = 31;
constexpr std::size_t longest_text = 255;

void put(std::string& out, std::uint64_t value, unsigned bytes) {
    while (bytes-- > 0) out += static_cast<char>(value >> 8 * bytes);
}

// Begins a packet, and afterwards gives it its length; `count` is of whatever it has several.
class Part {
public:
    Part(std::string& out, std::size_t count, unsigned type) : out_{out}, begin_{out.size()} {
        put(out, rtcp::version << 6 | count, 1);
        put(out, type, 1);
        put(out, 0, 2);
    }
    ~Part() {
        out_.resize((out_.size() + 3) / 4 * 4);
        const auto words = (out_.size() - begin_) / 4 - 1;
        out_[begin_ + 2] = static_cast<char>(words >> 8);
        out_[begin_ + 3] = static_cast<char>(words);
    }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

private:
    std::string& out_;
    std::size_t begin_;
};

void put_report(std::string& out, const Report& report) {
    const auto blocks = std::min(report.blocks.size(), most_blocks);
    const Part part{out, blocks, report.sender ? rtcp::sender_report : rtcp::receiver_report};
    put(out, report.ssrc, 4);
    if (report.sender) {
        put(out, report.sender->ntp, 8);
        put(out, report.sender->rtp_timestamp, 4);
        put(out, report.sender->packets, 4);
        put(out, report.sender->octets, 4);
    }
    for (std::size_t i = 0; i < blocks; ++i) {
        const auto& block = report.blocks[i];
        put(out, block.ssrc, 4);
        put(out, block.fraction_lost, 1);
        put(out, static_cast<std::uint32_t>(std::clamp(block.lost, -0x80'0000, 0x7F'FFFF)), 3);
        put(out, block.highest_sequence, 4);
        put(out, block.jitter, 4);
        put(out, block.last_report, 4);
        put(out, block.since_last_report, 4);
    }
}

void put_text(std::string& out, std::string_view text) {
    const auto cut = text.substr(0, longest_text);
    put(out, cut.size(), 1);
    out += cut;
}

void put_name(std::string& out, std::uint32_t ssrc, std::string_view cname) {
    const Part part{out, 1, rtcp::source_description};
    put(out, ssrc, 4);
    put(out, rtcp::cname_item, 1);
    put_text(out, cname);
    put(out, 0, 1); // the end of the items
}

void put_goodbye(std::string& out, std::uint32_t ssrc, std::string_view reason) {
    const Part part{out, 1, rtcp::goodbye};
    put(out, ssrc, 4);
    if (!reason.empty()) put_text(out, reason);
}

} // namespace

axon::Bytes format_rtcp(const Report& report, std::string_view cname,
                        std::optional<std::string_view> reason) {
    std::string out;
    put_report(out, report);
    put_name(out, report.ssrc, cname);
    if (reason) put_goodbye(out, report.ssrc, *reason);
    return axon::Bytes{out};
}

} // namespace kamaelia::rtp
