#include "store/resource_delegates.h"

namespace workmail::store {

namespace {

constexpr const char* kList =
    "SELECT resource_delegate.number, entity.id, entity.kind"
    " FROM resource_delegate INDEXED BY resource_delegate_list"
    " JOIN entity ON entity.number = resource_delegate.delegate"
    " WHERE resource_delegate.resource = ? AND resource_delegate.number > ? ORDER BY resource_delegate.number LIMIT ?";

}  // namespace

ResourceDelegates::ResourceDelegates(Connection& connection)
    : connection_(connection),
      insert_(connection, "INSERT INTO resource_delegate (resource, delegate) VALUES (?, ?) ON CONFLICT DO NOTHING"),
      remove_(connection, "DELETE FROM resource_delegate WHERE resource = ? AND delegate = ?"),
      remove_all_(connection, "DELETE FROM resource_delegate WHERE delegate = ?1 OR resource = ?1"),
      list_(connection, kList),
      any_(connection, "SELECT 1 FROM resource_delegate WHERE resource = ? LIMIT 1") {}

void ResourceDelegates::add(Delegation delegation) {
  insert_.run(delegation.resource, delegation.delegate);
}

auto ResourceDelegates::remove(Delegation delegation) -> bool {
  remove_.run(delegation.resource, delegation.delegate);
  return connection_.changes() > 0;
}

void ResourceDelegates::remove_all(EntityNumber entity) {
  remove_all_.run(entity);
}

auto ResourceDelegates::list(EntityNumber resource, ResourceDelegateNumber after, std::int64_t limit)
    -> std::vector<ResourceDelegate> {
  return list_.all(
      [](Rows& row) {
        return ResourceDelegate{row.next<ResourceDelegateNumber>(), row.next<std::string>(), row.next<EntityKind>()};
      },
      resource, after, limit);
}

auto ResourceDelegates::any(EntityNumber resource) -> bool {
  return any_(resource).step();
}

}  // namespace workmail::store
