// Supervisor: keeps a system of components going.
//
//     graphs:
//       ticker: { restart: on-failure, components: {...}, linkages: [...] }
//
//     spawn<Supervisor>([] { return std::make_unique<Ticker>(); }, Restart::on_failure);
#pragma once

#include "axon/component.hpp"
#include "axon/ended.hpp"
#include "axon/outbox.hpp"
#include "axon/value.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kamaelia {

/// When what has ended is made anew.
enum class Restart {
    never,
    on_failure, ///< when a component of it has failed
    always,     ///< also when it has come to its own end
};

/// Runs what `make` makes. It has failed when a component has that is part of its static structure; the rest
/// is then shut down, and stopped after a while, before it is made anew. Between two starts it waits, each
/// time twice as long, until one has run for a while. A Shutdown ends it and what it runs.
///
/// Ends as failed when that has failed and Restart::never was asked for. Counts in the values
/// `kamaelia_graph_up` and `kamaelia_graph_restarts_total`, labelled with its own label.
class Supervisor final : public axon::Component {
public:
    /// What it throws is a failure, too.
    using Factory = std::function<std::unique_ptr<axon::Component>()>;

    Supervisor(Factory make, Restart restart);

    static constexpr axon::Duration first_delay = std::chrono::milliseconds{100};
    static constexpr axon::Duration longest_delay = std::chrono::seconds{30};
    /// Who has run for so long begins with the first delay again.
    static constexpr axon::Duration steady_after = std::chrono::minutes{1};
    /// How long the rest of what has failed may take to end by itself.
    static constexpr axon::Duration patience = std::chrono::seconds{5};

private:
    axon::Task<> main() override;
    void child_has_ended(axon::Component& child) override;
    void failed_below(const axon::Failure& failure) override;
    void start();
    axon::Task<> run_once();
    void hear_control();
    axon::Task<bool> asked_to_end_within(axon::Duration duration);

    Factory make_;
    Restart restart_;
    axon::Component* running_ = nullptr; ///< what was made and has not ended
    std::optional<std::string> failure_; ///< the first of what runs or ran last
    bool asked_to_end_ = false;
    axon::EndedBox ended_{*this};
    axon::Inbox<std::string> failures_{
        *this, "failures", {.capacity = 1, .overflow = axon::Overflow::drop_newest}};
    axon::Outbox<std::string> to_failures_{*this, "failed"};
};

} // namespace kamaelia
