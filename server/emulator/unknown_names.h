// Checks names of operations and errors from clients of the control plane, and suggests the probably intended name.
#pragma once

#include <string>
#include <string_view>

namespace workmail::server {

// The name in quotation marks, as a message repeats it.
auto in_quotation_marks(std::string_view text) -> std::string;

// The error in the name of an operation, or in a prefix with a star; empty if an operation matches.
auto fault_in_operation(std::string_view pattern) -> std::string;

// The error in an error code; empty if some operation may return it.
auto fault_in_error(std::string_view code) -> std::string;

}  // namespace workmail::server
