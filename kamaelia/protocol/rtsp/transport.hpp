// The Transport field (RFC 2326 section 12.39): how the packets travel.
//
//     const auto chosen = choose_transport(request, {.udp = true, .tcp = true, .peer = "192.0.2.7"});
//     if (!chosen) ...                                          // 461
//     Transport answer{.carrier = chosen->carrier, .client_port = chosen->client_port};
//     answer.server_port = PortPair{6970, 6971};
//     response.transport = format_transport(answer);
#pragma once

#include "kamaelia/protocol/rtp/port_pair.hpp"
#include "kamaelia/protocol/rtsp/request.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kamaelia::rtsp {

using rtp::PortPair;

/// The channels of interleaved data, of RTP and of RTCP.
struct ChannelPair {
    std::uint8_t rtp = 0;
    std::uint8_t rtcp = 0;
    bool operator==(const ChannelPair&) const = default;
};

enum class Carrier : std::uint8_t {
    udp,   ///< RTP/AVP, RTP/AVP/UDP
    tcp,   ///< RTP/AVP/TCP: interleaved with the messages
    other, ///< another profile, as RTP/SAVP, or no RTP
};

/// One alternative of the list. Its texts are those of the field, and stay as long.
struct Transport {
    Carrier carrier = Carrier::udp;
    bool multicast = false;
    bool play = true; ///< by mode, which lists PLAY unless it says otherwise
    std::optional<PortPair> client_port{};
    std::optional<PortPair> server_port{};
    std::optional<PortPair> port{}; ///< of a multicast group
    std::optional<ChannelPair> interleaved{};
    std::optional<std::uint32_t> ssrc{};
    std::optional<std::uint8_t> ttl{};
    std::string_view destination{}; ///< empty: the requester
    std::string_view source{};
    /// What makes this alternative useless, whatever is offered: one line for people and logs; a literal.
    std::string_view fault{};
};

/// Takes the first alternative and its comma off a list. Whatever it holds, it is an alternative, if perhaps
/// one with a fault; nothing when only commas and spaces are left. What is not known is passed over.
///
/// A single port or channel means the pair that begins with it. An RTP port may be odd (RFC 3550 section
/// 11). A port 0, and an RTCP port or channel that is not above the other, is a fault, and so is what is said
/// twice. Without a
/// word about it, what has a client_port, or goes by TCP, is unicast, though the RFC's default is multicast.
/// RTP/AVP that is to be interleaved and has no client_port goes by TCP.
[[nodiscard]] std::optional<Transport> next_transport(std::string_view& list);

/// What the server can do for a requester.
struct TransportOffer {
    bool udp = true;
    bool tcp = true;
    /// The requester's address as text. A destination that is not this very text makes an alternative
    /// useless: else anyone could have packets sent to anyone.
    std::string_view peer{};
};

/// The first alternative of all Transport fields that is RTP/AVP, unicast, for PLAY, and offered. Nothing
/// means 461, also where there is no such field.
[[nodiscard]] std::optional<Transport> choose_transport(const Request& request, const TransportOffer& offer);

/// `wanted`, or where a connection's other sessions have taken one of its channels, the first even one
/// that is free with the next. They have fewer than 64 pairs, so that there is one.
[[nodiscard]] ChannelPair free_channels(ChannelPair wanted, std::span<const ChannelPair> taken);

/// What a server has chosen, by the value of its answer's Transport field, for a client that has asked for
/// `asked` alone, which is unicast. Channels that the answer leaves out are those that were asked for; others
/// are the server's right (RFC 2326 10.12). The error is a sentence's end: "the server has chosen multicast".
[[nodiscard]] std::expected<Transport, std::string_view> answered_transport(std::string_view value,
                                                                            const Transport& asked);

/// As one alternative, unicast and with PLAY as its mode, and the ports, channels and SSRC that it has: of an
/// answer, or of a client's request.
[[nodiscard]] std::string format_transport(const Transport& transport);

} // namespace kamaelia::rtsp
