#include "axon/check.hpp"

#include <string>

#ifdef AXON_DEV
#include "axon/scheduler.hpp"

#include <cstdio>
#include <cstdlib>
#endif

namespace axon {

void check_failed(const char* condition, const char* file, int line) {
    const auto text = std::string{file} + ":" + std::to_string(line) + ": check failed: " + condition;
#ifdef AXON_DEV
    std::fprintf(stderr, "%s (in %s)\n", text.c_str(), Scheduler::running_path().c_str());
    std::abort();
#else
    throw CheckFailed{text};
#endif
}

} // namespace axon
