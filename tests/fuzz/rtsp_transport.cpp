// Whatever is chosen can be used and is offered, and written again it is the same.
#include "kamaelia/protocol/rtsp/transport.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace kamaelia::rtsp;

void check(const Request& request, const TransportOffer& offer) {
    const auto chosen = choose_transport(request, offer);
    if (!chosen) return;
    const bool udp = chosen->carrier == Carrier::udp;
    if (!(udp ? offer.udp && chosen->client_port : offer.tcp) || chosen->multicast) std::abort();
    if (chosen->client_port && chosen->client_port->rtp == 0) std::abort();
    if (!chosen->destination.empty() && chosen->destination != offer.peer) std::abort();
    const std::string text = format_transport(*chosen);
    std::string_view list = text;
    const auto again = next_transport(list);
    if (!again || !list.empty() || format_transport(*again) != text || !again->fault.empty()) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Request request;
    request.fields.push_back({"Transport", std::string(data, data + size)});
    check(request, {.udp = true, .tcp = true, .peer = "192.0.2.7"});
    check(request, {.udp = false, .tcp = true, .peer = "192.0.2.7"});
    check(request, {.udp = true, .tcp = false, .peer = "192.0.2.7"});
    return 0;
}
