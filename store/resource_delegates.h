// The table of resource delegates: the users and groups who answer a resource's booking requests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/entities.h"
#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

// Both are entities: as two parameters, they would swap silently.
struct Delegation {
  EntityNumber resource;
  EntityNumber delegate;
};

struct ResourceDelegate {
  ResourceDelegateNumber number{};
  std::string id;
  EntityKind kind = EntityKind::User;
};

class ResourceDelegates {
 public:
  explicit ResourceDelegates(Connection& connection);

  // No effect when the delegate is one already.
  void add(Delegation delegation);
  // False when there was nothing to remove.
  auto remove(Delegation delegation) -> bool;
  // The entity is delegate of nothing any more, and a resource has no delegates.
  void remove_all(EntityNumber entity);
  auto list(EntityNumber resource, ResourceDelegateNumber after, std::int64_t limit) -> std::vector<ResourceDelegate>;
  auto any(EntityNumber resource) -> bool;

 private:
  Connection& connection_;
  Statement insert_;
  Statement remove_;
  Statement remove_all_;
  Statement list_;
  Statement any_;
};

}  // namespace workmail::store
