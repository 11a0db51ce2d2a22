#include "kamaelia/protocol/rtsp/rtsp_player.hpp"

#include <utility>

namespace kamaelia {

RTSPPlayer::RTSPPlayer(Play play) : stream_{child<RTPStream>(play.clock)} {
    auto& source = child<OggFileSource>(std::move(play.file), play.map, play.start, play.part);
    auto& packetiser = child<RTPPacketiser>(std::move(play.packetiser));
    source | packetiser | stream_;
    link(go, stream_.go);
    link(stream_.outbox, outbox);
    link(stream_.begun, begun);
}

} // namespace kamaelia
