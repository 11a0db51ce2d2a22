#include "axon/wait.hpp"

#include "axon/awaited.hpp"
#include "axon/box.hpp"
#include "axon/type_name.hpp"

namespace axon {

void Wait::describe(std::vector<Awaited>& list) const {
    list.push_back({.what = Awaited::What::other, .text = type_name(typeid(*this))});
}

bool InputWait::done_with(const InboxBase& inbox) const noexcept {
    return &inbox == &input_ || !input_.gets_replies();
}

void InputWait::describe(std::vector<Awaited>& list) const {
    list.push_back({.what = Awaited::What::input, .box = &input_});
}

} // namespace axon
