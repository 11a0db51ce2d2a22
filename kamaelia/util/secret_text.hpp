// Text that nobody can guess: session ids, nonces, keys.
#pragma once

#include <cstddef>
#include <string>

namespace kamaelia {

/// That many times 32 bits of the operating system's randomness, 8 hexadecimal digits each.
[[nodiscard]] std::string secret_text(std::size_t words);

} // namespace kamaelia
