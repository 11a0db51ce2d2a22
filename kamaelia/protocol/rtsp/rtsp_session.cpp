#include "kamaelia/protocol/rtsp/rtsp_session.hpp"

#include "kamaelia/protocol/rtp/udp_delivery.hpp"
#include "kamaelia/protocol/rtp/vorbis_configuration.hpp"
#include "kamaelia/protocol/rtsp/interleaved_delivery.hpp"

#include <utility>

namespace kamaelia {

RTSPSession::RTSPSession(Settings settings)
    : settings_{std::move(settings)},
      clock_{settings_.stream},
      reporter_{
          child<RTCPReporter>(clock_, RTCPReporter::Settings{.cname = settings_.cname,
                                                             .rate = settings_.stream.rate,
                                                             .bandwidth = settings_.bandwidth / 8 / 20})} {
    link(news_, reporter_.news);
    link(from_client_, reporter_.inbox);
}

axon::Task<> RTSPSession::main() { co_await children_ended(); }

void RTSPSession::deliver_interleaved(rtsp::ChannelPair channels) {
    auto& delivery = child<InterleavedDelivery>(channels);
    link(reporter_.outbox, delivery.rtcp);
    link(delivery.outbox, interleaved);
    delivery_ = &delivery.rtp;
    channels_ = channels;
}

rtsp::PortPair RTSPSession::deliver_by_udp(const Address& peer, rtsp::PortPair ports, const Address& local,
                                           std::uint16_t first_port) {
    ports_.emplace(*this);
    const auto ours = RTPPorts::link(*this, {ports_->rtp, ports_->rtcp, ports_->clients}, local, first_port);
    auto& delivery = child<UDPDelivery>(peer, ports);
    link(reporter_.outbox, delivery.rtcp);
    link(delivery.to_rtp, ports_->rtp);
    link(delivery.to_rtcp, ports_->rtcp);
    delivery_ = &delivery.rtp;
    (void)ports_->clients.try_send({.ssrc = clock_.ssrc(),
                                    .peer = peer.with_port(ports.rtcp),
                                    .reports = axon::Sender<axon::Bytes>{reporter_.inbox}});
    return ours;
}

void RTSPSession::play(FileReader file, const OggStart& start, const OggPart& part,
                       axon::Inbox<RTPBegun>& begun) {
    if (playing()) pause();
    const auto player = spawn<RTSPPlayer>(RTSPPlayer::Play{.file = std::move(file),
                                                           .map = settings_.map,
                                                           .start = start,
                                                           .part = part,
                                                           .packetiser = packetiser(),
                                                           .clock = clock_});
    player_ = player.get();
    link(player_->outbox, *delivery_);
    link(player_->begun, begun);
    relink(go_, player_->go);
}

void RTSPSession::go() {
    primed_ = true;
    (void)go_.try_send(RTPGo{});
    (void)news_.try_send(RTCPNews::playing);
}

void RTSPSession::pause() {
    position_ = position();
    stop(*std::exchange(player_, nullptr));
    (void)news_.try_send(RTCPNews::resting);
}

// What is played has come to its end: players stop at a BYE only.
void RTSPSession::child_has_ended(axon::Component& child) {
    if (&child != player_) return;
    position_ = std::exchange(player_, nullptr)->position();
    (void)news_.try_send(RTCPNews::over);
}

RTPPacketiser::Packetiser RTSPSession::packetiser() const {
    const auto& headers = settings_.map.headers;
    if (headers.codec == OggCodec::opus) return rtp::OpusPacketiser{};
    return rtp::VorbisPacketiser{rtp::vorbis_ident(headers.identification, headers.setup), settings_.limits};
}

} // namespace kamaelia
