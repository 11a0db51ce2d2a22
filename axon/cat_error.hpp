// CatError: why a CAT refuses a name. The text says which name, what stood in the way, and what was meant.
#pragma once

#include <stdexcept>

namespace axon {

/// A name that is not there, is there already, or stands for something of another type.
class CatError : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

class NoSuchService : public CatError {
public:
    using CatError::CatError;
};

} // namespace axon
