// The numbers that reading and writing of RTCP share (RFC 3550 section 12).
#pragma once

#include <cstddef>

namespace kamaelia::rtp::rtcp {

constexpr unsigned version = 2;

constexpr unsigned sender_report = 200;
constexpr unsigned receiver_report = 201;
constexpr unsigned source_description = 202;
constexpr unsigned goodbye = 203;

constexpr unsigned cname_item = 1;
constexpr std::size_t block_size = 24; ///< bytes of a report block

} // namespace kamaelia::rtp::rtcp
