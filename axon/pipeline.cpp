#include "axon/pipeline.hpp"

#include <stdexcept>

namespace axon {

Pipeline::Pipeline(std::vector<std::unique_ptr<Component>> stages) {
    if (stages.empty()) throw std::invalid_argument{"a pipeline needs at least one component"};
    Component* first = nullptr;
    Component* last = nullptr;
    for (auto& stage : stages) {
        auto& added = adopt(std::move(stage));
        if (last) {
            axon::link(*last, "outbox", added, "inbox");
            axon::link(last->signal, added.control);
            last->signal.end_with_receiver();
        }
        last = &added;
        if (!first) first = &added;
    }
    if (auto* box = first->find_box("inbox"); box && box->is_inbox()) {
        inbox_ = box->type().make_inbox(*this, "inbox");
        Linkages::link(*inbox_, *box);
    }
    if (auto* box = last->find_box("outbox"); box && !box->is_inbox()) {
        outbox_ = box->type().make_outbox(*this, "outbox");
        Linkages::link(*box, *outbox_);
    }
    axon::link(last->signal, signal);
}

} // namespace axon
