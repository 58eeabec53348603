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

void ResourceDelegates::add(std::int64_t resource, std::int64_t delegate) {
  insert_.run(resource, delegate);
}

auto ResourceDelegates::remove(std::int64_t resource, std::int64_t delegate) -> bool {
  remove_.run(resource, delegate);
  return connection_.changes() > 0;
}

void ResourceDelegates::remove_all(std::int64_t entity) {
  remove_all_.run(entity);
}

auto ResourceDelegates::list(std::int64_t resource, std::int64_t after, std::int64_t limit)
    -> std::vector<ResourceDelegate> {
  return list_.all(
      [](Rows& row) {
        return ResourceDelegate{row.next<std::int64_t>(), row.next<std::string>(), row.next<EntityKind>()};
      },
      resource, after, limit);
}

auto ResourceDelegates::any(std::int64_t resource) -> bool {
  return any_(resource).step();
}

}  // namespace workmail::store
