// The program: its commands, its start and its end. main() only calls it.
#pragma once

#include <string>
#include <vector>

namespace workmail::server {

// `arguments` without the program's name. Returns the exit status: 0; 1 for a server that is not healthy; 2, with a
// sentence on standard error, when it cannot do what it was called for.
auto run_program(const std::vector<std::string>& arguments) -> int;

}  // namespace workmail::server
