// Names of operations in options and settings: "CreateUser", or a prefix of several names and a star, "Create*".
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::api {

inline auto names_operation(std::string_view pattern, std::string_view operation) -> bool {
  if (!pattern.ends_with('*')) return pattern == operation;
  pattern.remove_suffix(1);
  return operation.starts_with(pattern);
}

// No patterns means every operation.
inline auto names_operation(const std::vector<std::string>& patterns, std::string_view operation) -> bool {
  return patterns.empty() || std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
           return names_operation(pattern, operation);
         });
}

}  // namespace workmail::api
