#include "kamaelia/protocol/rtsp/rtsp_play.hpp"

#include "kamaelia/codec/sample_time.hpp"
#include "kamaelia/protocol/rtsp/description.hpp"
#include "kamaelia/protocol/rtsp/named_file.hpp"
#include "kamaelia/protocol/rtsp/range.hpp"
#include "kamaelia/protocol/rtsp/rtp_info.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace kamaelia {
namespace {

using rtsp::NptTime;
using rtsp::Response;
using rtsp::Status;

// Where it goes on with what it plays, nothing is left out and nothing comes twice, though that goes on
// meanwhile.
axon::Task<Response> play_part(axon::Component& self, const std::string& media, const rtsp::Url& url,
                               RTSPSession& session, OggPart part, bool goes_on) {
    const auto& map = session.settings().map;
    auto opened = co_await rtsp::open_part(self, media, session.settings().file, map, part.begin);
    if (!opened) co_return Response{.status = opened.error()};
    axon::Inbox<RTPBegun> news{self, "begun"};
    session.prepare(std::move(opened->file), opened->start, part, news);
    const auto begun = co_await news.receive();
    if (!begun) co_return Response{.status = Status::invalid_range};
    const auto from = goes_on ? std::max(begun->timestamp, session.position()) : begun->timestamp;
    session.begin(from);
    const auto rate = map.durations.rate();
    Response answer;
    const auto end = std::min(part.end, map.length());
    answer.range = rtsp::format_range({.start = NptTime{.time = time_of_samples(from, rate)},
                                       .end = NptTime{.time = time_of_samples(end, rate)}});
    const auto& clock = session.clock();
    const std::array info{rtsp::RtpInfo{.url = rtsp::control_url(url, rtsp::only_track),
                                        .seq = clock.sequence(),
                                        .rtptime = clock.rtp_time(from)}};
    answer.rtp_info = rtsp::format_rtp_info(info);
    co_return answer;
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
    if (part.begin >= std::min(part.end, map.length())) co_return Response{.status = Status::invalid_range};
    auto answer = co_await play_part(self, media, url, session, part, goes_on);
    if (request.has("Scale")) answer.scale = "1";
    if (request.has("Speed")) answer.speed = "1";
    co_return answer;
}

} // namespace kamaelia
