// Lists that are conditions of rules, between the API and the store: no list and an empty list are both no condition,
// and no list is what the API shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/lines.h"

namespace workmail::api {

inline auto condition(const std::optional<std::vector<std::string>>& list) -> store::Lines {
  return list.value_or(store::Lines());
}

inline auto unless_empty(store::Lines condition) -> std::optional<std::vector<std::string>> {
  if (condition.empty()) return std::nullopt;
  return condition;
}

}  // namespace workmail::api
