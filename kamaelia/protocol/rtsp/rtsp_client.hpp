// RTSPClient: hears a presentation from an RTSP server, over a connection that others make.
//
//     auto& client = child<RTSPClient>({.url = "rtsp://192.0.2.1/media/a.ogg", .start = 10s});
//     link(tcp.outbox, client.inbox);          // a connection's boxes; in a test an RTSPServer's
//     link(client.outbox, tcp.inbox);
//     link(client.media, decoder.inbox);
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"
#include "kamaelia/codec/media_format.hpp"
#include "kamaelia/codec/media_packet.hpp"
#include "kamaelia/protocol/rtp/rtp_depacketiser.hpp"
#include "kamaelia/protocol/rtsp/message_reader.hpp"
#include "kamaelia/protocol/rtsp/reply.hpp"
#include "kamaelia/protocol/rtsp/request.hpp"
#include "kamaelia/protocol/rtsp/session_field.hpp"
#include "kamaelia/protocol/rtsp/track.hpp"
#include "kamaelia/protocol/rtsp/transport.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia {

/// Why an RTSPClient failed: what was asked for, and what became of it, as in
/// "DESCRIBE rtsp://192.0.2.1/media/b.ogg: 404 Not Found".
struct RTSPError : std::runtime_error {
    RTSPError(const std::string& text, unsigned code) : std::runtime_error{text}, status{code} {}
    unsigned status; ///< that the server refused with; 0: it did not
};

/// The dialogue of a player (RFC 2326): OPTIONS, DESCRIBE, SETUP of the first audio of Vorbis or Opus, PLAY,
/// and TEARDOWN at the end, however that comes. RTP and RTCP come interleaved (10.12). While it plays, it
/// keeps the session alive: by requests at half its time-out, which a `media` that takes nothing does not
/// hold up, and by receiver reports.
///
/// Ends when the stream has, at the server's goodbye. It fails with an RTSPError where the server refuses,
/// says what is no RTSP or what cannot be played, is silent for 10 s when it has been asked, or ends the
/// connection before the stream: what has come until then is sent all the same.
class RTSPClient final : public axon::Filter<axon::Bytes, axon::Bytes> {
public:
    struct Params {
        std::string url{};
        axon::Duration start{};
        std::optional<axon::Duration> end{};

        static auto fields() {
            using namespace std::chrono_literals;
            constexpr axon::Duration longest = 1000h;
            return axon::fields(
                axon::field("url", &Params::url, "what is heard: rtsp://HOST/PATH").required(),
                axon::field("start", &Params::start, "where in it to begin").range(0s, longest),
                axon::field("end", &Params::end, "where in it to end; not given: where it ends"));
        }
        bool operator==(const Params&) const = default;
    };

    explicit RTSPClient(Params params);

    axon::Outbox<MediaFormat> format{*this, "format"}; ///< once, before the first packet
    /// The time of a packet is that in the presentation, in samples. The first one may be from just before
    /// `start`, to fill a decoder.
    axon::Outbox<MediaPacket> media{*this, "media"};

private:
    enum class Heard : std::uint8_t { something, nothing, end };

    axon::Task<> main() override;
    axon::Task<> close() override;
    axon::Task<rtsp::Track> describe();
    axon::Task<> set_up(const rtsp::Track& track);
    axon::Task<> play(std::uint32_t rate);
    axon::Task<> listen();
    axon::Task<> keep_alive();

    [[nodiscard]] rtsp::Request request(rtsp::Method method, const std::string& url) const;
    axon::Task<> send(rtsp::Request request);
    axon::Task<rtsp::Reply> ask(rtsp::Request request);
    axon::Task<Heard> hear(axon::Time limit);
    axon::Task<Heard> hear_more(axon::Time limit);
    axon::Task<> take(rtsp::Message message);
    axon::Task<> take(const rtsp::Frame& frame);
    axon::Task<> answer(const rtsp::Request& request);
    axon::Task<> pass_on(RTPNews news);
    [[nodiscard]] axon::Time due() const { return asked_ + axon::Duration{session_->timeout} / 2; }
    [[nodiscard]] bool must_ask() const;
    [[nodiscard]] axon::Time silence() const;
    [[nodiscard]] RTSPError error(std::string_view why, unsigned status = 0) const;
    [[nodiscard]] RTSPError lost(std::string_view why);

    Params params_;
    rtsp::MessageReader reader_;
    axon::Bytes data_;
    std::string_view unread_; // of it
    axon::Time heard_{};      // when it came

    std::uint64_t cseq_ = 0;
    std::string asking_;                   // what is asked for, for people
    axon::Time asked_{};                   // when
    std::optional<axon::Time> unanswered_; // since when there is something
    std::optional<rtsp::Reply> answer_;    // to what was asked last

    std::string presentation_;
    rtsp::Method life_ = rtsp::Method::options; // what keeps the session alive
    std::optional<rtsp::SessionField> session_;
    rtsp::ChannelPair channels_;
    std::vector<RTPNews> early_;                           // what came before it was said what it means
    std::optional<axon::Outbox<RTPNews>> to_depacketiser_; // once there is one
    std::optional<axon::Inbox<axon::Bytes>> reports_;      // likewise; its end is the depacketiser's
    bool playing_ = false;
    bool over_ = false;    // the depacketiser has ended
    bool leaving_ = false; // nothing more is heard
    bool gone_ = false;    // there is nobody to say TEARDOWN to
};

} // namespace kamaelia
