#include "store/organizations.h"

#include "store/folding.h"
#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr const char* kInsert =
    "INSERT INTO organization (number, id, account, region, alias, alias_key, state, error_message, directory_id,"
    " directory_kept, interoperability, kms_key_arn, default_domain, dmarc_enforced, completed_at, next_state_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr auto kOrganizationColumns =
    sql("number, id, account, region, alias, state, error_message, directory_id, directory_kept, interoperability,"
        " kms_key_arn, default_domain, dmarc_enforced, completed_at, next_state_at");

constexpr auto kNotDeleted = sql("state <> ", in_sql<OrganizationState::Deleted>());

constexpr auto kFind = sql("SELECT ", kOrganizationColumns, " FROM organization WHERE number = ?");

constexpr auto kFindById = sql("SELECT ", kOrganizationColumns, " FROM organization WHERE id = ?");

constexpr auto kList = sql("SELECT ", kOrganizationColumns,
                           " FROM organization WHERE account = ? AND region = ? AND number > ?"
                           " ORDER BY number LIMIT ?");

// Several organizations may have had the directory one after another; one of them has it now.
constexpr auto kFindByDirectory = sql("SELECT ", kOrganizationColumns,
                                      " FROM organization WHERE directory_id = ? AND account = ? AND region = ? AND (",
                                      kNotDeleted, " OR directory_kept = 1) ORDER BY number DESC LIMIT 1");

constexpr const char* kDirectoryInteroperable =
    "SELECT 1 FROM organization WHERE directory_id = ? AND account = ? AND region = ? AND interoperability = 1 LIMIT 1";

constexpr auto kAliasInUse = sql("SELECT 1 FROM organization WHERE alias_key = ? AND ", kNotDeleted, " LIMIT 1");

constexpr auto kDirectoryInUse = sql("SELECT 1 FROM organization WHERE directory_id = ? AND ", kNotDeleted, " LIMIT 1");

constexpr auto kCount = sql("SELECT count(*) FROM organization WHERE account = ? AND region = ? AND ", kNotDeleted);

constexpr auto kAll = sql("SELECT ", kOrganizationColumns, " FROM organization ORDER BY number");

constexpr auto kNext = sql("SELECT ", kOrganizationColumns,
                           " FROM organization WHERE number > ?1 AND (?2 = '' OR account = ?2)"
                           " AND (?3 = '' OR region = ?3) AND (?4 = '' OR id = ?4) ORDER BY number LIMIT 1");

auto read(Rows& row) -> Organization {
  return {.number = row.next<OrganizationNumber>(),
          .id = row.next<std::string>(),
          .account = row.next<std::string>(),
          .region = row.next<std::string>(),
          .alias = row.next<std::string>(),
          .state = row.next<OrganizationState>(),
          .error_message = row.next<std::optional<std::string>>(),
          .directory_id = row.next<std::string>(),
          .directory_kept = row.next<bool>(),
          .interoperability = row.next<bool>(),
          .kms_key_arn = row.next<std::optional<std::string>>(),
          .default_domain = row.next<std::string>(),
          .dmarc_enforced = row.next<bool>(),
          .completed_at = row.next<std::optional<Time>>(),
          .next_state_at = row.next<std::optional<Time>>()};
}

}  // namespace

Organizations::Organizations(Connection& connection, Due& due)
    : connection_(connection),
      due_(due),
      insert_(connection, kInsert),
      head_(connection,
            "SELECT number, state, interoperability FROM organization WHERE id = ? AND account = ? AND region = ?"),
      find_(connection, kFind),
      find_by_id_(connection, kFindById),
      list_(connection, kList),
      all_(connection, kAll),
      next_(connection, kNext),
      alias_in_use_(connection, kAliasInUse),
      directory_in_use_(connection, kDirectoryInUse),
      find_by_directory_(connection, kFindByDirectory),
      directory_interoperable_(connection, kDirectoryInteroperable),
      count_(connection, kCount),
      set_state_(connection, "UPDATE organization SET state = ?, next_state_at = ? WHERE number = ?"),
      set_error_message_(connection, "UPDATE organization SET error_message = ? WHERE number = ?"),
      set_completed_(connection, "UPDATE organization SET completed_at = ? WHERE number = ?"),
      set_directory_kept_(connection, "UPDATE organization SET directory_kept = ? WHERE number = ?"),
      set_default_domain_(connection, "UPDATE organization SET default_domain = ? WHERE number = ?"),
      set_dmarc_enforced_(connection, "UPDATE organization SET dmarc_enforced = ? WHERE number = ?"),
      remove_(connection, "DELETE FROM organization WHERE number = ?"),
      remove_account_(connection, "DELETE FROM organization WHERE account = ?") {}

auto Organizations::add(const Organization& organization) -> OrganizationNumber {
  return insert(organization, std::nullopt);
}

auto Organizations::insert(const Organization& organization, std::optional<OrganizationNumber> number)
    -> OrganizationNumber {
  forget();
  insert_.run(number, organization.id, organization.account, organization.region, organization.alias,
              fold(organization.alias), organization.state, organization.error_message, organization.directory_id,
              organization.directory_kept, organization.interoperability, organization.kms_key_arn,
              organization.default_domain, organization.dmarc_enforced, organization.completed_at,
              organization.next_state_at);
  if (organization.next_state_at) due_.note(*organization.next_state_at);
  return connection_.last_insert_number<OrganizationNumber>();
}

auto Organizations::head(std::string_view account, std::string_view region, std::string_view id)
    -> std::optional<OrganizationHead> {
  const auto rollbacks = connection_.rollbacks();
  const bool known = latest_ && latest_->rollbacks == rollbacks && latest_->head.id == id &&
                     latest_->account == account && latest_->region == region;
  if (known) return latest_->head;
  const auto found = head_.first(
      [id](Rows& row) {
        return OrganizationHead{row.next<OrganizationNumber>(), std::string(id), row.next<OrganizationState>(),
                                row.next<bool>()};
      },
      id, account, region);
  if (found) latest_ = {std::string(account), std::string(region), *found, rollbacks};
  return found;
}

auto Organizations::find(OrganizationNumber number) -> std::optional<Organization> {
  return find_.first(read, number);
}

auto Organizations::find_by_id(std::string_view id) -> std::optional<Organization> {
  return find_by_id_.first(read, id);
}

auto Organizations::all() -> std::vector<Organization> {
  return all_.all(read);
}

auto Organizations::next(OrganizationNumber after, std::string_view account, std::string_view region,
                         std::string_view id) -> std::optional<Organization> {
  return next_.first(read, after, account, region, id);
}

auto Organizations::list(std::string_view account, std::string_view region, OrganizationNumber after,
                         std::int64_t limit) -> std::vector<Organization> {
  return list_.all(read, account, region, after, limit);
}

auto Organizations::alias_in_use(std::string_view alias) -> bool {
  return alias_in_use_(fold(alias)).step();
}

auto Organizations::directory_in_use(std::string_view directory_id) -> bool {
  return directory_in_use_(directory_id).step();
}

auto Organizations::find_by_directory(std::string_view account, std::string_view region, std::string_view directory_id)
    -> std::optional<Organization> {
  return find_by_directory_.first(read, directory_id, account, region);
}

auto Organizations::directory_interoperable(std::string_view account, std::string_view region,
                                            std::string_view directory_id) -> bool {
  return directory_interoperable_(directory_id, account, region).step();
}

auto Organizations::count(std::string_view account, std::string_view region) -> std::int64_t {
  return *count_.first([](Rows& row) { return row.next<std::int64_t>(); }, account, region);
}

void Organizations::set_state(OrganizationNumber number, OrganizationState state, std::optional<Time> next_state_at) {
  forget();
  set_state_.run(state, next_state_at, number);
  if (next_state_at) due_.note(*next_state_at);
}

void Organizations::set_error_message(OrganizationNumber number, const std::optional<std::string>& message) {
  set_error_message_.run(message, number);
}

void Organizations::set_completed(OrganizationNumber number, Time at) {
  set_completed_.run(at, number);
}

void Organizations::set_directory_kept(OrganizationNumber number, bool kept) {
  set_directory_kept_.run(kept, number);
}

void Organizations::set_default_domain(OrganizationNumber number, std::string_view domain) {
  set_default_domain_.run(domain, number);
}

void Organizations::set_dmarc_enforced(OrganizationNumber number, bool enforced) {
  set_dmarc_enforced_.run(enforced, number);
}

void Organizations::clear(OrganizationNumber number) {
  // All rows of the organization refer to it and are deleted with it, so no table can be forgotten.
  const auto organization = find(number);
  if (!organization) return;
  remove_.run(number);
  insert(*organization, number);
}

void Organizations::remove(OrganizationNumber number) {
  forget();
  remove_.run(number);
}

void Organizations::remove_account(std::string_view account) {
  forget();
  remove_account_.run(account);
}

}  // namespace workmail::store
