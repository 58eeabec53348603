// Makes the bodies of calls fit to be shown: every member that the model marks sensitive, and every token that opens
// something, reads "********". Which these are is generated (Operation). Nothing else may show a body.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace workmail::api {

inline constexpr std::string_view kRedacted = "********";

enum class Side { Input, Output };

// The body, a JSON object, without white space and secrets; an empty body counts as {}. Nothing for any other body, and
// for the input of an operation that the model does not have: a secret could stand anywhere. With `enough`, what
// follows that many bytes may be missing, which saves reading a long body to its end.
auto redacted(std::string_view operation, Side side, std::string_view body, std::size_t enough = std::string_view::npos)
    -> std::optional<std::string>;

}  // namespace workmail::api
