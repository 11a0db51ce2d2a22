// PLAY and PAUSE: what of its file a session plays from now on.
//
//     auto answer = co_await play(*this, media_, request, url, session);
//     ...                                          // send it, and then:
//     session.go();
#pragma once

#include "axon/component.hpp"
#include "axon/task.hpp"
#include "kamaelia/protocol/rtsp/request.hpp"
#include "kamaelia/protocol/rtsp/response.hpp"
#include "kamaelia/protocol/rtsp/rtsp_session.hpp"
#include "kamaelia/protocol/rtsp/url.hpp"

#include <string>

namespace kamaelia {

/// Has a session play what the request asks for, of its file below the directory `media`, and says what that
/// is: nothing of it is sent until the session is told to go. Where that is refused, it goes on with what it
/// plays, or rests where it is. `self` is who awaits.
[[nodiscard]] axon::Task<rtsp::Response> play(axon::Component& self, const std::string& media,
                                              const rtsp::Request& request, const rtsp::Url& url,
                                              RTSPSession& session);

/// Has a session pause: at once, or at the time that the request names (RFC 2326 10.6), when that is reached,
/// as a PLAY ends, but without a goodbye; where it has passed, at once, and it is there that it goes on
/// later. Until then it has to be told to go on, too. Where the time is not in what the session's PLAY plays,
/// that is refused.
[[nodiscard]] axon::Task<rtsp::Response> pause(axon::Component& self, const std::string& media,
                                               const rtsp::Request& request, RTSPSession& session);

} // namespace kamaelia
