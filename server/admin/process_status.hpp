// ProcessStatus: what the operating system says of this process.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace server::admin {

/// What is empty the system does not tell.
struct ProcessStatus {
    std::optional<double> cpu_seconds;     ///< of all threads, in user and system mode
    std::optional<std::uint64_t> resident; ///< bytes
    std::optional<std::uint64_t> virtual_; ///< bytes
    std::optional<std::uint64_t> open_fds; ///< this one not counted
    std::optional<std::uint64_t> max_fds;
    std::optional<double> start_time; ///< seconds since 1970
};

/// Of /proc/PID/stat, with so many ticks a second and bytes a page; `boot` is when the machine was started,
/// in seconds since 1970. Empty where the text is not like that.
[[nodiscard]] ProcessStatus parse_process_status(std::string_view stat, std::optional<double> boot,
                                                 long ticks, long page);

/// Blocks for a moment, longer with thousands of descriptors: for offload().
[[nodiscard]] ProcessStatus read_process_status();

} // namespace server::admin
