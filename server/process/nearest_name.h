// Finds the name that a misspelled one was probably meant to be.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace workmail::server {

// How many letters have to be changed, added, removed or swapped with their neighbor.
auto edit_distance(std::string_view one, std::string_view other) -> std::size_t;

// "; did you mean CreateUser?", for the name of the list that differs in the fewest letters, in upper or lower case
// alike. Empty when none has at least three quarters of its letters in common with the text.
auto suggestion(std::string_view text, std::span<const std::string_view> names) -> std::string;

}  // namespace workmail::server
