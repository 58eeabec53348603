#include "store/retention_policies.h"

namespace workmail::store {

RetentionPolicies::RetentionPolicies(Connection& connection)
    : remove_any_(connection, "DELETE FROM retention_policy WHERE organization = ?"),
      insert_(connection, "INSERT INTO retention_policy (organization, id, name, description) VALUES (?, ?, ?, ?)"),
      insert_folder_(connection,
                     "INSERT INTO retention_folder (organization, name, action, period) VALUES (?, ?, ?, ?)"),
      find_(connection, "SELECT id, name, description FROM retention_policy WHERE organization = ?"),
      folders_(connection, "SELECT name, action, period FROM retention_folder WHERE organization = ? ORDER BY number"),
      remove_(connection, "DELETE FROM retention_policy WHERE organization = ? AND id = ?") {}

void RetentionPolicies::put(OrganizationNumber organization, const RetentionPolicy& policy) {
  remove_any_.run(organization);
  insert_.run(organization, policy.id, policy.name, policy.description);
  for (const auto& folder : policy.folders) {
    insert_folder_.run(organization, folder.name, folder.action, folder.period);
  }
}

auto RetentionPolicies::find(OrganizationNumber organization) -> std::optional<RetentionPolicy> {
  auto policy = find_.first(
      [](Rows& row) {
        return RetentionPolicy{.id = row.next<std::string>(),
                               .name = row.next<std::string>(),
                               .description = row.next<std::optional<std::string>>()};
      },
      organization);
  if (!policy) return policy;
  policy->folders = folders_.all(
      [](Rows& row) {
        return RetentionFolder{row.next<std::string>(), row.next<std::string>(), row.next<std::optional<int>>()};
      },
      organization);
  return policy;
}

void RetentionPolicies::remove(OrganizationNumber organization, std::string_view id) {
  remove_.run(organization, id);
}

}  // namespace workmail::store
