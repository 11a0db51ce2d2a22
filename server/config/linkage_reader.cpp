#include "server/config/linkage_reader.hpp"

#include "axon/did_you_mean.hpp"
#include "axon/quote.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace server {
namespace {

using axon::Setting;
using axon::Where;

class LinkageReader {
public:
    LinkageReader(const Setting& components, axon::Complaints& complaints) : complaints_{complaints} {
        ids_.push_back(BoxName::self);
        for (const auto& entry : components.entries()) ids_.push_back(entry.key);
        known_ = {ids_.begin(), ids_.end()};
    }

    void read(const Setting& item) {
        auto linkage = parse(item);
        if (!linkage) {
            read_.good = false;
            return;
        }
        const bool from_known = check_id(linkage->from, item.where());
        const bool to_known = check_id(linkage->to, item.where());
        const bool both_known = from_known && to_known;
        const bool doubled = both_known && !check_only(linkage->from, item.where());
        if (!both_known || doubled) read_.good = false;
        if (!doubled) read_.linkages.push_back(*std::move(linkage));
    }

    ReadLinkages take() { return std::move(read_); }

private:
    std::optional<LinkageSpec> parse(const Setting& item) {
        if (item.kind() != Setting::Kind::scalar) {
            complaints_.add_mismatch(item, "linkages",
                                     "a linkage such as a.outbox -> b.inbox or self.inbox -> a.inbox");
            return std::nullopt;
        }
        auto linkage = parse_linkage(item.text());
        if (!linkage) {
            complaints_.add(item.where(), "linkages: " + linkage.error());
            return std::nullopt;
        }
        linkage->where = item.where();
        return *std::move(linkage);
    }

    bool check_id(const BoxName& name, Where where) {
        if (known_.contains(name.component)) return true;
        complaints_.add(where, "linkages: no component " + axon::quote(name.component) + " here" +
                                   axon::suggestion(name.component, ids_));
        return false;
    }

    bool check_only(const BoxName& from, Where where) {
        const auto [first, is_first] = linked_.emplace(from, where);
        if (!is_first)
            complaints_.add(where, "linkages: " + show(from) + " is linked already, in line " +
                                       std::to_string(first->second.line) +
                                       "; expected one destination for each box");
        return is_first;
    }

    axon::Complaints& complaints_;
    std::vector<std::string_view> ids_; // in the order of the text, for suggestions
    std::set<std::string_view> known_;
    std::map<BoxName, Where> linked_;
    ReadLinkages read_;
};

} // namespace

ReadLinkages read_linkages(const Setting& linkages, const Setting& components, axon::Complaints& complaints) {
    if (linkages.kind() != Setting::Kind::list) {
        complaints.add_mismatch(linkages, "linkages", "a list of linkages such as a.outbox -> b.inbox");
        return {.linkages = {}, .good = false};
    }
    LinkageReader reader{components, complaints};
    for (const auto& item : linkages.items()) reader.read(item);
    return reader.take();
}

} // namespace server
