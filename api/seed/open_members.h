// Detects duplicate members while JSON is parsed, by the members of all open objects. Otherwise one of the two values
// would be lost silently.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::api {

class OpenMembers {
 public:
  // More than any object of the document has. Limits memory and comparisons.
  static constexpr std::size_t kMaxMembers = 100;

  void enter() { objects_.emplace_back(); }
  void leave() { objects_.pop_back(); }

  // Why the innermost object cannot have the member; empty if it can.
  auto add(std::string_view name) -> std::string {
    auto& members = objects_.back();
    if (std::find(members.begin(), members.end(), name) != members.end()) {
      return "The member '" + std::string(name) + "' is given twice";
    }
    if (members.size() == kMaxMembers) return "An object has more than " + std::to_string(kMaxMembers) + " members";
    if (name.size() > kMaxNameLength) return "The name of a member is longer than any in the document can be";
    members.emplace_back(name);
    return {};
  }

 private:
  static constexpr std::size_t kMaxNameLength = 100;

  std::vector<std::vector<std::string>> objects_;
};

}  // namespace workmail::api
