// Boost.Beast's parser, told to fill a Request. For request_reader.cpp alone: Beast is slow to compile.
#pragma once

#include "kamaelia/protocol/http/head_scanner.hpp"
#include "kamaelia/protocol/http/request.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

namespace kamaelia::http {

/// The grammar of a request's head (RFC 9112 3 and 5). Bodies are not for it: where one ends is too
/// important to depend on how its bytes were split, and in Beast 1.81 that happens (a quoted string in
/// a chunk's extension may run past its line).
class HeadParser final : public boost::beast::http::basic_parser<true> {
public:
    explicit HeadParser(std::size_t field_limit);

    Request request;

    /// Takes the request line with its CRLF; then is_header_done() is still false.
    [[nodiscard]] std::expected<void, RequestError> parse_line(std::string_view line);
    /// Takes all field lines and the empty line behind them. In one piece, because Beast's own limit
    /// does not count what came in small ones.
    [[nodiscard]] std::expected<void, RequestError> parse_fields(std::string_view lines);

private:
    using ErrorCode = boost::beast::error_code;
    using Text = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, Text method, Text target, int version,
                         ErrorCode& error) override;
    void on_response_impl(int, Text, int, ErrorCode&) override {}
    void on_field_impl(boost::beast::http::field, Text name, Text value, ErrorCode& error) override;
    void on_header_impl(ErrorCode& error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
    std::size_t on_body_impl(Text, ErrorCode&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, Text, ErrorCode&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text, ErrorCode&) override { return 0; }
    void on_finish_impl(ErrorCode&) override {}

    void refuse(ErrorCode& error, Status status, std::string_view reason);
    std::unexpected<RequestError> why(const ErrorCode& error) const;

    std::size_t field_limit_;
    std::optional<RequestError> refusal_; // ours, when it was not Beast that refused
};

} // namespace kamaelia::http
