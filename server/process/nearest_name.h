// Finds the probably intended name for a misspelled one.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace workmail::server {

// The edit distance: the number of letters that must be changed, added, removed or swapped with their neighbor.
auto edit_distance(std::string_view one, std::string_view other) -> std::size_t;

// "; did you mean CreateUser?", with the name from the list that has the smallest distance, ignoring letter case. Empty
// if none has at least three quarters of its letters in common with the text.
auto suggestion(std::string_view text, std::span<const std::string_view> names) -> std::string;

}  // namespace workmail::server
