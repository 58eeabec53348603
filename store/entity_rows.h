// What statements about entities share, also those of other tables that join them: conditions, and how an Entity is
// read from a row.
#pragma once

#include <optional>
#include <string>

#include "store/entities.h"
#include "store/sql_text.h"
#include "store/sqlite.h"

namespace workmail::store {

// Conditions on the state.
inline constexpr auto kNotDeleted = sql("state <> ", in_sql<EntityState::Deleted>());
inline constexpr auto kDeleted = sql("state = ", in_sql<EntityState::Deleted>());

// The columns, in the order in which read_entity reads them.
inline constexpr auto kEntityColumns = sql(
    "entity.number, entity.organization, kind, id, name, state, email, enabled_at, disabled_at, forgotten_at, hidden");

inline auto read_entity(Rows& row) -> Entity {
  return {.number = row.next<EntityNumber>(),
          .organization = row.next<OrganizationNumber>(),
          .kind = row.next<EntityKind>(),
          .id = row.next<std::string>(),
          .name = row.next<std::string>(),
          .state = row.next<EntityState>(),
          .email = row.next<std::optional<std::string>>(),
          .enabled_at = row.next<std::optional<Time>>(),
          .disabled_at = row.next<std::optional<Time>>(),
          .forgotten_at = row.next<std::optional<Time>>(),
          .hidden = row.next<bool>()};
}

}  // namespace workmail::store
