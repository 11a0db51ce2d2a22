// Pipeline: components one after the other, as in a Unix shell.
//
//     system.adopt(axon::pipeline(std::make_unique<FileReader>(path), std::make_unique<Shout>()));
#pragma once

#include "axon/composite.hpp"

#include <memory>
#include <vector>

namespace axon {

/// Links each stage's outbox to the next one's inbox and its signal to the next one's control. Its own
/// inbox and outbox are the first stage's and the last one's, where they have them. When a stage ends,
/// those before it are shut down: nobody listens to them any more.
class Pipeline final : public Composite {
public:
    /// Throws LinkError when neighbours do not fit; std::invalid_argument without stages.
    explicit Pipeline(std::vector<std::unique_ptr<Component>> stages);

private:
    void child_has_ended(Component& child) override;

    std::unique_ptr<InboxBase> inbox_;
    std::unique_ptr<OutboxBase> outbox_;
};

namespace detail {
template <class...>
inline constexpr bool stages_fit = true;
template <class First, class Second, class... Rest>
inline constexpr bool stages_fit<First, Second, Rest...> =
    FitsInto<typename decltype(First::outbox)::Message, typename decltype(Second::inbox)::Message> &&
    stages_fit<Second, Rest...>;
} // namespace detail

/// A pipeline whose neighbours are checked by the compiler.
template <class... Stages>
    requires(sizeof...(Stages) > 0 && detail::stages_fit<Stages...>)
[[nodiscard]] std::unique_ptr<Pipeline> pipeline(std::unique_ptr<Stages>... stages) {
    std::vector<std::unique_ptr<Component>> all;
    (all.push_back(std::move(stages)), ...);
    return std::make_unique<Pipeline>(std::move(all));
}

} // namespace axon
