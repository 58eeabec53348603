// What this program is: its version, from CMakeLists.txt, the commit that it was built from, and what is inside.
#pragma once

#include <string>
#include <string_view>

namespace workmail::server {

extern const std::string_view kVersion;

// The answer to --version: version, commit ("unknown" outside a clone), libraries with their versions; lines.
auto version_text() -> std::string;

// The licenses of the libraries: THIRD_PARTY_LICENSES.
auto licenses_text() -> std::string_view;

}  // namespace workmail::server
