// What a configuration says of a system of components, as values: nothing here runs. Equality is of what
// is said, not of where.
#pragma once

#include "axon/registry.hpp"
#include "axon/setting.hpp"
#include "server/config/linkage.hpp"

#include <string>
#include <variant>
#include <vector>

namespace server {

struct Part;

/// Parts in a row, each linked to the next.
struct PipelineSpec {
    std::vector<Part> parts;
    axon::Where where;

    friend bool operator==(const PipelineSpec& a, const PipelineSpec& b);
};

/// Parts with different ids, and how their boxes are linked. No box stands on the left of two linkages.
struct GraphlineSpec {
    std::vector<Part> parts;
    std::vector<LinkageSpec> linkages;
    axon::Where where;
    /// Every component that a linkage names is one of the parts or `self`. Otherwise linkages are missing or
    /// lead to what is not there, which has been complained about.
    bool all_linked = true;

    friend bool operator==(const GraphlineSpec& a, const GraphlineSpec& b);
};

/// What may stand as a `protocol:` or under `pipelines:`.
using Composition = std::variant<PipelineSpec, GraphlineSpec>;

/// Stands for what is wrong and has been complained about.
struct FaultyPart {
    const axon::Kind* kind = nullptr; ///< in the registry; null if not even that is known

    bool operator==(const FaultyPart&) const = default;
};

/// One component, or a pipeline or graphline in its place.
struct Part {
    std::string id; ///< what linkages call it; empty in a pipeline
    std::variant<axon::Blueprint, PipelineSpec, GraphlineSpec, FaultyPart> what;
    axon::Where where; ///< of the name of the component or pipeline

    friend bool operator==(const Part& a, const Part& b) { return a.id == b.id && a.what == b.what; }
};

inline bool operator==(const PipelineSpec& a, const PipelineSpec& b) { return a.parts == b.parts; }

inline bool operator==(const GraphlineSpec& a, const GraphlineSpec& b) {
    return a.parts == b.parts && a.linkages == b.linkages;
}

} // namespace server
