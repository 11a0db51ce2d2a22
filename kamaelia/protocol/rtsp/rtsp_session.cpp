#include "kamaelia/protocol/rtsp/rtsp_session.hpp"

#include "kamaelia/protocol/rtp/vorbis_configuration.hpp"

#include <array>
#include <utility>

namespace kamaelia {

axon::Value<std::int64_t> rtsp_sessions(axon::Cat& cat) {
    return {cat,
            {.name = "kamaelia_rtsp_sessions",
             .help = "Sessions of RTSP that are set up.",
             .kind = axon::ValueKind::gauge}};
}

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

axon::Task<> RTSPSession::main() {
    began_ = now();
    auto sessions = rtsp_sessions(cat());
    ++sessions;
    co_await children_ended();
}

axon::Task<> RTSPSession::close() {
    const std::array fields{
        axon::LogField{"file", settings_.file.path}, axon::LogField{"transport", channels_ ? "tcp" : "udp"},
        axon::LogField{"packets", std::uint64_t{clock_.packets()}}, axon::LogField{"seconds", now() - began_},
        axon::LogField{"user", settings_.user}};
    log(axon::LogLevel::info, "session ended",
        axon::LogFields{fields}.first(fields.size() - (settings_.user.empty() ? 1 : 0)));
    return {};
}

void RTSPSession::deliver_interleaved(rtsp::ChannelPair channels) {
    interleaved_ = &child<InterleavedDelivery>(channels, clock_, settings_.interleaved);
    link(reporter_.outbox, interleaved_->rtcp);
    link(interleaved_->outbox, interleaved);
    channels_ = channels;
}

rtsp::PortPair RTSPSession::deliver_by_udp(const Address& peer, rtsp::PortPair ports, const Address& local,
                                           std::uint16_t first_port) {
    ports_.emplace(*this);
    const auto ours = RTPPorts::link(*this, {ports_->rtp, ports_->rtcp, ports_->clients}, local, first_port);
    client_ = peer.with_port(ports.rtp);
    reporter_.send_to(peer.with_port(ports.rtcp));
    link(reporter_.outbox, ports_->rtcp);
    (void)ports_->clients.try_send({.ssrc = clock_.ssrc(),
                                    .peer = peer.with_port(ports.rtcp),
                                    .reports = axon::Sender<axon::Bytes>{reporter_.inbox}});
    return ours;
}

void RTSPSession::prepare(FileReader file, const OggStart& start, const OggPart& part,
                          axon::Inbox<RTPBegun>& begun) {
    const auto player = spawn<RTSPPlayer>(RTSPPlayer::Play{.file = std::move(file),
                                                           .map = settings_.map,
                                                           .start = start,
                                                           .part = part,
                                                           .packetiser = packetiser(),
                                                           .clock = clock_,
                                                           .receiver = receiver()});
    next_ = player.get();
    link(next_->begun, begun);
    relink(go_, next_->go); // what plays has had its own; a box that nobody feeds would end with the file
}

void RTSPSession::begin(std::int64_t from, const Span& span, RTCPNews at_its_end) {
    const bool goes_on = playing() && from == position();
    if (playing()) pause();
    position_ = from;
    player_ = std::exchange(next_, nullptr);
    if (ports_) link(player_->outbox, ports_->rtp);
    if (!goes_on) clock_.begin(from, now());
    waiting_ = RTPGo{.from = from, .goes_on = goes_on};
    span_ = span;
    at_its_end_ = at_its_end;
}

void RTSPSession::go() {
    auto from = std::exchange(waiting_, std::nullopt);
    if (!from) return;
    primed_ = true;
    (void)go_.try_send(*from);
    (void)news_.try_send(RTCPNews::playing);
}

void RTSPSession::pause(std::int64_t at) {
    position_ = position();
    if (at < position_) {
        position_ = at;
        primed_ = false;
    }
    stop(*std::exchange(player_, nullptr));
    (void)news_.try_send(RTCPNews::resting);
}

// What is played has come to its end: players stop at a BYE only, and are to go on after a pause.
void RTSPSession::child_has_ended(axon::Component& child) {
    if (&child == next_) next_ = nullptr;
    if (&child != player_) return;
    position_ = position();
    player_ = nullptr;
    (void)news_.try_send(at_its_end_);
}

RTPReceiver RTSPSession::receiver() const {
    if (interleaved_) return axon::Sender<Datagram>{interleaved_->rtp};
    return client_;
}

RTPPacketiser::Packetiser RTSPSession::packetiser() const {
    const auto& map = settings_.map;
    if (map.codec == OggCodec::opus) return rtp::OpusPacketiser{};
    return rtp::VorbisPacketiser{rtp::vorbis_ident(map.identification.view(), map.setup.view()),
                                 settings_.limits};
}

} // namespace kamaelia
