// The whole program behind main().
#pragma once

#include <span>

namespace server {

/// `arguments` without the program's name. Returns the exit code (server/exit_code.hpp); what went wrong is
/// on stderr by then.
[[nodiscard]] int run_program(std::span<char* const> arguments);

} // namespace server
