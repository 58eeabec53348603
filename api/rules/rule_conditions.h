// Converts the conditions of rules between the API and the store. An absent list and an empty list both mean no
// condition; the API returns no list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/string_list.h"

namespace workmail::api {

inline auto condition(const std::optional<std::vector<std::string>>& list) -> store::StringList {
  return list.value_or(store::StringList());
}

template <class Element>
auto unless_empty(std::vector<Element> list) -> std::optional<std::vector<Element>> {
  if (list.empty()) return std::nullopt;
  return list;
}

}  // namespace workmail::api
