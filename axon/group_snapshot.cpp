#include "axon/group_snapshot.hpp"

#include "axon/await_sum.hpp"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>
#include <unordered_map>

namespace axon {
namespace {

using Id = Snapshot::Id;

class Grouping {
public:
    Grouping(const Snapshot& snapshot, std::span<const std::string> expand)
        : snapshot_{snapshot},
          expand_{expand},
          families_{snapshot.families()},
          leader_(snapshot.components.size()),
          members_(snapshot.components.size()),
          linkages_out_(snapshot.components.size()),
          linkages_in_(snapshot.components.size()) {
        for (Id id = 0; id < leader_.size(); ++id) leader_[id] = id;
        for (const auto& linkage : snapshot.linkages) {
            if (linkage.from.component != Snapshot::none)
                linkages_out_[linkage.from.component].push_back(&linkage);
            if (linkage.to.component != Snapshot::none)
                linkages_in_[linkage.to.component].push_back(&linkage);
        }
    }

    Snapshot group() {
        for (const auto id : snapshot_.order | std::views::reverse) group_siblings(families_[id]);
        group_siblings(families_.back());
        return result();
    }

private:
    void group_siblings(std::vector<Id>& siblings) {
        std::map<std::string, Id> leaders;
        std::erase_if(siblings, [&](Id id) {
            if (stands_alone(id)) return false;
            const auto [leader, first] = leaders.try_emplace(shape_of(id), id);
            if (!first) join(leader->second, id);
            return !first;
        });
    }

    [[nodiscard]] bool stands_alone(Id id) const {
        if (expand_.empty()) return false;
        const auto parent = snapshot_.path(snapshot_.components[id].parent);
        const auto named = [&](const std::string& path) {
            return std::ranges::find(expand_, path) != expand_.end();
        };
        return named(snapshot_.path(id)) || named(parent) || named(parent + "/" + group_name(id));
    }

    // Without the serial number.
    [[nodiscard]] std::string kind_of(Id id) const {
        const auto& component = snapshot_.components[id];
        const auto serial = "#" + std::to_string(component.serial);
        auto kind = component.name;
        if (component.serial > 0 && kind.ends_with(serial)) kind.resize(kind.size() - serial.size());
        return kind;
    }
    [[nodiscard]] std::string group_name(Id id) const { return kind_of(id) + "#*"; }

    [[nodiscard]] Id leader_of(Id id) const {
        while (leader_[id] != id) id = leader_[id];
        return id;
    }

    // Those below a component that lead a group or are none, with itself first: of two components of one
    // shape, those at the same place correspond.
    [[nodiscard]] std::vector<Id> tree_of(Id id) const {
        std::vector<Id> tree{id};
        for (const auto child : families_[id]) std::ranges::copy(tree_of(child), std::back_inserter(tree));
        return tree;
    }

    // Equal for those that may stand as one.
    [[nodiscard]] std::string shape_of(Id top) const {
        const auto tree = tree_of(top);
        std::unordered_map<Id, std::size_t> places;
        for (const auto id : tree) places.emplace(id, places.size());
        std::string shape;
        for (const auto id : tree) {
            const auto& component = snapshot_.components[id];
            shape += component.class_name + '\n' + kind_of(id) + '\n' + std::to_string(families_[id].size()) +
                     '\n';
            for (const auto& box : component.boxes) {
                shape += box.name + '\n';
                shape += box.type;
                shape += std::to_string(box.inbox) + ' ' + std::to_string(box.capacity) + ' ' +
                         std::to_string(box.byte_capacity) + '\n';
            }
            std::set<std::string> ends;
            for (const auto* linkage : linkages_out_[id]) {
                const auto& [from, to] = *linkage;
                ends.insert(from.box + '>' + end_of(to.component, top, places) + to.box + '\n');
            }
            for (const auto* linkage : linkages_in_[id]) {
                ends.insert(linkage->to.box + '<' + end_of(linkage->from.component, top, places) + '\n');
            }
            for (const auto& end : ends) shape += end;
        }
        return shape;
    }

    // The other end of a linkage as it looks from below `top`: a place there, a kind of sibling, or just that
    // component.
    [[nodiscard]] std::string end_of(Id id, Id top, const std::unordered_map<Id, std::size_t>& places) const {
        if (id == Snapshot::none) return "-";
        if (const auto place = places.find(leader_of(id)); place != places.end())
            return "." + std::to_string(place->second);
        const auto parent = snapshot_.components[top].parent;
        for (auto above = id; above != Snapshot::none; above = snapshot_.components[above].parent) {
            const auto& component = snapshot_.components[above];
            if (component.parent == parent && component.serial > 0 && snapshot_.components[top].serial > 0)
                return "/" + kind_of(above) + "/" + kind_of(id);
        }
        return std::to_string(leader_of(id));
    }

    void join(Id leader, Id follower) {
        const auto leaders = tree_of(leader);
        const auto followers = tree_of(follower);
        for (std::size_t i = 0; i < leaders.size(); ++i) {
            leader_[followers[i]] = leaders[i];
            members_[leaders[i]].push_back(followers[i]);
            std::ranges::copy(members_[followers[i]], std::back_inserter(members_[leaders[i]]));
        }
    }

    [[nodiscard]] Snapshot result() {
        new_ids_.assign(leader_.size(), Snapshot::none);
        Snapshot grouped;
        grouped.whole = snapshot_.whole;
        for (Id id = 0, next = 0; id < leader_.size(); ++id) {
            if (leader_[id] == id) new_ids_[id] = next++;
        }
        for (Id id = 0; id < leader_.size(); ++id) {
            if (leader_[id] == id) grouped.components.push_back(sum_of(id));
        }
        for (const auto id : snapshot_.order) {
            if (leader_[id] == id) grouped.order.push_back(new_ids_[id]);
        }
        std::set<Snapshot::Linkage> linkages;
        for (const auto& [from, to] : snapshot_.linkages) {
            const Snapshot::Linkage linkage{renamed(from), renamed(to)};
            if (linkages.insert(linkage).second) grouped.linkages.push_back(linkage);
        }
        for (const auto& service : snapshot_.services)
            grouped.services.push_back({service.name, renamed(service.inbox)});
        return grouped;
    }

    [[nodiscard]] Id new_id(Id id) const { return id == Snapshot::none ? id : new_ids_[leader_of(id)]; }
    [[nodiscard]] Snapshot::BoxName renamed(const Snapshot::BoxName& name) const {
        return {new_id(name.component), name.box};
    }

    [[nodiscard]] Snapshot::Component sum_of(Id id) const {
        auto sum = snapshot_.components[id];
        sum.parent = new_id(sum.parent);
        AwaitSum awaits;
        add_awaits(awaits, id);
        if (members_[id].empty()) {
            sum.awaits = std::move(awaits).list();
            return sum;
        }
        sum.name = group_name(id);
        sum.serial = 0;
        for (const auto member : members_[id]) {
            const auto& other = snapshot_.components[member];
            sum.count += other.count;
            for (std::size_t i = 0; i < sum.states.size(); ++i) sum.states[i] += other.states[i];
            for (std::size_t i = 0; i < sum.boxes.size(); ++i) add(sum.boxes[i], other.boxes[i]);
            add_awaits(awaits, member);
        }
        sum.awaits = std::move(awaits).list();
        return sum;
    }

    void add_awaits(AwaitSum& sum, Id id) const {
        for (auto await : snapshot_.components[id].awaits) {
            for (auto& reason : await.reasons) {
                if (reason.box) reason.box = renamed(*reason.box);
                if (reason.full) reason.full = renamed(*reason.full);
            }
            sum.add(std::move(await));
        }
    }

    static void add(Snapshot::Box& sum, const Snapshot::Box& other) {
        using Box = Snapshot::Box;
        for (const auto number : {&Box::depth, &Box::capacity, &Box::bytes, &Box::byte_capacity,
                                  &Box::received, &Box::taken, &Box::dropped, &Box::sent, &Box::discarded})
            sum.*number += other.*number;
    }

    const Snapshot& snapshot_;
    std::span<const std::string> expand_;
    std::vector<std::vector<Id>> families_; ///< in the end, without those who follow
    std::vector<Id> leader_;                ///< itself: it leads a group or is in none
    std::vector<std::vector<Id>> members_;  ///< whom it leads
    std::vector<std::vector<const Snapshot::Linkage*>> linkages_out_, linkages_in_;
    std::vector<Id> new_ids_;
};

} // namespace

Snapshot group_snapshot(const Snapshot& snapshot, std::span<const std::string> expand) {
    return Grouping{snapshot, expand}.group();
}

} // namespace axon
