// RTSPSession: what one SETUP sets up: a file, a stream of RTP, and the way to the client.
#pragma once

#include "axon/component.hpp"
#include "axon/outbox.hpp"
#include "axon/value.hpp"
#include "kamaelia/file/media_root.hpp"
#include "kamaelia/file/ogg_map.hpp"
#include "kamaelia/internet/datagram.hpp"
#include "kamaelia/protocol/rtp/rtcp_reporter.hpp"
#include "kamaelia/protocol/rtp/rtp_ports.hpp"
#include "kamaelia/protocol/rtp/stream_clock.hpp"
#include "kamaelia/protocol/rtsp/interleaved_delivery.hpp"
#include "kamaelia/protocol/rtsp/rtsp_player.hpp"
#include "kamaelia/protocol/rtsp/transport.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace kamaelia {

/// A writer of kamaelia_rtsp_sessions, with 0 at first. Throws axon::CatError.
[[nodiscard]] axon::Value<std::int64_t> rtsp_sessions(axon::Cat& cat);

/// A part of its RTSPServer, which has the dialogue with the client and tells it what to do. Its whole life
/// is one line of the log.
class RTSPSession final : public axon::Component {
public:
    struct Settings {
        std::string id;
        std::string user; ///< whom the log names; empty where nobody had to say who he is
        MediaEntry file;  ///< below the media directory, as it was when it was mapped
        OggMap map;
        rtp::StreamClock::Settings stream;
        rtp::PacketiserLimits limits;
        std::string cname;
        double bandwidth;                        ///< bits a second of what is sent
        InterleavedDelivery::Limits interleaved; ///< for what is delivered so
    };

    /// Samples: from the first packet of a PLAY to where it ends.
    struct Span {
        std::int64_t begin = 0;
        std::int64_t end = 0; ///< no part of it
    };

    explicit RTSPSession(Settings settings);

    axon::Outbox<axon::Bytes> interleaved{*this, "interleaved"}; ///< frames of the RTSP connection

    // One of these, once, before anything is played.

    void deliver_interleaved(rtsp::ChannelPair channels);
    /// To the client at `peer`, through the ports at `local`; says which those are. Throws std::system_error
    /// when there are none.
    rtsp::PortPair deliver_by_udp(const Address& peer, rtsp::PortPair ports, const Address& local,
                                  std::uint16_t first_port);

    /// Makes ready to play from there on, while it goes on with what it plays now. `begun` hears where that
    /// will begin, or ends: then there is nothing to play, and nothing has changed.
    void prepare(FileReader file, const OggStart& start, const OggPart& part, axon::Inbox<RTPBegun>& begun);
    /// Takes what is ready, from that sample on, instead of what it plays now; where that stands there, in
    /// the same time. The clock tells the numbers of the next packet. `span` is what its PLAY plays; a pause
    /// at its end is `resting`.
    void begin(std::int64_t from, const Span& span, RTCPNews at_its_end = RTCPNews::over);
    /// The client knows of it: it may be sent, unless it is.
    void go();
    /// At a sample that it has passed: it will go on there, and the client has forgotten what was behind.
    void pause(std::int64_t at = std::numeric_limits<std::int64_t>::max());

    [[nodiscard]] bool playing() const noexcept { return player_ != nullptr; }
    /// Of the last PLAY.
    [[nodiscard]] const Span& span() const noexcept { return span_; }
    /// Samples: up to where it has sent, which is where to go on.
    [[nodiscard]] std::int64_t position() const noexcept {
        return player_ ? std::max(player_->position(), position_) : position_;
    }
    /// The client's decoder has what is before position().
    [[nodiscard]] bool primed() const noexcept { return primed_; }

    [[nodiscard]] const Settings& settings() const noexcept { return settings_; }
    [[nodiscard]] const rtp::StreamClock& clock() const noexcept { return clock_; }
    /// Of interleaved data.
    [[nodiscard]] const std::optional<rtsp::ChannelPair>& channels() const noexcept { return channels_; }
    void hear_rtcp(axon::Bytes packet) { (void)from_client_.try_send(std::move(packet)); }
    /// Since when the connection takes nothing of what is interleaved; the end of all time while it does.
    [[nodiscard]] axon::Time stuck_since() const noexcept {
        return interleaved_ ? interleaved_->stuck_since() : axon::Time::max();
    }
    /// When RTCP came last.
    [[nodiscard]] axon::Time heard() const noexcept { return reporter_.heard(); }

private:
    /// The ways out to the worker's ports.
    struct Ports {
        explicit Ports(RTSPSession& session)
            : rtp{session, "rtp"}, rtcp{session, "rtcp"}, clients{session, "clients"} {}
        axon::Outbox<Datagram> rtp;
        axon::Outbox<Datagram> rtcp;
        axon::Outbox<RTCPClient> clients;
    };

    axon::Task<> main() override;
    axon::Task<> close() override;
    void child_has_ended(axon::Component& child) override;
    [[nodiscard]] RTPPacketiser::Packetiser packetiser() const;
    [[nodiscard]] RTPReceiver receiver() const;

    Settings settings_;
    axon::Time began_{};
    rtp::StreamClock clock_;
    RTCPReporter& reporter_;
    axon::Outbox<RTCPNews> news_{*this, "news"};
    axon::Outbox<axon::Bytes> from_client_{*this, "from_client"};
    axon::Outbox<RTPGo> go_{*this, "go"};
    std::optional<Ports> ports_;
    std::optional<rtsp::ChannelPair> channels_;
    InterleavedDelivery* interleaved_ = nullptr;
    Address client_; ///< its RTP port, if that is how it hears
    RTSPPlayer* player_ = nullptr;
    RTSPPlayer* next_ = nullptr; ///< is made ready
    Span span_;
    RTCPNews at_its_end_ = RTCPNews::over; ///< of what plays
    std::int64_t position_ = 0;            ///< samples: where it rests, or has begun to play
    bool primed_ = false;
    std::optional<RTPGo> waiting_; ///< for the client to know
};

} // namespace kamaelia
