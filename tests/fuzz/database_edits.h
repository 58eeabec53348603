// Changes of a database by SQL, of a kind that is not found by changing bytes only: other values in a row,
// another schema. Any bytes can be given; what cannot be changed comes back as it is.
#pragma once

#include <cstdint>
#include <string>

namespace workmail::fuzz {

auto edited(std::string file, std::uint32_t seed) -> std::string;

}  // namespace workmail::fuzz
