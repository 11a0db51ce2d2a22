// RTSPPlayer: what one PLAY plays of a file: it is read, packed into RTP and sent in its time.
#pragma once

#include "axon/composite.hpp"
#include "kamaelia/file/ogg_file_source.hpp"
#include "kamaelia/protocol/rtp/rtp_packetiser.hpp"
#include "kamaelia/protocol/rtp/rtp_sender.hpp"

namespace kamaelia {

class RTSPPlayer final : public axon::Composite {
public:
    /// What is played, and how. The map and the clock outlive it.
    struct Play {
        FileReader file;
        const OggMap& map;
        OggStart start;
        OggPart part;
        RTPPacketiser::Packetiser packetiser;
        rtp::StreamClock& clock;
        RTPReceiver receiver;
    };

    explicit RTSPPlayer(Play play);

    axon::Inbox<RTPGo> go{*this, "go"};
    axon::Outbox<Datagram> outbox{*this, "outbox"};
    axon::Outbox<RTPBegun> begun{*this, "begun"};

    /// Samples: where to go on after a pause.
    [[nodiscard]] std::int64_t position() const noexcept { return sender_.position(); }

private:
    RTPSender& sender_;
};

} // namespace kamaelia
