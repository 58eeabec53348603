// The table of tags of organizations.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

struct Tag {
  std::string key;
  std::string value;
};

class Tags {
 public:
  explicit Tags(Connection& connection);

  // Adds the tag, or replaces the value of an existing key, which keeps its position in the list.
  void put(OrganizationNumber organization, std::string_view key, std::string_view value);
  // No effect if the tag does not exist.
  void remove(OrganizationNumber organization, std::string_view key);
  auto list(OrganizationNumber organization) -> std::vector<Tag>;

 private:
  Statement put_;
  Statement remove_;
  Statement list_;
};

}  // namespace workmail::store
