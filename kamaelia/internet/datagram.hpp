// Datagram: one packet of UDP, and whom it goes to or comes from.
#pragma once

#include "axon/bytes.hpp"
#include "axon/weight.hpp"
#include "kamaelia/internet/address.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kamaelia {

/// A few bytes of a datagram's own, in front of data that many may share.
class DatagramHeader {
public:
    static constexpr std::size_t most = 12; ///< bytes: an RTP header without sources

    DatagramHeader() noexcept = default;
    /// Copies the first `most` bytes.
    explicit DatagramHeader(std::string_view bytes) noexcept;

    [[nodiscard]] std::string_view view() const noexcept { return {bytes_.data(), size_}; }

private:
    std::array<char, most> bytes_{};
    std::uint8_t size_ = 0;
};

/// What is sent is the header and the data behind it; one that has come has all in `data`.
struct Datagram {
    Address peer;
    DatagramHeader header;
    axon::Bytes data;

    [[nodiscard]] std::size_t size() const noexcept { return header.view().size() + data.size(); }
};

} // namespace kamaelia

template <>
struct axon::Weight<kamaelia::Datagram> {
    static std::size_t of(const kamaelia::Datagram& datagram) noexcept { return datagram.size(); }
};
