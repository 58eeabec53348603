#include "store/addresses.h"

#include "store/folding.h"

namespace workmail::store {

Addresses::Addresses(Connection& connection)
    : insert_(connection,
              "INSERT INTO address (organization, entity, domain, address, address_key) VALUES (?, ?, ?, ?, ?)"),
      remove_(connection, "DELETE FROM address WHERE entity = ? AND address_key = ?"),
      remove_all_(connection, "DELETE FROM address WHERE entity = ?"),
      as_added_(connection, "SELECT address FROM address WHERE entity = ? AND address_key = ?"),
      count_(connection, "SELECT count(*) FROM address WHERE entity = ?"),
      aliases_(connection,
               "SELECT number, address FROM address INDEXED BY address_entity"
               " WHERE entity = ? AND address_key <> ? AND number > ? ORDER BY number LIMIT ?") {}

void Addresses::add(OrganizationNumber organization, EntityNumber entity, DomainNumber domain,
                    std::string_view address) {
  insert_.run(organization, entity, domain, address, fold(address));
}

void Addresses::remove(EntityNumber entity, std::string_view address) {
  remove_.run(entity, fold(address));
}

void Addresses::remove_all(EntityNumber entity) {
  remove_all_.run(entity);
}

auto Addresses::as_added(EntityNumber entity, std::string_view address) -> std::string {
  return as_added_.first([](Rows& row) { return row.next<std::string>(); }, entity, fold(address)).value();
}

auto Addresses::count(EntityNumber entity) -> std::int64_t {
  return *count_.first([](Rows& row) { return row.next<std::int64_t>(); }, entity);
}

auto Addresses::aliases(EntityNumber entity, std::string_view primary, AddressNumber after, std::int64_t limit)
    -> std::vector<Address> {
  return aliases_.all(
      [](Rows& row) {
        return Address{row.next<AddressNumber>(), row.next<std::string>()};
      },
      entity, fold(primary), after, limit);
}

}  // namespace workmail::store
