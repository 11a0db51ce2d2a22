// PipelineReader: reads pipelines and graphlines, resolving the names of those under `pipelines:`.
#pragma once

#include "axon/param_path.hpp"
#include "axon/registry.hpp"
#include "axon/setting.hpp"
#include "server/config/pipeline_spec.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace server {

class PipelineReader {
public:
    /// Pipelines by name within each other go no deeper than this.
    static constexpr std::size_t deepest = 16;
    /// Components in one configuration, those of a named pipeline counted at each use.
    static constexpr std::size_t most_parts = 50'000;

    /// The entries of `pipelines:`. Where they are not the whole of it, a name that is not among them is
    /// wrong, but not complained about.
    struct Definitions {
        std::span<const axon::Setting::Entry> entries;
        bool whole = true;
    };

    /// All arguments must outlive the reader.
    PipelineReader(const axon::Registry& registry, const axon::ParamContext& context, Definitions definitions,
                   axon::Complaints& complaints);

    /// A list, a graphline or the name of a definition. After a complaint it is there with what of it is
    /// right, or nothing where it has no parts. `subject` is what the setting is called in complaints.
    [[nodiscard]] std::optional<Composition> read(const axon::Setting& setting, std::string_view subject);

    /// What a map has under `components` and `linkages`; it may have `other_keys` besides.
    [[nodiscard]] std::optional<Composition> read_graphline(
        const axon::Setting& map, std::string_view subject,
        std::span<const std::string_view> other_keys = {});

    /// The definition of that name, as read() gives it; null if there is none or it has no parts, which has
    /// been complained about.
    [[nodiscard]] const Composition* definition(std::string_view name, axon::Where where);

private:
    struct Definition {
        const axon::Setting* setting;
        enum class State { unread, reading, read } state = State::unread;
        std::optional<Composition> composition = std::nullopt;
        std::size_t parts = 0; // in it, at every depth
    };

    std::optional<Composition> read_name(const axon::Setting& name, std::string_view subject);
    std::optional<Composition> read_pipeline(const axon::Setting& list, std::string_view subject);
    std::vector<Part> read_parts(const axon::Setting& components);
    Part read_part(const axon::Setting& setting, std::string_view subject);
    Part read_named(std::string_view name, axon::Where where, const axon::Setting& params);
    Part use_definition(std::string_view name, axon::Where where, const axon::Setting& params);
    std::optional<Composition> copy_of(std::string_view name, axon::Where where);
    void read_definition(Definition& definition, std::string_view name, axon::Where where);
    void complain_unknown(std::string_view what, std::string_view name, axon::Where where);
    bool count(std::size_t parts, axon::Where where);

    const axon::Registry& registry_;
    const axon::ParamContext& context_;
    axon::Complaints& complaints_;
    std::map<std::string, Definition, std::less<>> definitions_;
    bool whole_;
    std::vector<std::string_view> names_; // those of the kinds, then those of the definitions
    std::size_t reading_ = 0;             // definitions that are being read, one within the other
    std::size_t all_parts_ = 0;
    std::size_t unknown_names_ = 0;
};

} // namespace server
