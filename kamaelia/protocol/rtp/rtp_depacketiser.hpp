// RTPDepacketiser: what comes by RTP of one source, as packets of its codec (RFC 3550 section 6; RFC 5215,
// RFC 7587).
//
//     auto& depacketiser = child<RTPDepacketiser>(RTPDepacketiser::Settings{.depacketiser =
//     MediaDepacketiser::of_opus(),
//     ...}); co_await to_depacketiser.send(rtp::MediaBeginning{.rtp_time = info.rtptime, .timestamp = 0});
//     co_await to_depacketiser.send(RTPData{datagram});
#pragma once

#include "axon/bytes.hpp"
#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"
#include "axon/weight.hpp"
#include "kamaelia/codec/media_packet.hpp"
#include "kamaelia/protocol/rtp/media_depacketiser.hpp"
#include "kamaelia/protocol/rtp/reception.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace kamaelia {

/// A packet of RTP as it came.
struct RTPData {
    axon::Bytes packet;
};

/// A compound packet of RTCP as it came.
struct RTCPData {
    axon::Bytes packet;
};

/// In the order in which it came: a goodbye is behind what it ends.
using RTPNews = std::variant<RTPData, RTCPData, rtp::MediaBeginning>;

} // namespace kamaelia

template <>
struct axon::Weight<kamaelia::RTPData> {
    static std::size_t of(const kamaelia::RTPData& data) noexcept { return data.packet.size(); }
};
template <>
struct axon::Weight<kamaelia::RTCPData> {
    static std::size_t of(const kamaelia::RTCPData& data) noexcept { return data.packet.size(); }
};

namespace kamaelia {

/// Sends what a source's packets bring, in their order, and receiver reports by the rules of RFC 3550 6.2
/// and 6.3. Whatever else comes, of another source, another payload type, or no RTP at all, is ignored. Ends
/// at the source's goodbye or the end of its input, with a goodbye of its own if it has ever reported
/// (6.3.7).
class RTPDepacketiser final : public axon::Component {
public:
    struct Settings {
        rtp::MediaDepacketiser depacketiser;
        std::uint32_t rate;                ///< of the payload's clock
        std::uint8_t payload_type;         ///< of what is heard
        std::optional<std::uint32_t> ssrc; ///< of the source; nothing: whose packet is the first
        std::uint32_t own_ssrc;            ///< of the reports
        std::string cname;                 ///< of the reports
        double bandwidth; ///< octets a second for all RTCP together; 0: no reports are wanted
    };

    explicit RTPDepacketiser(Settings settings);

    axon::Inbox<RTPNews> inbox{*this, "inbox"};
    axon::Outbox<MediaPacket> outbox{*this, "outbox"};
    axon::Outbox<axon::Bytes> reports{*this, "reports"}; ///< compound packets of RTCP for the source

private:
    axon::Task<> main() override;
    void take(const RTPData& data);
    void take(const RTCPData& data);
    void take(const rtp::MediaBeginning& beginning) { settings_.depacketiser.begin(beginning); }
    axon::Task<> send_packets();
    axon::Task<std::size_t> report(bool goodbye);
    [[nodiscard]] double random();

    Settings settings_;
    rtp::Reception reception_;
    bool reported_ = false;
    bool over_ = false; // the source has said goodbye
};

} // namespace kamaelia
