// The lists of users, groups and resources, page by page, filtered or not. entities.h has the entities themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/entities.h"
#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

// A row of ListUsers, ListGroups or ListResources; the members of other kinds are unset.
struct ListedEntity {
  EntityNumber number{};  // for paging
  std::string id;
  std::string name;
  EntityState state = EntityState::Disabled;
  std::optional<std::string> email;
  std::optional<Time> enabled_at;
  std::optional<Time> disabled_at;
  std::optional<std::string> display_name;
  std::optional<std::string> role;
  std::optional<std::string> identity_provider_user_id;
  std::optional<std::string> identity_provider_identity_store_id;
  std::optional<std::string> resource_type;
  std::optional<std::string> description;
};

// At most one member is set. Prefixes are case-insensitive.
struct EntityFilter {
  std::optional<std::string> name_prefix;
  std::optional<std::string> email_prefix;
  std::optional<std::string> display_name_prefix;
  std::optional<std::string> identity_provider_user_id_prefix;
  std::optional<EntityState> state;
  bool with_deleted = true;
};

class EntityLists {
 public:
  explicit EntityLists(Connection& connection);

  // In the order of creation, starting after the row `after`.
  auto list(OrganizationNumber organization, EntityKind kind, const EntityFilter& filter, EntityNumber after,
            std::int64_t limit) -> std::vector<ListedEntity>;

 private:
  auto page(Statement& statement, OrganizationNumber organization, EntityKind kind, const EntityFilter& filter,
            EntityNumber after, std::int64_t limit) -> std::vector<ListedEntity>;
  auto few_names(OrganizationNumber organization, EntityKind kind, std::string_view first, std::string_view end)
      -> bool;
  auto few_addresses(OrganizationNumber organization, std::string_view first, std::string_view end) -> bool;

  Statement list_;
  Statement list_by_state_;
  Statement list_filtered_;
  Statement list_few_names_;
  Statement list_few_addresses_;
  Statement count_names_;
  Statement count_addresses_;
};

}  // namespace workmail::store
