// What is wrong with the name of an operation or of an error that a client of the control plane gives, and which one
// was probably meant.
#pragma once

#include <string>
#include <string_view>

namespace workmail::server {

// Of the name of an operation, or the beginning of some with a star. Empty when there is one.
auto fault_in_operation(std::string_view pattern) -> std::string;

// Of the code of an error. Empty when some operation may return it.
auto fault_in_error(std::string_view code) -> std::string;

}  // namespace workmail::server
