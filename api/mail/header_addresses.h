// The addresses in a header field such as From or To (RFC 5322, 3.4 and 4.4).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::api {

// Further addresses are ignored.
inline constexpr std::size_t kMaxAddressesInHeader = 10'000;

// Each address as local@domain, in order and as written, without display names, routes, comments and white space.
// Groups are replaced by their members, and invalid addresses are left out. The result is UTF-8 without control
// characters.
auto addresses_in(std::string_view value) -> std::vector<std::string>;

}  // namespace workmail::api
