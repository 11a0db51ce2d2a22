#include "kamaelia/protocol/rtsp/rtsp_player.hpp"

#include <utility>

namespace kamaelia {

RTSPPlayer::RTSPPlayer(Play play) : sender_{child<RTPSender>(play.clock)} {
    auto& source = child<OggFileSource>(std::move(play.file), play.map, play.start, play.part);
    auto& packetiser = child<RTPPacketiser>(std::move(play.packetiser));
    source | packetiser | sender_;
    link(go, sender_.go);
    link(sender_.outbox, outbox);
    link(sender_.begun, begun);
    sender_.receivers().add(std::move(play.receiver));
}

} // namespace kamaelia
