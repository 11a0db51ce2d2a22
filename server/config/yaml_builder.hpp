// YamlBuilder: turns the events of yaml-cpp's parser into a Setting. Of yaml_reader only.
#pragma once

#include "axon/setting.hpp"
#include "server/config/environment.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server {

class YamlBuilder final : public YAML::EventHandler {
public:
    static constexpr std::size_t most_values = 100'000;
    static constexpr std::size_t deepest = 32;
    static constexpr std::size_t longest_text = std::size_t{64} * 1024;

    /// What ends the reading: thrown through the parser, to be caught by who called it.
    struct Abort {
        axon::Complaint complaint;
    };

    /// `text` is what the parser reads. All but `source` must outlive the builder.
    YamlBuilder(std::string_view text, const Environment& environment, std::uint32_t source,
                axon::Complaints& complaints);

    /// The document; null if there was none.
    [[nodiscard]] axon::Setting take_root() { return std::move(root_); }
    /// After an Abort or an error of the parser: the entries of the document that had ended by then. The one
    /// that had not is there as a faulty one.
    [[nodiscard]] axon::Setting take_what_ended();
    /// Where the innermost list or map begins that has not ended.
    [[nodiscard]] std::optional<axon::Where> open_since() const;
    [[nodiscard]] axon::Where place(const YAML::Mark& mark) const;

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override { end_node(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override { end_node(); }

private:
    struct Key {
        std::string text;
        axon::Where where;
        bool usable = true; // otherwise its value is read and forgotten
        bool merges = false;
    };
    // A list or map that has not ended.
    struct Open {
        axon::Setting node;
        YAML::anchor_t anchor;
        std::optional<Key> key;                                 // the one whose value comes next
        std::map<std::string, axon::Where, std::less<>> places; // of the keys so far
        std::vector<axon::Setting> merged;
    };
    // What an anchor stands for.
    struct Anchored {
        axon::Setting node;
        std::size_t values;
        std::size_t depth;
    };

    void start_node(axon::Setting node, const std::string& tag, YAML::anchor_t anchor);
    void end_node();
    void add(axon::Setting node, YAML::anchor_t anchor);
    void take_key(const axon::Setting& node);
    static void merge(Open& map);
    void take_value(Open& map, axon::Setting node);
    void refuse_tag(const std::string& tag, axon::Where where);
    void count(std::size_t values, std::size_t depth, axon::Where where);
    /// The rest of the mark's line.
    [[nodiscard]] std::string_view from(const YAML::Mark& mark) const;
    [[nodiscard]] axon::Where place_of_nothing(const YAML::Mark& mark) const;
    [[nodiscard]] axon::Where place_of_empty_item(const YAML::Mark& mark) const;

    std::vector<std::string_view> lines_;
    const Environment& environment_;
    std::uint32_t source_;
    axon::Complaints& complaints_;
    axon::Setting root_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, Anchored> anchors_;
    std::size_t values_ = 0;
    bool started_ = false;
};

} // namespace server
