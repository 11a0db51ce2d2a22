#include "kamaelia/protocol/rtsp/transport.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace kamaelia::rtsp {
namespace {

// Takes what stands before the first `end` outside of quotes, trimmed, off the front of `text`.
std::string_view next_part(std::string_view& text, char end) {
    bool quoted = false;
    std::size_t at = 0;
    for (; at < text.size() && (quoted || text[at] != end); ++at)
        if (text[at] == '"') quoted = !quoted;
    const std::string_view part = trim(text.substr(0, at));
    text.remove_prefix(std::min(at + 1, text.size()));
    return part;
}

std::string_view unquoted(std::string_view text) {
    return text.size() >= 2 && text.starts_with('"') && text.ends_with('"') ? text.substr(1, text.size() - 2)
                                                                            : text;
}

// NUMBER [ "-" NUMBER ]; the second is above the first, and the next one when it is not there.
template <class Number>
std::optional<std::pair<Number, Number>> parse_pair(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto first = parse_number<Number>(text.substr(0, dash));
    if (!first || *first == static_cast<Number>(-1)) return std::nullopt;
    if (dash == std::string_view::npos) return std::pair{*first, static_cast<Number>(*first + 1)};
    const auto second = parse_number<Number>(text.substr(dash + 1));
    if (!second || *second <= *first) return std::nullopt;
    return std::pair{*first, *second};
}

class Parameters {
public:
    explicit Parameters(Transport& transport) : transport_{transport} {}

    void take(std::string_view parameter);
    void finish();

private:
    void set(std::string_view name, std::string_view value);
    void set_mode(std::string_view value);
    void set_ports(std::optional<PortPair>& ports, std::string_view value);
    void set_channels(std::string_view value);
    template <class Number>
    void set_number(std::optional<Number>& number, std::string_view value, int base);
    void fault(std::string_view what) { transport_.fault = what; }

    Transport& transport_;
    bool unicast_ = false;
};

void Parameters::take(std::string_view parameter) {
    const std::size_t equals = parameter.find('=');
    const std::string_view name = trim(parameter.substr(0, equals));
    if (equals != std::string_view::npos) return set(name, unquoted(trim(parameter.substr(equals + 1))));
    if (iequals(name, "unicast")) unicast_ = true;
    if (iequals(name, "multicast")) transport_.multicast = true;
}

void Parameters::set(std::string_view name, std::string_view value) {
    if (iequals(name, "mode")) return set_mode(value);
    if (iequals(name, "client_port")) return set_ports(transport_.client_port, value);
    if (iequals(name, "server_port")) return set_ports(transport_.server_port, value);
    if (iequals(name, "port")) return set_ports(transport_.port, value);
    if (iequals(name, "interleaved")) return set_channels(value);
    if (iequals(name, "ssrc")) return set_number(transport_.ssrc, value, 16);
    if (iequals(name, "ttl")) return set_number(transport_.ttl, value, 10);
    const bool destination = iequals(name, "destination");
    if (!destination && !iequals(name, "source")) return;
    std::string_view& address = destination ? transport_.destination : transport_.source;
    if (!address.empty() || value.empty()) fault("an address that is said twice, or empty");
    address = value;
}

void Parameters::set_mode(std::string_view value) {
    transport_.play = false;
    while (!value.empty())
        if (iequals(next_element(value), "PLAY")) transport_.play = true;
}

void Parameters::set_ports(std::optional<PortPair>& ports, std::string_view value) {
    const auto pair = parse_pair<std::uint16_t>(value);
    if (!pair || pair->first == 0 || ports) return fault("ports that are no pair, or said twice");
    ports = PortPair{pair->first, pair->second};
}

void Parameters::set_channels(std::string_view value) {
    const auto pair = parse_pair<std::uint8_t>(value);
    if (!pair || transport_.interleaved) return fault("channels that are no pair, or said twice");
    transport_.interleaved = ChannelPair{pair->first, pair->second};
}

template <class Number>
void Parameters::set_number(std::optional<Number>& number, std::string_view value, int base) {
    const auto parsed = parse_number<Number>(value, base);
    if (!parsed || number) return fault("an ssrc or ttl that is no number, or said twice");
    number = parsed;
}

void Parameters::finish() {
    const bool addressed = transport_.client_port || transport_.interleaved;
    if (transport_.carrier == Carrier::udp && transport_.interleaved && !transport_.client_port)
        transport_.carrier = Carrier::tcp;
    if (unicast_ && transport_.multicast) fault("both unicast and multicast");
    if (!unicast_ && !addressed && transport_.carrier != Carrier::tcp) transport_.multicast = true;
}

Carrier carrier_of(std::string_view protocol) {
    if (iequals(protocol, "RTP/AVP") || iequals(protocol, "RTP/AVP/UDP")) return Carrier::udp;
    return iequals(protocol, "RTP/AVP/TCP") ? Carrier::tcp : Carrier::other;
}

std::string eight_digits(std::uint32_t ssrc) {
    std::string digits(8, '0');
    for (std::size_t i = digits.size(); i-- > 0; ssrc >>= 4U) digits[i] = "0123456789ABCDEF"[ssrc & 0xFU];
    return digits;
}

bool is_usable(const Transport& transport, const TransportOffer& offer) {
    if (!transport.fault.empty() || transport.multicast || !transport.play) return false;
    if (!transport.destination.empty() && !iequals(transport.destination, offer.peer)) return false;
    switch (transport.carrier) {
    case Carrier::udp: return offer.udp && transport.client_port.has_value();
    case Carrier::tcp: return offer.tcp;
    case Carrier::other: return false;
    }
    std::unreachable();
}

} // namespace

std::optional<Transport> next_transport(std::string_view& list) {
    std::string_view rest;
    while (rest.empty()) {
        if (list.empty()) return std::nullopt;
        rest = next_part(list, ',');
    }
    Transport transport{.carrier = carrier_of(next_part(rest, ';'))};
    Parameters parameters{transport};
    while (!rest.empty()) parameters.take(next_part(rest, ';'));
    parameters.finish();
    return transport;
}

std::optional<Transport> choose_transport(const Request& request, const TransportOffer& offer) {
    for (const Field& field : request.fields) {
        if (!iequals(field.name, "Transport")) continue;
        std::string_view list = field.value;
        while (auto transport = next_transport(list))
            if (is_usable(*transport, offer)) return transport;
    }
    return std::nullopt;
}

ChannelPair free_channels(ChannelPair wanted, std::span<const ChannelPair> taken) {
    const auto is_free = [&](std::uint8_t channel) {
        return std::ranges::none_of(
            taken, [&](const ChannelPair& pair) { return pair.rtp == channel || pair.rtcp == channel; });
    };
    for (std::uint8_t channel = 0; !is_free(wanted.rtp) || !is_free(wanted.rtcp); channel += 2)
        wanted = {channel, static_cast<std::uint8_t>(channel + 1)};
    return wanted;
}

std::expected<Transport, std::string_view> answered_transport(std::string_view value,
                                                              const Transport& asked) {
    auto answer = next_transport(value);
    if (!answer) return std::unexpected{"the server has chosen no transport"};
    if (!answer->fault.empty()) return std::unexpected{answer->fault};
    if (answer->multicast) return std::unexpected{"the server has chosen multicast"};
    if (answer->carrier != asked.carrier) return std::unexpected{"the server has chosen another protocol"};
    if (!answer->interleaved) answer->interleaved = asked.interleaved;
    return *answer;
}

std::string format_transport(const Transport& transport) {
    std::string text = transport.carrier == Carrier::tcp ? "RTP/AVP/TCP;unicast" : "RTP/AVP;unicast";
    const auto add = [&](std::string_view name, std::string_view value) {
        text.append(";").append(name).append("=").append(value);
    };
    const auto add_pair = [&](std::string_view name, const auto& pair) {
        if (pair) add(name, std::to_string(pair->rtp) + '-' + std::to_string(pair->rtcp));
    };
    add_pair("client_port", transport.client_port);
    add_pair("server_port", transport.server_port);
    add_pair("interleaved", transport.interleaved);
    if (transport.ssrc) add("ssrc", eight_digits(*transport.ssrc));
    return text + ";mode=\"PLAY\"";
}

} // namespace kamaelia::rtsp
