#include "kamaelia/protocol/rtsp/rtsp_server.hpp"

#include "axon/combine.hpp"
#include "axon/sleep.hpp"
#include "axon/system.hpp"
#include "kamaelia/chassis/end_reason.hpp"
#include "kamaelia/codec/sample_time.hpp"
#include "kamaelia/protocol/rtsp/accept.hpp"
#include "kamaelia/protocol/rtsp/description.hpp"
#include "kamaelia/protocol/rtsp/named_file.hpp"
#include "kamaelia/protocol/rtsp/require.hpp"
#include "kamaelia/protocol/rtsp/rtsp_play.hpp"
#include "kamaelia/protocol/rtsp/session_field.hpp"
#include "kamaelia/protocol/rtsp/timestamp_field.hpp"
#include "kamaelia/protocol/sdp/format.hpp"
#include "kamaelia/util/secret_text.hpp"

#include <algorithm>
#include <ranges>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

namespace kamaelia {
namespace {

using axon::Bytes;
using rtsp::Method;
using rtsp::Request;
using rtsp::Response;
using rtsp::Status;
using rtsp::Url;

constexpr std::size_t most_sessions = 16; // of a connection

std::string hex(std::uint32_t value) {
    std::string digits(8, '0');
    for (auto& digit : std::views::reverse(digits)) {
        digit = "0123456789abcdef"[value % 16];
        value /= 16;
    }
    return digits;
}

// So many bytes may leave at once, and twice as many where the audio is dense.
std::uint32_t room_for(axon::Duration ahead, double bandwidth) {
    const auto seconds = std::chrono::duration<double>{ahead}.count();
    constexpr double most = 16.0 * 1024 * 1024;
    return InterleavedDelivery::least + static_cast<std::uint32_t>(std::min(seconds * bandwidth / 4, most));
}

// As many as there usually are: Opus has 20 ms in each; Vorbis what fits, or what the latency allows.
double packets_a_second(const RTSPSession::Settings& session) {
    if (session.map.codec == OggCodec::opus) return 50;
    const auto latency = static_cast<double>(session.limits.latency) / session.stream.rate;
    return session.bandwidth / 8 / static_cast<double>(session.limits.packet) + std::min(1 / latency, 100.0);
}

// Whether a URL is that of the presentation `path`, or of its track.
bool names(const Url& url, const std::string& path) {
    return rtsp::path_of(url) == path && url.track.value_or(rtsp::only_track) == rtsp::only_track;
}

} // namespace

RTSPServer::RTSPServer(const Params& params)
    : Filter{axon::handles_control},
      media_{params.media.path.string()},
      limits_{.session_timeout = params.session_timeout,
              .idle_timeout = params.idle_timeout,
              .latency = params.latency,
              .burst = params.burst,
              .lead = params.lead,
              .patience = params.patience,
              .max_lag = params.max_lag,
              .rtp_port = params.rtp_port.number,
              .packet_size = static_cast<std::uint16_t>(params.packet_size.bytes)} {
    if (params.users) gate_ = std::make_unique<rtsp::Gate>(*this, params.users->path.string());
}

axon::Task<> RTSPServer::main() {
    last_input_ = now();
    while (co_await take_messages() && co_await more_input()) {
    }
}

// False when nothing more is to be read.
axon::Task<bool> RTSPServer::take_messages() {
    std::string_view rest = unread_.view();
    while (auto message = reader_.next(rest)) {
        if (const auto* const frame = std::get_if<rtsp::Frame>(&*message)) {
            hear(*frame);
        } else if (const auto* const request = std::get_if<Request>(&*message)) {
            auto response = co_await response_to(*request);
            response.cseq = request->cseq;
            response.date = date();
            response.timestamp = rtsp::echoed_timestamp(*request);
            if (!co_await send(Bytes{rtsp::format_response(response)}) || response.close) co_return false;
            if (auto* const session = std::exchange(ready_, nullptr)) session->go();
        } else if (const auto* const refusal = std::get_if<rtsp::Refusal>(&*message)) {
            if (!co_await send(Bytes{rtsp::format_refusal(*refusal, date())})) co_return false;
            if (!refusal->ends) continue;
            tell_end_reason(*this, EndReason::protocol_error);
            co_return false;
        }
    }
    unread_ = {};
    co_return true;
}

// False when none comes any more, or need not be waited for.
axon::Task<bool> RTSPServer::more_input() {
    while (true) {
        hear_control();
        end_silent_sessions();
        if (draining_ && sessions_.empty() && inbox.empty()) co_return false;
        if (gate_ && gate_->is_barred()) co_return false;
        switch (co_await next_event()) {
        case 0: {
            auto data = inbox.try_receive();
            if (data) unread_ = std::move(*data);
            last_input_ = now();
            co_return data.has_value();
        }
        case 1:
        case 2: break;
        default:
            if (!is_stuck() && (!sessions_.empty() || now() < limit())) break;
            if (is_stuck()) drop_unsent(*this);
            tell_end_reason(*this, EndReason::timeout);
            co_return false;
        }
    }
}

// Input, control, a change of the users, or time.
axon::Task<std::size_t> RTSPServer::next_event() {
    if (auto* const changes = gate_ ? gate_->changes() : nullptr)
        co_return co_await axon::first_of(inbox.receive(), control.receive(), changes->receive(),
                                          sleep_until(limit()));
    const auto which = co_await axon::first_of(inbox.receive(), control.receive(), sleep_until(limit()));
    co_return which < 2 ? which : 3;
}

void RTSPServer::hear_control() {
    while (has_signal()) draining_ = std::holds_alternative<axon::Shutdown>(next_signal()) || draining_;
}

// When to look whether somebody has been silent for too long.
axon::Time RTSPServer::limit() const {
    if (sessions_.empty()) return last_input_ + limits_.idle_timeout;
    auto first = axon::Time::max();
    for (const auto& [id, session] : sessions_) first = std::min(first, end_of(*session));
    return first;
}

// An open connection is life enough for what is interleaved with it, unless it takes nothing.
axon::Time RTSPServer::end_of(const RTSPSession& session) const {
    if (session.channels()) return after(std::min(session.stuck_since(), now()), limits_.max_lag);
    return std::max(asked_, session.heard()) + 2 * limits_.session_timeout;
}

void RTSPServer::end_silent_sessions() {
    std::vector<std::string> silent;
    for (const auto& [id, session] : sessions_)
        if (!session->channels() && now() >= end_of(*session)) silent.push_back(id); // NOLINT(performance-*)
    for (const auto& id : silent) end(id);
}

void RTSPServer::hear(const rtsp::Frame& frame) {
    for (const auto& [id, session] : sessions_) {
        const auto& channels = session->channels();
        if (channels && channels->rtcp == frame.channel) session->hear_rtcp(Bytes{frame.payload});
    }
}

bool RTSPServer::is_stuck() const {
    return std::ranges::any_of(sessions_, [&](const auto& each) {
        return each.second->channels() && now() >= end_of(*each.second);
    });
}

// False when the client has taken nothing for too long.
axon::Task<bool> RTSPServer::send(Bytes message) {
    if (co_await axon::within(limits_.max_lag, outbox.send(std::move(message)))) co_return true;
    drop_unsent(*this);
    tell_end_reason(*this, EndReason::timeout);
    co_return false;
}

std::chrono::sys_seconds RTSPServer::date() const {
    return std::chrono::floor<std::chrono::seconds>(system().clock().wall());
}

axon::Task<Response> RTSPServer::response_to(const Request& request) {
    if (gate_) {
        if (auto refused = co_await gate_->refusal(request)) co_return *std::move(refused);
    }
    asked_ = now();
    if (auto unsupported = rtsp::unsupported_options(request); !unsupported.empty()) {
        Response refusal{.status = Status::option_not_supported};
        refusal.unsupported = std::move(unsupported);
        co_return refusal;
    }
    const auto url = rtsp::parse_url(request.url);
    if (!url)
        co_return Response{.status = url.error() == UrlError::too_long ? Status::uri_too_long
                                                                       : Status::bad_request};
    RTSPSession* session = nullptr;
    std::string id;
    if (request.has("Session")) {
        id = rtsp::named_session(request);
        const auto found = sessions_.find(id);
        if (found == sessions_.end()) co_return Response{.status = Status::session_not_found};
        session = found->second;
    }
    Response answer;
    switch (request.method) {
    case Method::options: answer.public_methods = true; break;
    case Method::describe: answer = co_await describe(request, *url); break;
    case Method::setup:
        if (session)
            answer.status = Status::method_not_valid_in_this_state; // it has the only track there is
        else
            co_return co_await set_up(request, *url);
        break;
    case Method::play:
    case Method::pause:
    case Method::teardown:
        if (!session) co_return Response{.status = Status::session_not_found};
        if (!names(*url, session->settings().file.path))
            answer.status = Status::not_found;
        else if (request.method == Method::play)
            answer = co_await play(*this, media_, request, *url, *(ready_ = session));
        else if (request.method == Method::pause)
            answer = co_await kamaelia::pause(*this, media_, request, *(ready_ = session));
        else
            end(id);
        break;
    case Method::get_parameter:
    case Method::set_parameter:
        if (!request.body.empty()) answer.status = Status::parameter_not_understood;
        break;
    case Method::announce:
    case Method::record:
    case Method::redirect:
    case Method::unknown:
        answer.status = Status::not_implemented;
        answer.public_methods = true;
        break;
    }
    answer.session = id;
    co_return answer;
}

axon::Task<Response> RTSPServer::describe(const Request& request, const Url& url) {
    if (!rtsp::accepts(request, "application/sdp")) co_return Response{.status = Status::not_acceptable};
    const auto named = co_await rtsp::find_file(*this, media_, url);
    if (!named) co_return Response{.status = named.error()};
    const auto& [map, file] = *named;
    auto description = rtsp::describe(map, rtsp::bandwidth_of(map), url);
    if (!description) co_return Response{.status = Status::unsupported_media_type};
    description->session_id = scheduler().random()() >> 1U;
    if (const auto ends = ends_of(*this); ends && !ends->local.is_unix()) {
        description->address = ends->local.host();
        if (ends->local.family() == AF_INET6) description->media.front().connection = "::";
    }
    description->name = file.path;
    Response answer;
    answer.content_base = rtsp::content_base(url);
    answer.content_type = "application/sdp";
    answer.body = sdp::format_description(*description);
    co_return answer;
}

RTSPSession::Settings RTSPServer::settings_of(MappedOgg named) {
    auto& random = scheduler().random();
    auto& map = named.map;
    const auto rate = map.durations.rate();
    const auto bandwidth = rtsp::bandwidth_of(map);
    return {.id = secret_text(4),
            .user = gate_ ? gate_->user() : "",
            .file = std::move(named.file),
            .map = std::move(map),
            .stream = {.ssrc = static_cast<std::uint32_t>(random()),
                       .sequence = static_cast<std::uint16_t>(random()),
                       .timestamp = static_cast<std::uint32_t>(random()),
                       .rate = rate,
                       .payload_type = rtsp::payload_type,
                       .burst = limits_.burst,
                       .lead = limits_.lead},
            .limits = {.packet = limits_.packet_size, .latency = samples_in(limits_.latency, rate)},
            .cname = hex(static_cast<std::uint32_t>(random())) + hex(static_cast<std::uint32_t>(random())),
            .bandwidth = bandwidth,
            .interleaved = {.patience = limits_.patience,
                            .room = room_for(std::max(limits_.burst, limits_.lead), bandwidth)}};
}

axon::Task<Response> RTSPServer::set_up(const Request& request, const Url& url) {
    auto named = co_await rtsp::find_file(*this, media_, url);
    if (!named) co_return Response{.status = named.error()};
    if (!url.track) co_return Response{.status = Status::aggregate_not_allowed};
    if (*url.track != rtsp::only_track) co_return Response{.status = Status::not_found};
    if (sessions_.size() == most_sessions) co_return Response{.status = Status::not_enough_bandwidth};
    const auto ends = ends_of(*this);
    const bool udp = ends && !ends->peer.is_unix();
    const auto peer = udp ? ends->peer.host() : "";
    auto chosen = rtsp::choose_transport(request, {.udp = udp, .tcp = true, .peer = peer});
    if (!chosen) co_return Response{.status = Status::unsupported_transport};
    auto settings = settings_of(*std::move(named));
    rtsp::Transport transport{.carrier = chosen->carrier, .ssrc = settings.stream.ssrc};
    const auto id = settings.id;
    auto* const session = spawn<RTSPSession>(std::move(settings)).get();
    if (chosen->carrier == rtsp::Carrier::tcp) {
        transport.interleaved =
            rtsp::free_channels(chosen->interleaved.value_or(rtsp::ChannelPair{0, 1}), channels());
        session->deliver_interleaved(*transport.interleaved);
        axon::link(session->interleaved, outbox);
    } else {
        try {
            transport.server_port =
                session->deliver_by_udp(ends->peer, *chosen->client_port, ends->local, limits_.rtp_port);
        } catch (const std::system_error&) { // no port is free: another transport may do
            stop(*session);
            co_return Response{.status = Status::unsupported_transport};
        }
        transport.client_port = chosen->client_port;
    }
    sessions_.emplace(id, session);
    if (session->channels()) limit_backlog(*this, a_second());
    Response answer;
    answer.session = id;
    answer.timeout = std::chrono::floor<std::chrono::seconds>(limits_.session_timeout);
    answer.transport = rtsp::format_transport(transport);
    co_return answer;
}

// Those of all sessions.
std::vector<rtsp::ChannelPair> RTSPServer::channels() const {
    std::vector<rtsp::ChannelPair> all;
    all.reserve(sessions_.size());
    for (const auto& [id, session] : sessions_)
        if (session->channels()) all.push_back(*session->channels());
    return all;
}

// Of what is interleaved, of all sessions.
Backlog RTSPServer::a_second() const {
    double bytes = 0;
    double packets = 0;
    for (const auto& [id, session] : sessions_) {
        if (!session->channels()) continue;
        bytes += session->settings().bandwidth / 8;
        packets += packets_a_second(session->settings());
    }
    return {.bytes = static_cast<std::size_t>(bytes), .messages = static_cast<std::size_t>(packets)};
}

void RTSPServer::end(const std::string& id) {
    const auto session = sessions_.extract(id);
    stop(*session.mapped());
    if (!channels().empty()) limit_backlog(*this, a_second());
}

void RTSPServer::child_has_ended(axon::Component& child) {
    const auto is_child = [&](const auto& each) { return each.second == &child; };
    if (std::ranges::any_of(sessions_, is_child)) throw std::runtime_error{"a session has ended by itself"};
}

} // namespace kamaelia
