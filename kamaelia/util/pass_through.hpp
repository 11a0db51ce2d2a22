// PassThrough: a stage that changes nothing.
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"

#include <string_view>

namespace kamaelia {

/// Keeps a place in a pipeline or a graphline for a stage that is put in later or left out. The stages
/// around it notice no difference: messages go through one by one and in order, a full inbox below it
/// is felt above it, and what comes by `control` (an end, a shutdown, an error) leaves by `signal` after
/// the messages that came before it.
class PassThrough final : public axon::Filter<axon::Bytes, axon::Bytes> {
public:
    static constexpr std::string_view summary = "passes everything on unchanged";

private:
    axon::Task<> main() override;
};

} // namespace kamaelia
