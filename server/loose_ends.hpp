// Finds outboxes that lead nowhere. That is no mistake, but seldom meant.
#pragma once

#include "axon/setting.hpp"
#include "server/config/config.hpp"

namespace server {

/// One complaint for each outbox of the protocols and graphs that has no linkage, nested ones too: what is
/// sent there is discarded. Silent about ConsoleEchoer, which has shown what it passes on. Of a configuration
/// that check_compositions() found right.
void check_loose_ends(const Config& config, axon::Complaints& warnings);

} // namespace server
