// The table of resource delegates: the users and groups who answer a resource's booking requests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/entities.h"
#include "store/sqlite.h"

namespace workmail::store {

struct ResourceDelegate {
  std::int64_t number = 0;
  std::string id;
  EntityKind kind = EntityKind::User;
};

class ResourceDelegates {
 public:
  explicit ResourceDelegates(Connection& connection);

  // No effect when the delegate is one already.
  void add(std::int64_t resource, std::int64_t delegate);
  // False when there was nothing to remove.
  auto remove(std::int64_t resource, std::int64_t delegate) -> bool;
  // The entity is delegate of nothing any more, and a resource has no delegates.
  void remove_all(std::int64_t entity);
  auto list(std::int64_t resource, std::int64_t after, std::int64_t limit) -> std::vector<ResourceDelegate>;
  auto any(std::int64_t resource) -> bool;

 private:
  Connection& connection_;
  Statement insert_;
  Statement remove_;
  Statement remove_all_;
  Statement list_;
  Statement any_;
};

}  // namespace workmail::store
