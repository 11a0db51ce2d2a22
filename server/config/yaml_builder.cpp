#include "server/config/yaml_builder.hpp"

#include "axon/quote.hpp"

#include <algorithm>
#include <utility>

namespace server {
namespace {

using axon::Setting;
using axon::Where;
using Kind = axon::Setting::Kind;

struct Measure {
    std::size_t values = 1;
    std::size_t depth = 0;

    void include(const Measure& inner) {
        values += inner.values;
        depth = std::max(depth, inner.depth + 1);
    }
};

Measure measure(const Setting& node) {
    Measure whole;
    if (node.kind() == Kind::list)
        for (const auto& item : node.items()) whole.include(measure(item));
    if (node.kind() == Kind::map)
        for (const auto& entry : node.entries()) whole.include(measure(entry.value));
    return whole;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (true) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

// The column of the dash in a line that has nothing else, but perhaps a comment.
std::optional<std::size_t> lone_dash(std::string_view line) {
    const auto dash = line.find_first_not_of(' ');
    if (dash == std::string_view::npos || line[dash] != '-') return std::nullopt;
    const auto rest = line.find_first_not_of(" \t\r", dash + 1);
    if (rest != std::string_view::npos && line[rest] != '#') return std::nullopt;
    return dash + 1;
}

bool is_written_null(std::string_view text) {
    return text.starts_with('~') || text.starts_with("null") || text.starts_with("Null") ||
           text.starts_with("NULL");
}

} // namespace

YamlBuilder::YamlBuilder(std::string_view text, const Environment& environment, std::uint32_t source,
                         axon::Complaints& complaints)
    : lines_{lines_of(text)},
      environment_{environment},
      source_{source},
      complaints_{complaints},
      root_{Setting::null({.source = source})} {}

Setting YamlBuilder::take_what_ended() {
    auto nothing = Setting::faulty({.source = source_});
    if (open_.empty()) return root_.kind() == Kind::map ? take_root() : nothing;
    auto& root = open_.front();
    if (root.node.kind() != Kind::map) return nothing;
    if (root.key) {
        take_value(root, Setting::faulty(root.key->where));
    } else if (!root.node.entries().empty()) {
        auto& [key, where, value] = root.node.entries().back();
        const bool may_go_on = value.kind() == Kind::map || value.where().line != where.line;
        if (may_go_on) value = Setting::faulty(value.where());
    }
    return std::move(root.node);
}

std::optional<Where> YamlBuilder::open_since() const {
    if (open_.empty()) return std::nullopt;
    return open_.back().node.where();
}

Where YamlBuilder::place(const YAML::Mark& mark) const {
    const auto from_one = [](int from_zero) {
        return static_cast<std::uint32_t>(std::max(from_zero, 0) + 1);
    };
    return {.line = from_one(mark.line), .column = from_one(mark.column), .source = source_};
}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
    if (started_ && from(mark).starts_with("---"))
        throw Abort{{place(mark), "a second document begins here; expected one document"}};
    if (started_)
        throw Abort{
            {place(mark), "this is not part of what stands above; is it indented like its neighbours?"}};
    started_ = true;
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
    add(Setting::null(place_of_nothing(mark)), anchor);
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
    const auto anchored = anchors_.find(anchor);
    if (anchored == anchors_.end()) throw Abort{{place(mark), "this alias refers to what it is part of"}};
    count(anchored->second.values, open_.size() + anchored->second.depth, place(mark));
    add(anchored->second.node, YAML::NullAnchor);
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
    const auto where = place(mark);
    if (value.size() > longest_text) throw Abort{{where, "a text longer than 64 KiB"}};
    refuse_tag(tag, where);
    count(1, open_.size(), where);
    if (auto expanded = expand(value, environment_)) {
        add(Setting::scalar(*std::move(expanded), where, tag == "!"), anchor);
    } else {
        complaints_.add(where, std::move(expanded).error());
        add(Setting::faulty(where), anchor);
    }
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
    start_node(Setting::list({}, place(mark)), tag, anchor);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
    start_node(Setting::map({}, place(mark)), tag, anchor);
}

void YamlBuilder::start_node(Setting node, const std::string& tag, YAML::anchor_t anchor) {
    refuse_tag(tag, node.where());
    count(1, open_.size() + 1, node.where());
    open_.push_back({std::move(node), anchor, std::nullopt, {}, {}});
}

void YamlBuilder::end_node() {
    auto ended = std::move(open_.back());
    open_.pop_back();
    merge(ended);
    add(std::move(ended.node), ended.anchor);
}

// A merge key is a mistake, but what it would have given is not missing too.
void YamlBuilder::merge(Open& map) {
    for (const auto& merged : map.merged)
        for (const auto& entry : merged.entries())
            if (map.places.emplace(entry.key, entry.where).second)
                map.node.entries().push_back({entry.key, entry.where, Setting::faulty(entry.where)});
}

void YamlBuilder::add(Setting node, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) {
        const auto size = measure(node);
        count(size.values, 0, node.where()); // the copy takes memory too
        anchors_.insert_or_assign(anchor, Anchored{node, size.values, size.depth});
    }
    if (open_.empty()) {
        root_ = std::move(node);
        return;
    }
    auto& parent = open_.back();
    if (parent.node.kind() == Kind::list)
        parent.node.items().push_back(std::move(node));
    else if (parent.key)
        take_value(parent, std::move(node));
    else
        take_key(node);
}

void YamlBuilder::take_key(const Setting& node) {
    auto& map = open_.back();
    map.key = Key{.text = {}, .where = node.where()};
    if (node.kind() != Kind::scalar) {
        map.key->usable = false;
        complaints_.add_mismatch(node, "key", "text");
        return;
    }
    map.key->text = node.text();
    if (node.text() == "<<" && !node.quoted()) {
        map.key->usable = false;
        map.key->merges = true;
        complaints_.add(node.where(),
                        "merge key \"<<\"; expected each key written out (an alias may stand for a value)");
        return;
    }
    const auto [first, is_new] = map.places.emplace(node.text(), node.where());
    if (!is_new) {
        map.key->usable = false;
        complaints_.add(node.where(), "duplicate key " + axon::quote(node.text()) +
                                          "; the first is in line " + std::to_string(first->second.line));
    }
}

void YamlBuilder::take_value(Open& map, Setting node) {
    auto key = *std::exchange(map.key, std::nullopt);
    if (key.usable)
        map.node.entries().push_back({std::move(key.text), key.where, std::move(node)});
    else if (key.merges && node.kind() == Kind::map)
        map.merged.push_back(std::move(node));
}

void YamlBuilder::refuse_tag(const std::string& tag, Where where) {
    // "?" is what has no tag, "!" what is quoted.
    if (!tag.empty() && tag != "?" && tag != "!")
        complaints_.add(where, "tag " + axon::quote(tag) + "; expected a value without a tag");
}

void YamlBuilder::count(std::size_t values, std::size_t depth, Where where) {
    values_ += values;
    if (values_ > most_values) throw Abort{{where, "more than 100000 values"}};
    if (depth > deepest) throw Abort{{where, "nested deeper than 32 levels"}};
}

// The parser gives the place of whatever follows the missing value.
Where YamlBuilder::place_of_nothing(const YAML::Mark& mark) const {
    if (open_.empty()) return place(mark);
    const auto& parent = open_.back();
    if (parent.node.kind() == Kind::list) return place_of_empty_item(mark);
    return parent.key ? parent.key->where : place(mark);
}

// The nearest line above the mark that is a dash and nothing else.
Where YamlBuilder::place_of_empty_item(const YAML::Mark& mark) const {
    if (is_written_null(from(mark))) return place(mark);
    const int last = std::min(mark.line, static_cast<int>(lines_.size())) - 1;
    for (int line = last; line >= std::max(0, last - 10); --line)
        if (const auto column = lone_dash(lines_[static_cast<std::size_t>(line)]))
            return {static_cast<std::uint32_t>(line + 1), static_cast<std::uint32_t>(*column), source_};
    return place(mark);
}

std::string_view YamlBuilder::from(const YAML::Mark& mark) const {
    if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= lines_.size()) return {};
    const auto line = lines_[static_cast<std::size_t>(mark.line)];
    return line.substr(std::min(line.size(), static_cast<std::size_t>(std::max(mark.column, 0))));
}

} // namespace server
