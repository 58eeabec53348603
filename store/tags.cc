#include "store/tags.h"

namespace workmail::store {

Tags::Tags(Connection& connection)
    : put_(connection,
           "INSERT INTO tag (organization, key, value) VALUES (?, ?, ?)"
           " ON CONFLICT (organization, key) DO UPDATE SET value = excluded.value"),
      remove_(connection, "DELETE FROM tag WHERE organization = ? AND key = ?"),
      list_(connection, "SELECT key, value FROM tag WHERE organization = ? ORDER BY number") {}

void Tags::put(OrganizationNumber organization, std::string_view key, std::string_view value) {
  put_.run(organization, key, value);
}

void Tags::remove(OrganizationNumber organization, std::string_view key) {
  remove_.run(organization, key);
}

auto Tags::list(OrganizationNumber organization) -> std::vector<Tag> {
  return list_.all([](Rows& row) { return Tag{row.next<std::string>(), row.next<std::string>()}; }, organization);
}

}  // namespace workmail::store
