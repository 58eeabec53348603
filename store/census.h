// Counts of rows, for metrics and the overview. Counting reads every entity once, in the order of an index.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "store/entities.h"
#include "store/organizations.h"
#include "store/sqlite.h"

namespace workmail::store {

struct Census {
  struct Organizations {
    OrganizationState state;
    std::int64_t count;
  };
  std::vector<Organizations> organizations;
  std::array<std::array<std::int64_t, 3>, 3> entities{};  // by EntityKind, then EntityState

  [[nodiscard]] auto entities_of(EntityKind kind, EntityState state) const -> std::int64_t {
    return entities.at(static_cast<std::size_t>(kind)).at(static_cast<std::size_t>(state));
  }
  // Of organizations and entities together.
  [[nodiscard]] auto rows() const -> std::int64_t;
};

auto take_census(Connection& connection) -> Census;

// An account and a region of it, with the number of its organizations, Deleted ones included.
struct Place {
  std::string account;
  std::string region;
  std::int64_t organizations = 0;
};

// Those that have organizations, in order.
auto places(Connection& connection) -> std::vector<Place>;

// The size of the database, in memory or on disk.
auto database_bytes(Connection& connection) -> std::int64_t;

}  // namespace workmail::store
