#include "server/config/linkage_reader.hpp"

#include "axon/did_you_mean.hpp"
#include "axon/quote.hpp"

#include <algorithm>
#include <map>
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

    std::optional<LinkageSpec> read(const Setting& item) {
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
        const bool from_known = check_id(linkage->from, item.where());
        const bool to_known = check_id(linkage->to, item.where());
        if (!from_known || !to_known || !check_only(linkage->from, item.where())) return std::nullopt;
        return *std::move(linkage);
    }

private:
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
};

} // namespace

std::optional<std::vector<LinkageSpec>> read_linkages(const Setting& linkages, const Setting& components,
                                                      axon::Complaints& complaints) {
    if (linkages.kind() != Setting::Kind::list) {
        complaints.add_mismatch(linkages, "linkages", "a list of linkages such as a.outbox -> b.inbox");
        return std::nullopt;
    }
    LinkageReader reader{components, complaints};
    std::vector<LinkageSpec> all;
    for (const auto& item : linkages.items())
        if (auto linkage = reader.read(item)) all.push_back(*std::move(linkage));
    if (all.size() < linkages.items().size()) return std::nullopt;
    return all;
}

} // namespace server
