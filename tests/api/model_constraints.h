// AWS's messages about inputs that violate constraints of the service model: a reference for tests, which reads the
// JSON model and uses another regular expression engine than the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/wire/json.h"

namespace workmail::test {

// The violations of an input whose JSON types are right, in the order of the model.
auto violations(std::string_view operation, const api::Json& input) -> std::vector<std::string>;

// The whole message about them.
auto message_of(const std::vector<std::string>& violations) -> std::string;

// Whether a text satisfies length and pattern of a shape.
auto keeps(std::string_view shape, std::string_view text) -> bool;

// Whether a text matches the whole of a shape's pattern; true for a shape without one.
auto matches(std::string_view shape, std::string_view text) -> bool;

// The length of a text as the model counts it.
auto code_points(std::string_view text) -> std::size_t;

}  // namespace workmail::test
