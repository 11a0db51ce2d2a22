#include "kamaelia/protocol/rtsp/rtsp_play.hpp"

#include "kamaelia/codec/sample_time.hpp"
#include "kamaelia/protocol/rtsp/description.hpp"
#include "kamaelia/protocol/rtsp/named_file.hpp"
#include "kamaelia/protocol/rtsp/range.hpp"
#include "kamaelia/protocol/rtsp/rtp_info.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <expected>
#include <utility>

namespace kamaelia {
namespace {

using rtsp::NptTime;
using rtsp::Response;
using rtsp::Status;

// Makes ready what is to be played of its file, and says from which sample on. Where it goes on with what it
// plays, nothing is left out and nothing comes twice, though that goes on meanwhile.
axon::Task<std::expected<std::int64_t, Status>> prepare(axon::Component& self, const std::string& media,
                                                        RTSPSession& session, OggPart part, bool goes_on) {
    const auto& settings = session.settings();
    auto opened = co_await rtsp::open_part(self, media, settings.file, settings.map, part.begin);
    if (!opened) co_return std::unexpected{opened.error()};
    axon::Inbox<RTPBegun> news{self, "begun"};
    session.prepare(std::move(opened->file), opened->start, part, news);
    const auto begun = co_await news.receive();
    if (!begun) co_return std::unexpected{Status::invalid_range};
    co_return goes_on ? std::max(begun->timestamp, session.position()) : begun->timestamp;
}

// What is told of what begins there.
Response answer_of(const RTSPSession& session, const rtsp::Url& url, std::int64_t from) {
    const auto rate = session.settings().map.durations.rate();
    const auto& clock = session.clock();
    Response answer;
    answer.range = rtsp::format_range({.start = NptTime{.time = time_of_samples(from, rate)},
                                       .end = NptTime{.time = time_of_samples(session.span().end, rate)}});
    const std::array info{rtsp::RtpInfo{.url = rtsp::control_url(url, rtsp::only_track),
                                        .seq = clock.sequence(),
                                        .rtptime = clock.rtp_time(from)}};
    answer.rtp_info = rtsp::format_rtp_info(info);
    return answer;
}

} // namespace

axon::Task<Response> play(axon::Component& self, const std::string& media, const rtsp::Request& request,
                          const rtsp::Url& url, RTSPSession& session) {
    const auto range = rtsp::requested_range(request);
    if (!range) co_return Response{.status = rtsp::status_of(range.error())};
    const auto& map = session.settings().map;
    const auto rate = map.durations.rate();
    if (!*range && session.playing()) co_return Response{}; // it only shows that it is there
    OggPart part{.begin = session.position(), .fill = !session.primed()};
    bool goes_on = session.playing();
    if (const auto& asked = *range) {
        if (asked->start && !asked->start->now) {
            part = {.begin = samples_in(asked->start->time, rate)};
            goes_on = false;
        }
        if (asked->end && !asked->end->now) part.end = samples_in(asked->end->time, rate);
    }
    const auto end = std::min(part.end, map.length());
    if (part.begin >= end) co_return Response{.status = Status::invalid_range};
    const auto from = co_await prepare(self, media, session, part, goes_on);
    if (!from) co_return Response{.status = from.error()};
    session.begin(*from, {.begin = *from, .end = end});
    auto answer = answer_of(session, url, *from);
    if (request.has("Scale")) answer.scale = "1";
    if (request.has("Speed")) answer.speed = "1";
    co_return answer;
}

axon::Task<Response> pause(axon::Component& self, const std::string& media, const rtsp::Request& request,
                           RTSPSession& session) {
    const auto point = rtsp::requested_pause_point(request);
    if (!point) co_return Response{.status = rtsp::status_of(point.error())};
    if (!*point || (*point)->now) {
        if (session.playing()) session.pause();
        co_return Response{};
    }
    const auto at = nearest_sample((*point)->time, session.settings().map.durations.rate());
    const auto span = session.span();
    if (!session.playing() || at < span.begin || at >= span.end)
        co_return Response{.status = Status::invalid_range};
    if (at > session.position()) {
        const OggPart part{.begin = session.position(), .end = at, .fill = false};
        const auto from = co_await prepare(self, media, session, part, true);
        if (from) session.begin(*from, span, RTCPNews::resting);
        if (from) co_return Response{};
        if (from.error() != Status::invalid_range) co_return Response{.status = from.error()};
    } // else nothing is left before it
    if (session.playing()) session.pause(at);
    co_return Response{};
}

} // namespace kamaelia
