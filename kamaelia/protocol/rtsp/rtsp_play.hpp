// PLAY: what of its file a session plays from now on.
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

} // namespace kamaelia
