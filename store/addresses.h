// The table of addresses in use, and the entity that each belongs to. The primary address is also in entity.email.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

struct Address {
  AddressNumber number{};
  std::string address;
};

class Addresses {
 public:
  explicit Addresses(Connection& connection);

  void add(OrganizationNumber organization, EntityNumber entity, DomainNumber domain, std::string_view address);
  void remove(EntityNumber entity, std::string_view address);
  void remove_all(EntityNumber entity);
  // An address of the entity, in the letter case in which it was added.
  auto as_added(EntityNumber entity, std::string_view address) -> std::string;
  // Includes the primary address.
  auto count(EntityNumber entity) -> std::int64_t;
  // All addresses but the primary one, in the order of creation.
  auto aliases(EntityNumber entity, std::string_view primary, AddressNumber after, std::int64_t limit)
      -> std::vector<Address>;

 private:
  Statement insert_;
  Statement remove_;
  Statement remove_all_;
  Statement as_added_;
  Statement count_;
  Statement aliases_;
};

}  // namespace workmail::store
