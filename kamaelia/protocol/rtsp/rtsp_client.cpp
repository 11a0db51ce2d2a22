#include "kamaelia/protocol/rtsp/rtsp_client.hpp"

#include "axon/combine.hpp"
#include "axon/sleep.hpp"
#include "axon/system.hpp"
#include "kamaelia/codec/sample_time.hpp"
#include "kamaelia/codec/vorbis_headers.hpp"
#include "kamaelia/protocol/rtsp/interleaved_delivery.hpp"
#include "kamaelia/protocol/rtsp/range.hpp"
#include "kamaelia/protocol/rtsp/request_format.hpp"
#include "kamaelia/protocol/rtsp/response.hpp"
#include "kamaelia/protocol/rtsp/rtp_info.hpp"
#include "kamaelia/protocol/rtsp/url.hpp"
#include "kamaelia/protocol/sdp/parse.hpp"
#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace kamaelia {
namespace {

using axon::Bytes;
using rtsp::Method;
using rtsp::Reply;
using rtsp::Request;
using rtsp::Status;

constexpr std::chrono::seconds patience{10};        // with a server that has been asked
constexpr std::size_t most_early = 64;              // packets that come before the answer to PLAY
constexpr rtsp::ReadLimits limits{.body = 262'144}; // a description may hold headers of 64 KiB, in base64

// What is no URL may have a password in it, in front of an @.
std::string shown(std::string_view url) {
    const auto at = url.rfind('@');
    if (at == url.npos || rtsp::parse_url(url)) return std::string{url};
    return "..." + std::string{url.substr(at)};
}

// "404 Not Found", and where else it is.
std::string refusal_text(const Reply& reply) {
    auto text = std::to_string(reply.status);
    if (!reply.reason.empty()) text += ' ' + reply.reason;
    if (const auto location = reply.field("Location"))
        text.append(", it is at ").append(shown(*location)).append(", which is not followed");
    return text;
}

bool offers(const Reply& reply, Method method) {
    return std::ranges::any_of(reply.fields, [&](const Field& field) {
        return iequals(field.name, "Public") && field.value.contains(rtsp::name_of(method));
    });
}

rtp::MediaDepacketiser depacketiser_of(const rtsp::Track& track) {
    const auto& headers = track.format.headers;
    if (headers.codec == OggCodec::opus) return rtp::MediaDepacketiser::of_opus();
    return rtp::MediaDepacketiser::of_vorbis(
        track.ident, read_vorbis_headers(headers.identification, headers.setup).value());
}

} // namespace

RTSPClient::RTSPClient(Params params) : params_{std::move(params)}, reader_{limits} {}

axon::Task<> RTSPClient::main() {
    if (const auto url = rtsp::parse_url(params_.url); !url || url->server)
        throw RTSPError{'"' + shown(params_.url) + "\" is no URL of RTSP" +
                            (params_.url.contains('@') ? ", which has no user and no password" : ""),
                        0};
    if (offers(co_await ask(request(Method::options, params_.url)), Method::get_parameter))
        life_ = Method::get_parameter;
    auto track = co_await describe();
    co_await set_up(track);
    const auto rate = track.format.durations.rate();
    co_await format.send(std::move(track.format));
    co_await play(rate);
    co_await listen();
}

axon::Task<> RTSPClient::close() {
    if (!session_ || gone_) co_return;
    leaving_ = true;
    co_await send(request(Method::teardown, presentation_));
    while (!answer_ && !gone_ && co_await hear(asked_ + patience) == Heard::something) {
    }
}

axon::Task<rtsp::Track> RTSPClient::describe() {
    auto asked = request(Method::describe, params_.url);
    asked.fields.push_back({"Accept", "application/sdp"});
    const auto reply = co_await ask(std::move(asked));
    const auto description = sdp::parse_description(reply.body);
    if (!description)
        throw error("line " + std::to_string(description.error().line) + " of the description is " +
                    std::string{description.error().what});
    const auto base = reply.field("Content-Base").or_else([&] { return reply.field("Content-Location"); });
    auto track = rtsp::choose_track(*description, base.value_or(params_.url));
    if (!track) throw error(track.error());
    presentation_ = track->presentation;
    co_return *std::move(track);
}

axon::Task<> RTSPClient::set_up(const rtsp::Track& track) {
    const rtsp::Transport wanted{.carrier = rtsp::Carrier::tcp, .interleaved = rtsp::ChannelPair{0, 1}};
    auto asked = request(Method::setup, track.url);
    asked.fields.push_back({"Transport", rtsp::format_transport(wanted)});
    const auto reply = co_await ask(std::move(asked));
    session_ = rtsp::parse_session(reply.field("Session").value_or(""));
    if (!session_) throw error("the answer names no session");
    const auto transport = rtsp::answered_transport(reply.field("Transport").value_or(""), wanted);
    if (!transport) throw error(transport.error());
    channels_ = *transport->interleaved;
    auto& random = scheduler().random();
    auto* const depacketiser =
        spawn<RTPDepacketiser>(RTPDepacketiser::Settings{.depacketiser = depacketiser_of(track),
                                                         .rate = track.format.durations.rate(),
                                                         .payload_type = track.payload_type,
                                                         .ssrc = transport->ssrc,
                                                         .own_ssrc = static_cast<std::uint32_t>(random()),
                                                         .cname = std::to_string(random()),
                                                         .bandwidth = track.rtcp_bandwidth})
            .get();
    axon::link(to_depacketiser_.emplace(*this, "to_depacketiser"), depacketiser->inbox);
    axon::link(depacketiser->outbox, media);
    axon::link(depacketiser->reports, reports_.emplace(*this, "reports"));
}

axon::Task<> RTSPClient::play(std::uint32_t rate) {
    rtsp::NptRange part{.start = rtsp::NptTime{.time = params_.start}};
    if (params_.end) part.end = rtsp::NptTime{.time = *params_.end};
    auto asked = request(Method::play, presentation_);
    asked.fields.push_back({"Range", rtsp::format_range(part)});
    const auto reply = co_await ask(std::move(asked));
    rtp::MediaBeginning beginning{.timestamp = nearest_sample(params_.start, rate)};
    if (const auto range = rtsp::parse_range(reply.field("Range").value_or("")); range && range->start)
        beginning.timestamp = nearest_sample(range->start->time, rate);
    if (const auto info = rtsp::parse_rtp_info(reply.field("RTP-Info").value_or("")); !info.empty())
        beginning.rtp_time = info.front().rtptime; // of the only track that was set up
    playing_ = true;
    co_await pass_on(beginning);
    for (const auto& news : std::exchange(early_, {})) co_await pass_on(news);
}

axon::Task<> RTSPClient::listen() {
    while (!over_) {
        const auto heard = co_await hear(unanswered_ ? silence() : due());
        if (heard == Heard::end) {
            to_depacketiser_->close();
            while (co_await reports_->receive()) {
            }
            throw lost("the connection ended before the stream");
        }
        if (heard == Heard::nothing && now() >= silence()) throw lost("there was no word for 10 s");
        const auto answer = std::exchange(answer_, std::nullopt);
        if (answer && answer->status == std::to_underlying(Status::session_not_found)) {
            gone_ = true;
            throw error(refusal_text(*answer), answer->status);
        }
        if (must_ask()) co_await keep_alive();
    }
}

axon::Task<> RTSPClient::keep_alive() { return send(request(life_, presentation_)); }

// Only when there is an answer to what was asked before: two who wait for each other to read would wait for
// ever.
bool RTSPClient::must_ask() const { return !unanswered_ && now() >= due(); }

// When it is to be given up: it does not answer, and nothing else comes, either.
axon::Time RTSPClient::silence() const {
    return unanswered_ ? std::max(*unanswered_, heard_) + patience : axon::Time::max();
}

Request RTSPClient::request(Method method, const std::string& url) const {
    Request request{.method = method, .url = url};
    request.fields.push_back({"User-Agent", "kamaelia"});
    if (session_) request.fields.push_back({"Session", session_->id});
    return request;
}

axon::Task<> RTSPClient::send(Request request) {
    request.cseq = ++cseq_;
    asking_ = std::string{rtsp::name_of(request.method)} + ' ' + shown(request.url);
    asked_ = now();
    if (!unanswered_) unanswered_ = asked_;
    answer_.reset();
    co_await outbox.send(Bytes{rtsp::format_request(request)});
}

axon::Task<Reply> RTSPClient::ask(Request request) {
    co_await send(std::move(request));
    while (!answer_) {
        const auto limit = asked_ + patience;
        const auto heard = now() < limit ? co_await hear(limit) : Heard::nothing;
        if (heard == Heard::end) throw lost("the connection ended before the answer");
        if (heard == Heard::nothing) throw lost("there was no answer within 10 s");
    }
    auto reply = *std::exchange(answer_, std::nullopt);
    if (reply.status < 200 || reply.status > 299) throw error(refusal_text(reply), reply.status);
    co_return reply;
}

// Until a message was taken, or the depacketiser has ended.
axon::Task<RTSPClient::Heard> RTSPClient::hear(axon::Time limit) {
    while (true) {
        if (auto message = reader_.next(unread_)) {
            co_await take(*std::move(message));
            co_return Heard::something;
        }
        const bool was_over = over_;
        const auto heard = co_await hear_more(limit);
        if (heard != Heard::something || over_ != was_over) co_return heard;
    }
}

axon::Task<RTSPClient::Heard> RTSPClient::hear_more(axon::Time limit) {
    enum : std::uint8_t { report, data, time };
    std::size_t which = time;
    if (over_ || !reports_) {
        which = data + co_await axon::first_of(inbox.receive(), sleep_until(limit));
    } else {
        which = co_await axon::first_of(reports_->receive(), inbox.receive(), sleep_until(limit));
    }
    if (which == time) co_return Heard::nothing;
    if (which == report) {
        const auto packet = reports_->try_receive();
        over_ = !packet;
        if (packet) co_await outbox.send(interleaved(channels_.rtcp, {}, packet->view()));
        co_return Heard::something;
    }
    auto bytes = inbox.try_receive();
    if (!bytes) co_return Heard::end;
    data_ = *std::move(bytes);
    unread_ = data_.view();
    heard_ = now();
    co_return Heard::something;
}

axon::Task<> RTSPClient::take(rtsp::Message message) {
    if (const auto* const frame = std::get_if<rtsp::Frame>(&message)) {
        co_await take(*frame);
    } else if (const auto* const request = std::get_if<Request>(&message)) {
        co_await answer(*request);
    } else if (auto* const reply = std::get_if<Reply>(&message)) {
        if (reply->status < 200) co_return;
        unanswered_.reset();
        if (reply->cseq == cseq_) answer_ = std::move(*reply);
    } else if (leaving_) {
        gone_ = true;
    } else {
        throw lost("the server says what is no RTSP: " + std::string{std::get<rtsp::Refusal>(message).why});
    }
}

axon::Task<> RTSPClient::take(const rtsp::Frame& frame) {
    if (!session_ || leaving_) co_return;
    const bool is_rtp = frame.channel == channels_.rtp;
    if (!is_rtp && frame.channel != channels_.rtcp) co_return;
    Bytes packet{frame.payload};
    RTPNews news = is_rtp ? RTPNews{RTPData{std::move(packet)}} : RTPNews{RTCPData{std::move(packet)}};
    if (playing_) {
        co_await pass_on(std::move(news));
    } else if (early_.size() < most_early) {
        early_.push_back(std::move(news));
    }
}

// A server may ask whether somebody is there (RFC 2326 10.8); all else there is nothing to say to.
axon::Task<> RTSPClient::answer(const Request& request) {
    const bool asks_for_life = request.method == Method::get_parameter && request.body.empty();
    co_await outbox.send(Bytes{
        rtsp::format_response({.status = asks_for_life ? Status::ok : Status::not_implemented,
                               .cseq = request.cseq,
                               .date = std::chrono::floor<std::chrono::seconds>(system().clock().wall())})});
}

// Waits for who hears the media, and goes on keeping the session alive.
axon::Task<> RTSPClient::pass_on(RTPNews news) {
    while (true) {
        if (must_ask()) co_await keep_alive();
        const auto limit = unanswered_ ? axon::Duration::max() : due() - now();
        if (co_await axon::within(limit, to_depacketiser_->send(news))) co_return;
    }
}

RTSPError RTSPClient::error(std::string_view why, unsigned status) const {
    return RTSPError{asking_ + ": " + std::string{why}, status};
}

RTSPError RTSPClient::lost(std::string_view why) {
    gone_ = true;
    return error(why);
}

} // namespace kamaelia
