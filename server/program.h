// The program: its commands, its start and its end. main() only calls this.
#pragma once

#include <string>
#include <vector>

namespace workmail::server {

// `arguments` without the program's name. Returns the exit status: 0; 1 if the checked server is not healthy; 2 for
// other errors, with a sentence on standard error.
auto run_program(const std::vector<std::string>& arguments) -> int;

}  // namespace workmail::server
