#include "server/config/pipeline_reader.hpp"

#include "axon/did_you_mean.hpp"
#include "axon/params.hpp"
#include "axon/quote.hpp"
#include "server/config/linkage_reader.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

namespace server {
namespace {

using axon::quote;
using axon::Setting;
using axon::Where;
using Kind = axon::Setting::Kind;

// Beyond it nobody mistyped, and to look for the nearest names takes time.
constexpr std::size_t most_suggestions = 100;

struct Extent {
    std::size_t parts = 0; // at every depth
    std::size_t depth = 0;
};

Extent extent_of(const std::vector<Part>& parts) {
    Extent whole;
    for (const auto& part : parts) {
        Extent inner{.parts = 1};
        if (const auto* pipeline = std::get_if<PipelineSpec>(&part.what)) inner = extent_of(pipeline->parts);
        if (const auto* graphline = std::get_if<GraphlineSpec>(&part.what))
            inner = extent_of(graphline->parts);
        whole.parts += inner.parts;
        whole.depth = std::max(whole.depth, inner.depth);
    }
    ++whole.depth;
    return whole;
}

Part faulty(Where where, const axon::Kind* kind = nullptr) {
    return {.id = {}, .what = FaultyPart{kind}, .where = where};
}

// The first few of them.
std::string keys_of(const Setting& map) {
    std::string keys;
    for (const auto& entry : map.entries() | std::views::take(3))
        keys.append(keys.empty() ? "" : ", ").append(quote(entry.key));
    return map.entries().size() > 3 ? keys + ", ..." : keys;
}

} // namespace

PipelineReader::PipelineReader(const axon::Registry& registry, const axon::ParamContext& context,
                               Definitions definitions, axon::Complaints& complaints)
    : registry_{registry}, context_{context}, complaints_{complaints}, whole_{definitions.whole} {
    for (const auto& kind : registry.kinds()) names_.push_back(kind.name());
    for (const auto& entry : definitions.entries) {
        definitions_.emplace(entry.key, Definition{.setting = &entry.value});
        names_.push_back(entry.key);
    }
}

std::optional<Composition> PipelineReader::read(const Setting& setting, std::string_view subject) {
    switch (setting.kind()) {
    case Kind::list: return read_pipeline(setting, subject);
    case Kind::map: return read_graphline(setting, subject);
    case Kind::scalar: return read_name(setting, subject);
    case Kind::null: break;
    }
    complaints_.add_mismatch(setting, subject, "a list of components, a graphline or the name of a pipeline");
    return std::nullopt;
}

std::optional<Composition> PipelineReader::read_name(const Setting& name, std::string_view subject) {
    if (definitions_.contains(name.text())) return copy_of(name.text(), name.where());
    if (registry_.find(name.text()))
        complaints_.add(name.where(), std::string{subject} + ": " + quote(name.text()) +
                                          " is a component; a pipeline of it alone is [" + name.text() + "]");
    else if (name.text().starts_with('-'))
        complaints_.add(name.where(), std::string{subject} + ": no space after the dash of " +
                                          quote(name.text()) + "; expected \"- \" before each component");
    else
        complain_unknown("pipeline", name.text(), name.where());
    return std::nullopt;
}

const Composition* PipelineReader::definition(std::string_view name, Where where) {
    const auto found = definitions_.find(name);
    if (found == definitions_.end()) {
        complain_unknown("pipeline", name, where);
        return nullptr;
    }
    auto& definition = found->second;
    if (definition.state == Definition::State::unread)
        read_definition(definition, name, where);
    else if (definition.state == Definition::State::reading)
        complaints_.add(where, "pipeline " + quote(name) + " contains itself");
    return definition.composition ? &*definition.composition : nullptr;
}

void PipelineReader::read_definition(Definition& definition, std::string_view name, Where where) {
    definition.state = Definition::State::reading;
    ++reading_;
    std::optional<Composition> composition;
    if (reading_ <= deepest) composition = read(*definition.setting, "pipeline " + quote(name));
    --reading_;
    definition.state = Definition::State::read;
    const auto extent = composition
                            ? std::visit([](const auto& spec) { return extent_of(spec.parts); }, *composition)
                            : Extent{};
    if (reading_ >= deepest || extent.depth > deepest) {
        complaints_.add(where, "pipelines within pipelines, more than 16 deep");
        return;
    }
    definition.parts = extent.parts;
    definition.composition = std::move(composition);
}

std::optional<Composition> PipelineReader::copy_of(std::string_view name, Where where) {
    const auto* composition = definition(name, where);
    if (!composition || !count(definitions_.find(name)->second.parts, where)) return std::nullopt;
    return *composition;
}

std::optional<Composition> PipelineReader::read_pipeline(const Setting& list, std::string_view subject) {
    if (list.items().empty()) {
        complaints_.add(list.where(), std::string{subject} + ": expected at least one component");
        return std::nullopt;
    }
    PipelineSpec pipeline{.parts = {}, .where = list.where()};
    pipeline.parts.reserve(list.items().size());
    for (const auto& item : list.items()) pipeline.parts.push_back(read_part(item, subject));
    return pipeline;
}

std::optional<Composition> PipelineReader::read_graphline(const Setting& map, std::string_view subject,
                                                          std::span<const std::string_view> other_keys) {
    std::vector<std::string_view> known{"components", "linkages"};
    known.insert(known.end(), other_keys.begin(), other_keys.end());
    if (map.entries().size() == 1 && registry_.find(map.entries().front().key)) {
        complaints_.add(map.where(),
                        std::string{subject} + ": " + quote(map.entries().front().key) +
                            " is a component; expected a list, in which a dash stands before it");
        return std::nullopt;
    }
    axon::check_keys(map, "a graphline", known, complaints_);
    const auto* components = map.find("components");
    const auto* linkages = map.find("linkages");
    if (!components) {
        if (!axon::is_misspelt("components", map, known))
            complaints_.add(map.where(), std::string{subject} + ": a graphline needs \"components\"");
        return std::nullopt;
    }
    if (components->kind() != Kind::map) {
        complaints_.add_mismatch(*components, "components", "components by their ids");
        return std::nullopt;
    }
    if (components->entries().empty()) {
        complaints_.add(components->where(), "components: expected at least one component");
        return std::nullopt;
    }
    GraphlineSpec graphline{.parts = read_parts(*components), .linkages = {}, .where = map.where()};
    if (linkages) {
        auto [linked, good] = read_linkages(*linkages, *components, complaints_);
        graphline.linkages = std::move(linked);
        graphline.all_linked = good;
    } else {
        graphline.all_linked = !axon::is_misspelt("linkages", map, known);
    }
    if (components->find(BoxName::self)) {
        // Who knows which of the two a linkage means.
        std::erase_if(graphline.linkages, [](const LinkageSpec& linkage) {
            return linkage.from.component == BoxName::self || linkage.to.component == BoxName::self;
        });
        graphline.all_linked = false;
    }
    return graphline;
}

std::vector<Part> PipelineReader::read_parts(const Setting& components) {
    std::vector<Part> parts;
    for (const auto& [id, where, value] : components.entries()) {
        if (id == BoxName::self)
            complaints_.add(where, "\"self\" is the graphline itself; expected another id");
        else if (!is_component_id(id))
            complaints_.add(where, "component id " + quote(id) +
                                       "; expected up to 64 letters, digits, \"_\" or \"-\"");
        auto part = read_part(value, "component " + quote(id));
        if (id == BoxName::self || !is_component_id(id)) continue;
        part.id = id;
        parts.push_back(std::move(part));
    }
    return parts;
}

Part PipelineReader::read_part(const Setting& setting, std::string_view subject) {
    if (setting.kind() == Kind::scalar)
        return read_named(setting.text(), setting.where(), Setting::null(setting.where()));
    if (setting.kind() == Kind::map && setting.entries().size() == 1) {
        const auto& [name, where, params] = setting.entries().front();
        return read_named(name, where, params);
    }
    if (setting.kind() == Kind::map && setting.entries().size() > 1)
        complaints_.add(setting.where(), std::string{subject} + ": expected one component, found " +
                                             keys_of(setting) +
                                             "; are its parameters indented further than its name?");
    else
        complaints_.add_mismatch(setting, subject, "a component");
    return faulty(setting.where());
}

Part PipelineReader::read_named(std::string_view name, Where where, const Setting& params) {
    const auto* kind = registry_.find(name); // a definition of its name is a mistake
    if (!kind && definitions_.contains(name)) return use_definition(name, where, params);
    if (!kind) {
        complain_unknown("component", name, where);
        return faulty(where);
    }
    auto blueprint = kind->parse(params, where, context_, complaints_);
    if (!count(1, where)) return faulty(where);
    if (!blueprint) return faulty(where, kind);
    return Part{.id = {}, .what = *std::move(blueprint), .where = where};
}

Part PipelineReader::use_definition(std::string_view name, Where where, const Setting& params) {
    axon::check_keys(params, "pipeline " + quote(name), {}, complaints_);
    auto composition = copy_of(name, where);
    if (!composition) return faulty(where);
    Part part{.id = {}, .what = PipelineSpec{}, .where = where};
    std::visit([&part](auto& spec) { part.what = std::move(spec); }, *composition);
    return part;
}

void PipelineReader::complain_unknown(std::string_view what, std::string_view name, Where where) {
    if (!whole_) return;
    const bool is_component = what == "component";
    const auto names = std::span{names_}.subspan(is_component ? 0 : registry_.kinds().size());
    std::string hint;
    if (++unknown_names_ <= most_suggestions) hint = axon::suggestion(name, names);
    if (hint.empty() && is_component)
        hint = "; expected one that \"kamaeliad components\" names, or a pipeline";
    if (names.empty()) hint = "; expected a list of components: none is defined under \"pipelines\"";
    complaints_.add(where, "unknown " + std::string{what} + " " + quote(name) + hint);
}

bool PipelineReader::count(std::size_t parts, Where where) {
    const bool had_room = all_parts_ <= most_parts;
    all_parts_ += parts;
    if (had_room && all_parts_ > most_parts) complaints_.add(where, "more than 50000 components in all");
    return all_parts_ <= most_parts;
}

} // namespace server
