#include "server/components_command.hpp"

#include "axon/box.hpp"
#include "axon/quote.hpp"
#include "server/exit_code.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <ostream>

namespace server {
namespace {

using axon::FieldInfo;

std::string_view direction_of(const BoxInfo& box) {
    return box.direction == BoxInfo::Direction::in ? "inbox" : "outbox";
}

std::string padded(std::string_view text, std::size_t width) {
    std::string out{text};
    out.resize(std::max(width, out.size()), ' ');
    return out;
}

template <class T>
std::size_t longest_name(const std::vector<T>& things) {
    std::size_t longest = 0;
    for (const auto& thing : things) longest = std::max(longest, thing.name.size());
    return longest;
}

// What is written for the parameter, and when it need not be.
std::string value_text(const FieldInfo& field) {
    auto text = field.type;
    if (!field.limits.empty()) text += " (" + field.limits + ")";
    return text + (field.required ? ", required" : ", " + field.default_text + " by default");
}

std::string indented(std::string_view text) {
    std::string out = "  ";
    for (const char c : text) out.append(1, c).append(c == '\n' ? "  " : "");
    return out;
}

// As it stands in a configuration.
std::string protocol_text(const std::string& example) {
    const bool one_line = example.find('\n') == std::string::npos;
    return one_line ? "protocol: " + example : "protocol:\n" + indented(example);
}

std::string render_text(const ComponentInfo& component) {
    auto out = component.name + ": " + component.summary + "\n";
    for (const auto& box : component.boxes)
        out += "  " + padded(direction_of(box), 6) + "  " + padded(box.name, longest_name(component.boxes)) +
               "  " + box.type + "\n";
    for (const auto& field : component.fields)
        out += "  " + padded(field.name, longest_name(component.fields)) + "  " + value_text(field) + ": " +
               field.description + "\n";
    if (!component.example.empty()) out += indented(protocol_text(component.example)) + "\n";
    return out;
}

std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c;
    }
    return out;
}

std::string code(std::string_view text) { return text.empty() ? "" : "`" + cell(text) + "`"; }

std::string render_markdown(const ComponentInfo& component) {
    auto out = "## " + component.name + "\n\n" + component.summary + "\n";
    if (!component.boxes.empty()) out += "\n| box | | messages |\n|---|---|---|\n";
    for (const auto& box : component.boxes)
        out +=
            "| " + code(box.name) + " | " + std::string{direction_of(box)} + " | " + code(box.type) + " |\n";
    if (!component.fields.empty())
        out += "\n| parameter | type | default | limits | |\n|---|---|---|---|---|\n";
    for (const auto& field : component.fields)
        out += "| " + code(field.name) + " | " + cell(field.type) + " | " +
               (field.required ? "required" : code(field.default_text)) + " | " + cell(field.limits) + " | " +
               cell(field.description) + " |\n";
    if (!component.example.empty()) out += "\n```yaml\n" + protocol_text(component.example) + "\n```\n";
    return out;
}

boost::json::object to_json(const BoxInfo& box) {
    return {{"direction", box.direction == BoxInfo::Direction::in ? "in" : "out"},
            {"name", box.name},
            {"type", box.type}};
}

boost::json::value text_or_null(const std::string& text, bool is_null) {
    return is_null ? boost::json::value(nullptr) : boost::json::value(text);
}

boost::json::object to_json(const FieldInfo& field) {
    return {{"name", field.name},
            {"type", field.type},
            {"required", field.required},
            {"default", text_or_null(field.default_text, field.required)},
            {"limits", text_or_null(field.limits, field.limits.empty())},
            {"description", field.description}};
}

boost::json::object to_json(const ComponentInfo& component) {
    boost::json::array boxes;
    for (const auto& box : component.boxes) boxes.push_back(to_json(box));
    boost::json::array parameters;
    for (const auto& field : component.fields) parameters.push_back(to_json(field));
    return {{"name", component.name},
            {"summary", component.summary},
            {"example", text_or_null(component.example, component.example.empty())},
            {"boxes", std::move(boxes)},
            {"parameters", std::move(parameters)}};
}

std::string render_json(std::span<const ComponentInfo> components) {
    boost::json::array all;
    for (const auto& component : components) all.push_back(to_json(component));
    return boost::json::serialize(all) + "\n";
}

} // namespace

ComponentInfo describe(const axon::Kind& kind) {
    ComponentInfo info{.name = std::string{kind.name()},
                       .summary = std::string{kind.summary()},
                       .example = std::string{kind.example()},
                       .boxes = {},
                       .fields = {kind.fields().begin(), kind.fields().end()}};
    const auto specimen = kind.specimen();
    for (const auto* box = specimen->first_box(); box; box = box->next_box())
        info.boxes.push_back({.direction = box->is_inbox() ? BoxInfo::Direction::in : BoxInfo::Direction::out,
                              .name = std::string{box->name()},
                              .type = std::string{box->type().name}});
    std::ranges::reverse(info.boxes);
    return info;
}

std::string render(std::span<const ComponentInfo> components, ReferenceFormat format) {
    if (format == ReferenceFormat::json) return render_json(components);
    std::string out;
    for (const auto& component : components) {
        if (!out.empty()) out += '\n';
        out += format == ReferenceFormat::text ? render_text(component) : render_markdown(component);
    }
    return out;
}

int list_components(const Options& options, const axon::Registry& registry, std::ostream& out,
                    std::ostream& error) {
    std::vector<ComponentInfo> chosen;
    if (options.component) {
        const auto* kind = registry.find(*options.component);
        if (!kind) {
            const auto near = registry.suggest(*options.component);
            error << "kamaeliad: unknown component " << axon::quote(*options.component)
                  << (near ? "; did you mean " + axon::quote(*near) + "?" : "") << '\n';
            return exit_code::usage;
        }
        chosen.push_back(describe(*kind));
    } else {
        for (const auto& kind : registry.kinds()) chosen.push_back(describe(kind));
    }
    if (!options.component && options.format == ReferenceFormat::markdown) {
        out << "# Components\n\nWhat a configuration can name; every one has `control` and `signal` besides. "
               "This page is\n"
               "what `kamaeliad components --format markdown` says.\n\n";
    }
    out << render(chosen, options.format);
    return exit_code::stopped;
}

} // namespace server
