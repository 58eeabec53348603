#include "store/store.h"

#include "store/file_format.h"

namespace workmail::store {

namespace {

void configure(Connection& connection) {
  // The container image has no folder for temporary files.
  connection.execute("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
  // No table uses triggers. (ON DELETE CASCADE works without them.)
  sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  add_functions(connection);
}

}  // namespace

Store::Store(const std::string& path) : connection(path.empty() ? ":memory:" : usable_path(path)) {
  if (path.empty())
    create_tables(connection);
  else
    open_file(connection, path);
  configure(connection);
}

auto Store::setting(std::string_view name) -> std::optional<std::string> {
  return setting_.first([](Rows& row) { return row.next<std::string>(); }, name);
}

void Store::set_setting(std::string_view name, std::string_view value) {
  set_setting_.run(name, value);
}

auto Store::empty() -> bool {
  return !empty_().step();
}

auto Store::latest() -> std::optional<Time> {
  return latest_.first([](Rows& row) { return row.next<std::optional<Time>>(); }).value_or(std::nullopt);
}

void Store::remove_account(std::string_view account) {
  organizations.remove_account(account);
  identity_providers.remove_account(account);
  client_tokens.remove_account(account);
}

void Store::copy_from(Connection& other) {
  connection.copy_from(other);
  due.forget();
  organizations.forget();
}

}  // namespace workmail::store
