// A request as a value.
#pragma once

#include "kamaelia/protocol/fields.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia::rtsp {

/// The methods of RFC 2326 section 10. Known is not offered: what is not, and what is unknown, gets 501 with
/// Public.
enum class Method : std::uint8_t {
    options,
    describe,
    setup,
    play,
    pause,
    teardown,
    get_parameter,
    set_parameter,
    announce,
    record,
    redirect,
    unknown,
};

/// The method called `name`, which has a case (RFC 2326 6.1).
[[nodiscard]] Method method_of(std::string_view name);

/// The other way round; empty for an unknown one.
[[nodiscard]] std::string_view name_of(Method method);

/// A request that passed every check of MessageReader.
struct Request {
    Method method = Method::unknown;
    std::string method_name{};   ///< as sent: Digest needs it
    std::string url{};           ///< as sent, and not looked at; parse_url() takes it apart
    std::uint64_t cseq = 0;      ///< to be echoed in the answer (RFC 2326 12.17)
    std::vector<Field> fields{}; ///< in the order in which they came
    std::string body{};

    /// As find_field() and has_field().
    [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const {
        return find_field(fields, name);
    }
    [[nodiscard]] bool has(std::string_view name) const { return has_field(fields, name); }
};

} // namespace kamaelia::rtsp
