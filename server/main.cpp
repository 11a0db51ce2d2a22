#include "server/run.hpp"

#include <span>

int main(int count, char** arguments) {
    return server::run_program(std::span{arguments, static_cast<std::size_t>(count)}.subspan(1));
}
