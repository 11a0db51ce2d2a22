// refusal: the exact text with which something is refused.
#pragma once

#include <string>

namespace parts {

/// What the Error says that `f` throws; empty when it throws none. Any other exception goes on.
template <class Error, class F>
std::string refusal(F&& f) {
    try {
        f();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

} // namespace parts
