#include "server/admin/process_status.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ranges>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <time.h>
#include <unistd.h>
#include <vector>

namespace server::admin {
namespace {

// proc(5): the places of the fields that follow the program's name.
constexpr std::size_t utime = 11;
constexpr std::size_t stime = 12;
constexpr std::size_t starttime = 19;
constexpr std::size_t vsize = 20;
constexpr std::size_t rss = 21;

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// Not from /proc/stat, which a service may not be shown (ProcSubset=pid).
std::optional<double> boot_time() {
#ifdef CLOCK_BOOTTIME
    timespec up{};
    timespec wall{};
    if (::clock_gettime(CLOCK_BOOTTIME, &up) != 0 || ::clock_gettime(CLOCK_REALTIME, &wall) != 0)
        return std::nullopt;
    return static_cast<double>(wall.tv_sec - up.tv_sec) +
           static_cast<double>(wall.tv_nsec - up.tv_nsec) * 1e-9;
#else
    return std::nullopt;
#endif
}

std::string whole(const char* path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::optional<std::uint64_t> open_descriptors() {
    std::error_code error;
    std::filesystem::directory_iterator each{"/proc/self/fd", error};
    if (error) return std::nullopt;
    std::uint64_t count = 0;
    for (; each != std::filesystem::directory_iterator{}; each.increment(error)) {
        if (error) return std::nullopt;
        ++count;
    }
    return count - 1; // the directory itself
}

} // namespace

ProcessStatus parse_process_status(std::string_view stat, std::optional<double> boot, long ticks, long page) {
    ProcessStatus status;
    const auto name_end = stat.rfind(") "); // the name may hold whatever it likes
    if (name_end == std::string_view::npos) return status;
    std::vector<std::optional<std::uint64_t>> fields;
    for (const auto field : std::views::split(stat.substr(name_end + 2), ' '))
        fields.push_back(number(std::string_view{field})); // NOLINT(performance-inefficient-vector-operation)
    if (fields.size() <= rss) return status;
    const auto tick = static_cast<double>(ticks);
    if (fields[utime] && fields[stime])
        status.cpu_seconds = static_cast<double>(*fields[utime] + *fields[stime]) / tick;
    status.virtual_ = fields[vsize];
    if (fields[rss]) status.resident = *fields[rss] * static_cast<std::uint64_t>(page);
    if (boot && fields[starttime]) status.start_time = *boot + static_cast<double>(*fields[starttime]) / tick;
    return status;
}

ProcessStatus read_process_status() {
    auto status = parse_process_status(whole("/proc/self/stat"), boot_time(), ::sysconf(_SC_CLK_TCK),
                                       ::sysconf(_SC_PAGESIZE));
    status.open_fds = open_descriptors();
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) status.max_fds = limit.rlim_cur;
    return status;
}

} // namespace server::admin
