// What the process ends with, as sysexits.h numbers it.
#pragma once

namespace server::exit_code {

inline constexpr int stopped = 0;         ///< as asked
inline constexpr int usage = 64;          ///< the command line is wrong
inline constexpr int fault = 70;          ///< ours
inline constexpr int system_refused = 71; ///< a port in use, a missing file
inline constexpr int configuration = 78;  ///< the configuration is wrong

} // namespace server::exit_code
