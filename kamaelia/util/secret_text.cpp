#include "kamaelia/util/secret_text.hpp"

#include <random>

namespace kamaelia {

std::string secret_text(std::size_t words) {
    std::random_device random;
    std::string text;
    text.reserve(8 * words);
    for (; words > 0; --words) {
        unsigned word = random();
        for (int digit = 0; digit < 8; ++digit, word >>= 4U) text += "0123456789abcdef"[word & 0xFU];
    }
    return text;
}

} // namespace kamaelia
