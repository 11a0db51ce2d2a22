// The users files that servers need: whether they are there, and what is wrong with them.
#pragma once

#include "axon/setting.hpp"
#include "server/config/config.hpp"

namespace server {

/// Complains of each mistake of each users file that can be read, and of what can be no users file, at the
/// setting that names it. Blocks on the disk.
void check_users(const Config& config, axon::Complaints& complaints);

/// Complains of each users file that cannot be read. Blocks on the disk.
void check_users_are_there(const Config& config, axon::Complaints& complaints);

/// Complains of each users file that can be used but was hardly meant so. Blocks on the disk.
void check_users_are_sensible(const Config& config, axon::Complaints& complaints);

} // namespace server
