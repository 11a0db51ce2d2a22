#include "server/admin/process_values.hpp"

#include <algorithm>

namespace server::admin {
namespace {

using axon::ValueKind;

template <class T>
void declare(std::optional<axon::Value<T>>& value, bool told, axon::Cat& cat, const char* name,
             const char* help, ValueKind kind = ValueKind::gauge) {
    if (told) value.emplace(cat, axon::ValueInfo{.name = name, .help = help, .kind = kind});
}

template <class T>
void put(std::optional<axon::Value<T>>& value, const std::optional<T>& reading) {
    if (value && reading) value->set(*reading);
}

} // namespace

ProcessValues::ProcessValues(axon::Cat& cat, const ProcessStatus& status) {
    declare(cpu_seconds_, status.cpu_seconds.has_value(), cat, "process_cpu_seconds_total",
            "Total user and system CPU time spent in seconds.", ValueKind::counter);
    declare(start_time_, status.start_time.has_value(), cat, "process_start_time_seconds",
            "Start time of the process since unix epoch in seconds.");
    declare(resident_, status.resident.has_value(), cat, "process_resident_memory_bytes",
            "Resident memory size in bytes.");
    declare(virtual_, status.virtual_.has_value(), cat, "process_virtual_memory_bytes",
            "Virtual memory size in bytes.");
    declare(open_fds_, status.open_fds.has_value(), cat, "process_open_fds",
            "Number of open file descriptors.");
    declare(max_fds_, status.max_fds.has_value(), cat, "process_max_fds",
            "Maximum number of open file descriptors.");
    set(status);
}

void ProcessValues::set(const ProcessStatus& status) {
    if (cpu_seconds_ && status.cpu_seconds)
        cpu_seconds_->set(std::max(*status.cpu_seconds, cpu_seconds_->get())); // two scrapes may overtake
    put(start_time_, status.start_time);
    put(resident_, status.resident);
    put(virtual_, status.virtual_);
    put(open_fds_, status.open_fds);
    put(max_fds_, status.max_fds);
}

} // namespace server::admin
