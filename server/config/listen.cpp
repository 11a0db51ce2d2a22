#include "server/config/listen.hpp"

#include "axon/did_you_mean.hpp"
#include "axon/quote.hpp"
#include "axon/units.hpp"
#include "kamaelia/internet/address.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace server {
namespace {

using axon::quote;
using Scheme = Listen::Scheme;

constexpr std::string_view expected_url =
    "expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH";

struct NamedScheme {
    std::string_view name;
    Scheme scheme;
};
constexpr std::array schemes{NamedScheme{"tcp", Scheme::tcp}, NamedScheme{"http", Scheme::http},
                             NamedScheme{"rtsp", Scheme::rtsp}, NamedScheme{"unix", Scheme::unix_socket}};

// Those of later versions.
constexpr std::array<std::string_view, 7> schemes_to_come{
    "https", "rtsps", "tls", "http+unix", "http+systemd", "rtsp+systemd", "tcp+systemd"};

// What sockaddr_un takes, less the zero at its end.
constexpr std::size_t longest_socket_path = 107;

std::string_view name_of(Scheme scheme) {
    return std::ranges::find(schemes, scheme, &NamedScheme::scheme)->name;
}

bool is_one_of(char c, std::string_view more) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || more.contains(c);
}

bool is_literal(std::string_view text) { return kamaelia::Address::ip(text, 0).has_value(); }

// A name, or an IPv4 address: what looks like one has to be one. 253 characters are the most of the DNS.
bool is_host(std::string_view text) {
    const bool is_number = text.find_first_not_of("0123456789.") == std::string_view::npos;
    return !text.empty() && text.size() <= 253 &&
           std::ranges::all_of(text, [](char c) { return is_one_of(c, ".-_"); }) &&
           (!is_number || is_literal(text));
}

// With its zone, of which only the form can be told here.
bool is_ipv6(std::string_view text) {
    const auto percent = text.find('%');
    const auto zone = percent == std::string_view::npos ? "0" : text.substr(percent + 1);
    return text.contains(':') && is_literal(text.substr(0, percent)) && !zone.empty() && zone.size() <= 32 &&
           std::ranges::all_of(zone, [](char c) { return is_one_of(c, ".-_"); });
}

std::unexpected<std::string> wrong(std::string_view url, std::string_view what) {
    return std::unexpected{quote(url).append(": ").append(what)};
}

struct HostAndPort {
    std::string_view host;
    std::string_view port; // empty if there is none
};

std::expected<HostAndPort, std::string> split(std::string_view url, std::string_view rest) {
    const auto bracket = rest.starts_with('[') ? rest.find(']') : 0;
    if (bracket == std::string_view::npos) return wrong(url, "the \"[\" of the address has no \"]\"");
    const auto colon = rest.find(':', bracket);
    const auto host = rest.substr(0, colon);
    if (host.empty())
        return wrong(url, "no host; expected one, such as 127.0.0.1, or 0.0.0.0 for every address");
    const bool good =
        bracket > 0 ? host.ends_with(']') && is_ipv6(host.substr(1, host.size() - 2)) : is_host(host);
    if (!good)
        return wrong(url, quote(host) +
                              " is no host; expected a name, an IPv4 address, an IPv6 address in brackets, "
                              "or 0.0.0.0 for every address");
    return HostAndPort{.host = bracket > 0 ? host.substr(1, host.size() - 2) : host,
                       .port = colon == std::string_view::npos ? "" : rest.substr(colon + 1)};
}

std::expected<Listen, std::string> parse_host_and_port(std::string_view url, Scheme scheme,
                                                       std::string_view rest) {
    if (rest.contains('/'))
        return wrong(url, "a path; expected only " + std::string{name_of(scheme)} + "://HOST:PORT");
    if (rest.contains('@'))
        return wrong(url, "a user; expected only " + std::string{name_of(scheme)} + "://HOST:PORT");
    if (!rest.starts_with('[') && (is_ipv6(rest) || is_ipv6(rest.substr(0, rest.rfind(':')))))
        return wrong(url, "an IPv6 address stands in brackets, as in [::1]:8000");
    const auto parts = split(url, rest);
    if (!parts) return std::unexpected{parts.error()};
    if (parts->port.empty())
        return wrong(url, "no port; expected " + std::string{name_of(scheme)} + "://HOST:PORT");
    const auto port = axon::parse_integer<std::uint16_t>(parts->port);
    if (!port) return wrong(url, "port: " + port.error());
    return Listen{.scheme = scheme, .host = std::string{parts->host}, .port = *port, .path = {}, .where = {}};
}

std::expected<Listen, std::string> parse_socket_path(std::string_view url, std::string_view path) {
    if (!path.starts_with('/') || path.size() < 2)
        return wrong(url, "expected unix:///PATH, an absolute path after three slashes");
    if (path.size() > longest_socket_path)
        return wrong(url, "a path longer than 107 bytes, the most that a socket can have");
    if (path.contains('\0')) return wrong(url, "a zero in a path");
    return Listen{.scheme = Scheme::unix_socket, .host = {}, .port = 0, .path = path, .where = {}};
}

// What was probably meant by a text without "://".
std::string meant_by(std::string_view text) {
    const auto colon = text.find(':');
    const auto scheme = std::ranges::find(schemes, text.substr(0, colon), &NamedScheme::name);
    auto rest = text;
    if (scheme != schemes.end())
        rest.remove_prefix(std::min(text.find_first_not_of('/', colon + 1), text.size()));
    const auto meant =
        scheme != schemes.end() && scheme->scheme == Scheme::unix_socket
            ? parse_socket_path(text, "/" + std::string{rest})
            : parse_host_and_port(text, scheme != schemes.end() ? scheme->scheme : Scheme::http, rest);
    return meant ? "; did you mean " + quote(show(*meant)) + "?" : "";
}

std::string unknown_scheme(std::string_view scheme) {
    constexpr std::array<std::string_view, 4> names{"tcp", "http", "rtsp", "unix"};
    std::string lower_case{scheme};
    std::ranges::transform(lower_case, lower_case.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const auto near = axon::did_you_mean(lower_case, names);
    return "unknown scheme " + quote(scheme) +
           (near ? "; did you mean " + std::string{*near} + "://?" : "; " + std::string{expected_url});
}

} // namespace

std::expected<Listen, std::string> parse_listen(std::string_view url) {
    const auto name = url.substr(0, url.find(':'));
    const bool has_slashes = url.substr(name.size()).starts_with("://");
    if (std::ranges::find(schemes_to_come, name) != schemes_to_come.end())
        return wrong(url, std::string{name} + (has_slashes ? "://" : ":") + " is not in this version; " +
                              std::string{expected_url});
    if (!has_slashes) return wrong(url, std::string{expected_url} + meant_by(url));
    const auto scheme = std::ranges::find(schemes, name, &NamedScheme::name);
    if (scheme == schemes.end()) return wrong(url, unknown_scheme(name));
    const auto rest = url.substr(name.size() + 3);
    return scheme->scheme == Scheme::unix_socket ? parse_socket_path(url, rest)
                                                 : parse_host_and_port(url, scheme->scheme, rest);
}

std::string show(const Listen& listen) {
    auto url = std::string{name_of(listen.scheme)} + "://";
    if (listen.scheme == Scheme::unix_socket) return url + listen.path.string();
    const bool in_brackets = listen.host.contains(':');
    url += in_brackets ? "[" + listen.host + "]" : listen.host;
    return url + ":" + std::to_string(listen.port);
}

} // namespace server
