// RTSPServer: the protocol of one RTSP connection: files on demand, by RTP.
//
//     servers:
//       rtsp: { listen: "tcp://0.0.0.0:8554", protocol: [ RTSPServer ] }      # rtsp:// says the same
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"
#include "kamaelia/chassis/connection_ends.hpp"
#include "kamaelia/file/mapped_ogg.hpp"
#include "kamaelia/file/media_root.hpp"
#include "kamaelia/protocol/rtp/first_port.hpp"
#include "kamaelia/protocol/rtsp/gate.hpp"
#include "kamaelia/protocol/rtsp/message_reader.hpp"
#include "kamaelia/protocol/rtsp/response.hpp"
#include "kamaelia/protocol/rtsp/rtsp_session.hpp"
#include "kamaelia/protocol/rtsp/url.hpp"
#include "kamaelia/protocol/users_file.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia {

/// RTSP/1.0 (RFC 2326): the Ogg files at `/media/PATH`, of Vorbis or Opus, over UDP and interleaved. A
/// session belongs to the connection that has set it up: no other can use it, and it ends with it. It ends,
/// too, twice its time-out after the last sign of life, RTCP or any request of the connection; where it is
/// interleaved the connection is one, for as long as it takes something.
class RTSPServer final : public axon::Filter<axon::Bytes, axon::Bytes> {
public:
    struct Params {
        axon::MediaDirectory media{};
        axon::Duration session_timeout = std::chrono::seconds{60};
        axon::Duration idle_timeout = std::chrono::seconds{75};
        rtp::FirstPort rtp_port{6970};
        axon::ByteSize packet_size{1400};
        axon::Duration latency = std::chrono::milliseconds{200};
        axon::Duration burst{};
        axon::Duration lead{};
        axon::Duration patience = std::chrono::seconds{2};
        axon::Duration max_lag = std::chrono::minutes{5};
        std::optional<UsersFile> users{};

        static auto fields() {
            using namespace std::chrono_literals;
            return axon::fields(
                axon::field("media", &Params::media, "the directory whose files are played"),
                axon::field("session_timeout", &Params::session_timeout,
                            "how often a client has to show that it is there; twice that ends its session")
                    .range(1s, 1h),
                axon::field("idle_timeout", &Params::idle_timeout,
                            "how long a connection may be idle that has no session")
                    .range(1s, 24h),
                axon::field("rtp_port", &Params::rtp_port,
                            "the UDP port for RTP, with the one above it for RTCP, or the next pair that is "
                            "free; 0: any")
                    .range({0}, {65534}),
                axon::field("packet_size", &Params::packet_size, "the largest RTP packet, with its header")
                    .range({64}, {65'000}),
                axon::field("latency", &Params::latency, "how much of the audio one packet may hold")
                    .range(0s, 10s),
                axon::field("burst", &Params::burst, "how much of the audio is sent at once when it begins")
                    .range(0s, 1min),
                axon::field("lead", &Params::lead, "how long before its time all of the audio is sent")
                    .range(0s, 1min),
                axon::field(
                    "patience", &Params::patience,
                    "how late a packet may be handed to the connection of a slow client that hears it "
                    "interleaved; one that is later is dropped. The connection holds another second")
                    .range(100ms, 1min),
                axon::field("max_lag", &Params::max_lag,
                            "how long such a client may take nothing; then its connection ends")
                    .range(1s, 24h),
                axon::field("users", &Params::users,
                            "a file with those who may listen, and their passwords' hashes; without one, "
                            "all may"));
        }
        bool operator==(const Params&) const = default;
    };

    explicit RTSPServer(const Params& params);

private:
    axon::Task<> main() override;
    void child_has_ended(axon::Component& child) override;
    axon::Task<bool> more_input();
    axon::Task<std::size_t> next_event();
    axon::Task<bool> take_messages();
    void hear_control();
    [[nodiscard]] axon::Time limit() const;
    [[nodiscard]] axon::Time end_of(const RTSPSession& session) const;
    void end_silent_sessions();
    [[nodiscard]] bool is_stuck() const;
    void hear(const rtsp::Frame& frame);
    axon::Task<bool> send(axon::Bytes message);
    axon::Task<rtsp::Response> response_to(const rtsp::Request& request);
    axon::Task<rtsp::Response> describe(const rtsp::Request& request, const rtsp::Url& url);
    axon::Task<rtsp::Response> set_up(const rtsp::Request& request, const rtsp::Url& url);
    [[nodiscard]] std::vector<rtsp::ChannelPair> channels() const;
    [[nodiscard]] Backlog a_second() const;
    [[nodiscard]] RTSPSession::Settings settings_of(MappedOgg named);
    [[nodiscard]] std::chrono::sys_seconds date() const;
    void end(const std::string& id);

    struct Limits {
        axon::Duration session_timeout;
        axon::Duration idle_timeout;
        axon::Duration latency;
        axon::Duration burst;
        axon::Duration lead;
        axon::Duration patience;
        axon::Duration max_lag;
        std::uint16_t rtp_port;
        std::uint16_t packet_size;
    };

    std::string media_; ///< no path: that keeps its parts, too, for each connection
    Limits limits_;
    std::unique_ptr<rtsp::Gate> gate_; ///< where there are users
    rtsp::MessageReader reader_;
    axon::Bytes unread_;
    std::map<std::string, RTSPSession*, std::less<>>
        sessions_;                 ///< by id; they end only when they are told to
    axon::Time asked_{};           ///< when the last request came
    RTSPSession* ready_ = nullptr; ///< to go on, once the client has its answer
    axon::Time last_input_{};
    bool draining_ = false; ///< the server is being stopped
};

} // namespace kamaelia
