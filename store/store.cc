#include "store/store.h"

#include <array>
#include <filesystem>

#include "store/folding.h"
#include "store/schema.h"

namespace workmail::store {

namespace {

// What turns version N into N + 1, at index N - 1.
constexpr std::array<const char*, kSchemaVersion - 1> kMigrations{};

auto version_of(Connection& connection) -> int {
  Statement statement(connection, "PRAGMA user_version");
  return *statement.first([](Rows& row) { return row.next<int>(); });
}

// fold(text) in SQL, for filters on columns without a folded neighbour.
void sql_fold(sqlite3_context* context, int /*count*/, sqlite3_value** arguments) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
  if (text == nullptr) return sqlite3_result_null(context);
  const std::string folded = fold({text, static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]))});
  sqlite3_result_text(context, folded.data(), static_cast<int>(folded.size()), SQLITE_TRANSIENT);
}

void configure(Connection& connection, bool on_disk) {
  // The image has no folder for temporary files.
  connection.execute("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
  sqlite3_create_function_v2(connection.handle(), "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, &sql_fold,
                             nullptr, nullptr, nullptr);
  // One process owns the file: without the shared-memory calls reads are as fast as in memory. The first write of
  // BEGIN IMMEDIATE takes the lock now, so that a second server on the same file is refused at its start.
  if (on_disk) {
    connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    connection.execute("BEGIN IMMEDIATE; COMMIT;");
  }
}

void refuse_newer(int version, const std::string& path) {
  if (version <= kSchemaVersion) return;
  throw UnusableDatabase(path + " was written by a newer workmail-local (schema " + std::to_string(version) +
                         ", this program knows " + std::to_string(kSchemaVersion) + "); it is left as it is.");
}

void bring_up_to_date(Connection& connection, int version) {
  if (version == kSchemaVersion) return;
  Transaction transaction(connection);
  if (version == 0) connection.execute(kSchema);
  for (int from = version; version > 0 && from < kSchemaVersion; ++from) {
    connection.execute(kMigrations.at(static_cast<std::size_t>(from) - 1));
  }
  connection.execute(("PRAGMA user_version = " + std::to_string(kSchemaVersion)).c_str());
  transaction.commit();
}

auto opened(const std::string& path) -> std::string {
  return path.empty() ? ":memory:" : path;
}

}  // namespace

Store::Store(const std::string& path) try : connection(opened(path)) {
  // What is refused stays as it is, even a log of changes that a killed program has left beside it.
  connection.execute("PRAGMA locking_mode = EXCLUSIVE");
  connection.keep_log(!path.empty() && std::filesystem::exists(path + "-wal"));
  const int version = version_of(connection);
  refuse_newer(version, path);
  connection.keep_log(false);
  configure(connection, !path.empty());
  bring_up_to_date(connection, version);
} catch (const SqliteError& error) {
  throw UnusableDatabase("The database " + opened(path) + " cannot be used: " + error.what());
}

auto Store::setting(std::string_view name) -> std::optional<std::string> {
  return setting_.first([](Rows& row) { return row.next<std::string>(); }, name);
}

void Store::set_setting(std::string_view name, std::string_view value) {
  set_setting_.run(name, value);
}

auto Store::empty() -> bool {
  Statement any(connection, "SELECT 1 FROM organization UNION ALL SELECT 1 FROM identity_center_application LIMIT 1");
  return !any().step();
}

auto Store::latest() -> std::optional<Time> {
  Statement latest(connection,
                   "SELECT max(at) FROM (SELECT max(completed_at) AS at FROM organization"
                   " UNION ALL SELECT max(max(coalesce(enabled_at, 0), coalesce(disabled_at, 0))) FROM entity"
                   " UNION ALL SELECT max(max(provisioned_at, coalesce(deprovisioned_at, 0))) FROM mailbox"
                   " UNION ALL SELECT max(max(started_at, coalesce(ended_at, 0))) FROM export_job"
                   " UNION ALL SELECT max(modified_at) FROM access_control_rule"
                   " UNION ALL SELECT max(modified_at) FROM impersonation_role"
                   " UNION ALL SELECT max(modified_at) FROM mobile_device_access_rule"
                   " UNION ALL SELECT max(modified_at) FROM mobile_device_access_override"
                   " UNION ALL SELECT max(modified_at) FROM availability_configuration"
                   " UNION ALL SELECT max(max(created_at, coalesce(last_used_at, 0))) FROM personal_access_token)");
  return latest.first([](Rows& row) { return row.next<std::optional<Time>>(); }).value_or(std::nullopt);
}

void Store::remove_account(std::string_view account) {
  organizations.remove_account(account);
  identity_providers.remove_account(account);
  client_tokens.remove_account(account);
}

void Store::copy_from(Connection& other) {
  connection.copy_from(other);
  due.forget();
}

}  // namespace workmail::store
