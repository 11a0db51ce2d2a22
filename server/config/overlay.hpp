// --set KEY=VALUE: a setting of the command line laid over those of the file.
#pragma once

#include "axon/setting.hpp"
#include "server/config/environment.hpp"

#include <cstdint>
#include <string_view>

namespace server {

/// Puts VALUE, read as YAML, where the dotted KEY leads in `root`; maps that are not there yet are made,
/// and a number leads to that item of a list, counted from 0. What it puts there has places of `source`.
/// Leaves `root` as it is after a complaint.
void overlay(axon::Setting& root, std::string_view key_and_value, const Environment& environment,
             std::uint32_t source, axon::Complaints& complaints);

} // namespace server
