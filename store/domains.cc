#include "store/domains.h"

#include "store/organizations.h"
#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr const char* kInsert =
    "INSERT INTO domain (organization, name, is_test, hosted_zone_id, ownership, dkim, verified_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)";

constexpr auto kColumns = sql("number, organization, name, is_test, hosted_zone_id, ownership, dkim, verified_at");

constexpr auto kFindByName = sql("SELECT ", kColumns, " FROM domain WHERE organization = ? AND name = ?");

constexpr auto kFind = sql("SELECT ", kColumns, " FROM domain WHERE number = ?");

constexpr auto kList = sql("SELECT ", kColumns,
                           " FROM domain INDEXED BY domain_list WHERE organization = ? AND number > ?"
                           " ORDER BY number LIMIT ?");

constexpr auto kRegisteredElsewhere =
    sql("SELECT 1 FROM domain JOIN organization ON organization.number = domain.organization"
        " WHERE domain.name = ? AND domain.organization <> ? AND organization.account = ? AND organization.region = ?"
        " AND organization.state <> ",
        in_sql<OrganizationState::Deleted>(), " LIMIT 1");

constexpr auto kIsTestDomain =
    sql("SELECT 1 FROM domain JOIN organization ON organization.number = domain.organization"
        " WHERE domain.name = ? AND domain.is_test = 1 AND organization.state <> ",
        in_sql<OrganizationState::Deleted>(), " LIMIT 1");

auto read(Rows& row) -> Domain {
  return {.number = row.next<DomainNumber>(),
          .organization = row.next<OrganizationNumber>(),
          .name = row.next<std::string>(),
          .is_test = row.next<bool>(),
          .hosted_zone_id = row.next<std::optional<std::string>>(),
          .ownership = row.next<VerificationStatus>(),
          .dkim = row.next<VerificationStatus>(),
          .verified_at = row.next<std::optional<Time>>()};
}

}  // namespace

Domains::Domains(Connection& connection, Due& due)
    : connection_(connection),
      due_(due),
      insert_(connection, kInsert),
      find_by_name_(connection, kFindByName),
      find_(connection, kFind),
      list_(connection, kList),
      count_(connection, "SELECT count(*) FROM domain WHERE organization = ?"),
      registered_elsewhere_(connection, kRegisteredElsewhere),
      is_test_domain_(connection, kIsTestDomain),
      in_use_(connection, "SELECT 1 FROM address WHERE domain = ? LIMIT 1"),
      set_status_(connection, "UPDATE domain SET ownership = ?, dkim = ?, verified_at = ? WHERE number = ?"),
      remove_(connection, "DELETE FROM domain WHERE number = ?") {}

auto Domains::add(const Domain& domain) -> DomainNumber {
  insert_.run(domain.organization, domain.name, domain.is_test, domain.hosted_zone_id, domain.ownership, domain.dkim,
              domain.verified_at);
  if (domain.verified_at) due_.note(*domain.verified_at);
  return connection_.last_insert_number<DomainNumber>();
}

auto Domains::find(OrganizationNumber organization, std::string_view name) -> std::optional<Domain> {
  return find_by_name_.first(read, organization, name);
}

auto Domains::find(DomainNumber number) -> std::optional<Domain> {
  return find_.first(read, number);
}

auto Domains::list(OrganizationNumber organization, DomainNumber after, std::int64_t limit) -> std::vector<Domain> {
  return list_.all(read, organization, after, limit);
}

auto Domains::count(OrganizationNumber organization) -> std::int64_t {
  return *count_.first([](Rows& row) { return row.next<std::int64_t>(); }, organization);
}

auto Domains::registered_elsewhere(std::string_view account, std::string_view region, OrganizationNumber organization,
                                   std::string_view name) -> bool {
  return registered_elsewhere_(name, organization, account, region).step();
}

auto Domains::is_test_domain(std::string_view name) -> bool {
  return is_test_domain_(name).step();
}

auto Domains::in_use(DomainNumber number) -> bool {
  return in_use_(number).step();
}

void Domains::set_status(DomainNumber number, VerificationStatus ownership, VerificationStatus dkim,
                         std::optional<Time> verified_at) {
  set_status_.run(ownership, dkim, verified_at, number);
  if (verified_at) due_.note(*verified_at);
}

void Domains::remove(DomainNumber number) {
  remove_.run(number);
}

}  // namespace workmail::store
