#include "store/census.h"

namespace workmail::store {

auto Census::rows() const -> std::int64_t {
  std::int64_t sum = 0;
  for (const auto& organization : organizations) sum += organization.count;
  for (const auto& kind : entities) {
    for (const auto count : kind) sum += count;
  }
  return sum;
}

auto take_census(Connection& connection) -> Census {
  Census census;
  Statement organizations(connection, "SELECT state, count(*) FROM organization GROUP BY state ORDER BY state");
  census.organizations = organizations.all([](Rows& row) {
    return Census::Organizations{.state = row.next<OrganizationState>(), .count = row.next<std::int64_t>()};
  });
  // Grouped in the order of the index: without the organization, SQLite would sort all rows.
  Statement entities(connection,
                     "SELECT kind, state, count(*) FROM entity INDEXED BY entity_state"
                     " GROUP BY organization, kind, state ORDER BY organization, kind, state");
  auto rows = entities();
  while (rows.step()) {
    const auto kind = rows.next<std::size_t>();
    const auto state = rows.next<std::size_t>();
    census.entities.at(kind).at(state) += rows.next<std::int64_t>();
  }
  return census;
}

auto places(Connection& connection) -> std::vector<Place> {
  Statement places(connection,
                   "SELECT account, region, count(*) FROM organization"
                   " GROUP BY account, region ORDER BY account, region");
  return places.all([](Rows& row) {
    return Place{row.next<std::string>(), row.next<std::string>(), row.next<std::int64_t>()};
  });
}

auto database_bytes(Connection& connection) -> std::int64_t {
  Statement bytes(connection, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
  return bytes.first([](Rows& row) { return row.next<std::int64_t>(); }).value_or(0);
}

}  // namespace workmail::store
