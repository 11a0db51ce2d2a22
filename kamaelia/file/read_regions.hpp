// ReadRegions: makes bytes of regions of files, for a stage that has to see them.
//
//     protocol: [ HTTPServer, ReadRegions, RateControl: { bitrate: 400k } ]
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "kamaelia/file/file_region.hpp"

#include <cstddef>

namespace kamaelia {

/// Passes bytes on as they come, and of a region what it contains, in pieces of at most `piece`, without
/// keeping others waiting for the disk. Ends with its input, and fails, with std::runtime_error, where a file
/// cannot be read as far as its region goes: what follows would stand in the wrong place.
class ReadRegions final : public axon::Filter<BytesOrRegion, axon::Bytes> {
public:
    /// In bytes.
    static constexpr std::size_t piece = std::size_t{64} * 1024;

private:
    axon::Task<> main() override;
    axon::Task<> send(FileRegion region);
};

} // namespace kamaelia
