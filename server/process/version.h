// The version of this program, from CMakeLists.txt, its commit, and its libraries.
#pragma once

#include <string>
#include <string_view>

namespace workmail::server {

extern const std::string_view kVersion;

// The output of --version, in lines: version, commit ("unknown" outside a clone), libraries with their versions.
auto version_text() -> std::string;

// The licenses of the libraries: THIRD_PARTY_LICENSES.
auto licenses_text() -> std::string_view;

}  // namespace workmail::server
