#include "axon/snapshot_picture.hpp"

#include "axon/escape.hpp"
#include "axon/who_waits_where.hpp"

#include <vector>

namespace axon {
namespace {

using Id = Snapshot::Id;

// What one of the two languages says for a part of the picture. `id` is a number that names a component.
struct Language {
    std::string_view header, footer;
    std::string (*component)(Id id, const std::string& name, const std::string& state, bool seen);
    std::string (*open_frame)(Id id, const std::string& name);
    std::string_view close_frame;
    std::string (*arrow)(Id from, Id to, const std::string& label);
    std::string (*signal)(Id from, Id to);
};

std::string id_text(Id id) { return "c" + std::to_string(id); }

constexpr Language dot{
    .header = "digraph components {\n    rankdir=LR;\n    node [shape=box];\n",
    .footer = "}\n",
    .component =
        [](Id id, const std::string& name, const std::string& state, bool seen) {
            return id_text(id) + " [label=\"" + dot_escaped(name) +
                   (state.empty() ? "" : "\\n" + dot_escaped(state)) + (seen ? "\"];" : "\" style=dashed];");
        },
    .open_frame =
        [](Id id, const std::string& name) {
            return "subgraph cluster_" + id_text(id) + " { label=\"" + dot_escaped(name) + "\";";
        },
    .close_frame = "}",
    .arrow =
        [](Id from, Id to, const std::string& label) {
            return id_text(from) + " -> " + id_text(to) + " [label=\"" + dot_escaped(label) + "\"];";
        },
    .signal = [](Id from, Id to) { return id_text(from) + " -> " + id_text(to) + " [style=dashed];"; },
};

constexpr Language mermaid{
    .header = "flowchart LR\n",
    .footer = "",
    .component =
        [](Id id, const std::string& name, const std::string& state, bool seen) {
            return id_text(id) + (seen ? "[\"" : "([\"") + mermaid_escaped(name) +
                   (state.empty() ? "" : "<br/>" + mermaid_escaped(state)) + (seen ? "\"]" : "\"])");
        },
    .open_frame =
        [](Id id, const std::string& name) {
            return "subgraph s" + std::to_string(id) + "[\"" + mermaid_escaped(name) + "\"]";
        },
    .close_frame = "end",
    .arrow =
        [](Id from, Id to, const std::string& label) {
            return id_text(from) + " -->|\"" + mermaid_escaped(label) + "\"| " + id_text(to);
        },
    .signal = [](Id from, Id to) { return id_text(from) + " -.-> " + id_text(to); },
};

class Picture {
public:
    Picture(const Snapshot& snapshot, const Language& language)
        : snapshot_{snapshot}, language_{language}, families_{snapshot.families()} {}

    std::string draw() && {
        text_ = language_.header;
        for (const auto id : families_.back()) draw(id, 1);
        draw_unseen();
        for (const auto& linkage : snapshot_.linkages) draw(linkage);
        text_ += language_.footer;
        return std::move(text_);
    }

private:
    void line(std::size_t depth, const std::string& text) {
        text_.append(4 * depth, ' ').append(text).append("\n");
    }

    void draw(Id id, std::size_t depth) {
        const auto& component = snapshot_.components[id];
        auto name = component.name;
        if (component.count > 1) name += " (" + std::to_string(component.count) + ")";
        const bool runs = snapshot_.state(id) != axon::Component::State::fresh;
        const auto state = runs ? state_in_words(snapshot_, id) : "";
        if (families_[id].empty()) return line(depth, language_.component(id, name, state, true));
        line(depth, language_.open_frame(id, name));
        line(depth + 1, language_.component(id, name, state, true));
        for (const auto child : families_[id]) draw(child, depth + 1);
        line(depth, std::string{language_.close_frame});
    }

    void draw_unseen() {
        std::vector<bool> drawn(snapshot_.components.size());
        for (const auto& linkage : snapshot_.linkages) {
            const auto id = linkage.to.component;
            if (id == Snapshot::none || snapshot_.components[id].seen || drawn[id]) continue;
            drawn[id] = true;
            line(1, language_.component(id, snapshot_.path(id), "", false));
        }
    }

    void draw(const Snapshot::Linkage& linkage) {
        const auto from = linkage.from.component;
        const auto to = linkage.to.component;
        if (from == Snapshot::none || to == Snapshot::none) return;
        if (linkage.from.box == "signal") return line(1, language_.signal(from, to));
        auto label = linkage.from.box + " > " + linkage.to.box;
        if (const auto* box = snapshot_.find(linkage.to); box && box->inbox) {
            label += " " + std::to_string(box->depth);
            if (box->capacity > 0) label += "/" + std::to_string(box->capacity);
        }
        line(1, language_.arrow(from, to, label));
    }

    const Snapshot& snapshot_;
    const Language& language_;
    std::vector<std::vector<Id>> families_;
    std::string text_;
};

} // namespace

std::string snapshot_dot(const Snapshot& snapshot) { return Picture{snapshot, dot}.draw(); }

std::string snapshot_mermaid(const Snapshot& snapshot) { return Picture{snapshot, mermaid}.draw(); }

} // namespace axon
