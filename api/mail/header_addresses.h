// The addresses in a header field such as From or To (RFC 5322, 3.4 and 4.4). Who they belong to is for others.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::api {

// What follows is left out.
inline constexpr std::size_t kMaxAddressesInHeader = 10'000;

// local@domain of each address, in order and as they are written, without comments and white space: of groups their
// members, and without names and routes. What is no address is left out. They are UTF-8 without control characters.
auto addresses_in(std::string_view value) -> std::vector<std::string>;

}  // namespace workmail::api
