// AXON_CHECK: a broken invariant is a bug of ours, never an answer to input.
#pragma once

#include <stdexcept>

namespace axon {

/// What a failed AXON_CHECK throws in a release build; it ends the component that it leaves.
class CheckFailed : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// Aborts in a dev build (AXON_DEV) after naming the running component; throws CheckFailed otherwise.
[[noreturn, gnu::cold]] void check_failed(const char* condition, const char* file, int line);

} // namespace axon

/// States what must hold. Not for bad input: that is a value (std::expected).
#define AXON_CHECK(condition) \
    (static_cast<bool>(condition) ? void() : ::axon::check_failed(#condition, __FILE__, __LINE__))

/// The same in dev builds only, where each message would pay for it.
#ifdef AXON_DEV
#define AXON_DEV_CHECK(condition) AXON_CHECK(condition)
#else
#define AXON_DEV_CHECK(condition) void()
#endif
