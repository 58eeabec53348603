// The version of the program, from CMakeLists.txt.
#pragma once

#include <string_view>

namespace workmail::server {

extern const std::string_view kVersion;

}  // namespace workmail::server
