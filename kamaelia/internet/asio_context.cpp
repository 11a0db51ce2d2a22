#include "kamaelia/internet/asio_context.hpp"

#include "kamaelia/internet/reactor.hpp"

namespace kamaelia {

AsioContext::AsioContext(axon::Component& self) : selector_{self, "selector"} {
    Selector::link(self, selector_);
    const auto& selector = static_cast<const Selector&>(selector_.destination()->owner());
    context_ = &selector.reactor().context().keep();
}

AsioContext::~AsioContext() { context_->let_go(); }

boost::asio::io_context& AsioContext::get() const noexcept { return context_->asio; }

} // namespace kamaelia
