// The table of resource delegates: the users and groups that answer booking requests for a resource.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/entities.h"
#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

// A structure, because two parameters of the same type could be swapped by mistake.
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

  // No effect if the entity is already a delegate.
  void add(Delegation delegation);
  // False if the entity was not a delegate.
  auto remove(Delegation delegation) -> bool;
  // Removes the entity as a delegate everywhere and, if it is a resource, all its delegates.
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
