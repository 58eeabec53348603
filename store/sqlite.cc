#include "store/sqlite.h"

#include <new>

namespace workmail::store {

namespace {

// The program is single-threaded: SQLite needs no mutex, and nobody reads its memory statistics.
void configure_once() {
  static const bool configured = [] {
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return true;
  }();
  static_cast<void>(configured);
}

}  // namespace

Connection::Connection(const std::string& path) {
  configure_once();
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
    const int code = sqlite3_extended_errcode(handle_);
    const std::string message = sqlite3_errmsg(handle_);
    sqlite3_close(handle_);
    throw SqliteError(code, message);
  }
}

Connection::~Connection() {
  sqlite3_finalize(begin_);
  sqlite3_finalize(commit_);
  sqlite3_finalize(savepoint_);
  sqlite3_finalize(release_);
  sqlite3_close(handle_);
}

void Connection::execute(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

void Connection::keep_log(bool keep) {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr);
}

void Connection::copy_from(Connection& source) {
  sqlite3_backup* backup = sqlite3_backup_init(handle_, "main", source.handle_, "main");
  if (backup == nullptr) fail("copying a database");
  sqlite3_backup_step(backup, -1);
  if (sqlite3_backup_finish(backup) != SQLITE_OK) fail("copying a database");
}

void Connection::fail(const char* what) const {
  if (sqlite3_errcode(handle_) == SQLITE_NOMEM) throw std::bad_alloc();
  throw SqliteError(sqlite3_extended_errcode(handle_), std::string(sqlite3_errmsg(handle_)) + " in: " + what);
}

void Connection::step(sqlite3_stmt*& statement, const char* sql) {
  if (statement == nullptr &&
      sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    fail(sql);
  }
  const int result = sqlite3_step(statement);
  sqlite3_reset(statement);
  if (result != SQLITE_DONE) fail(sql);
}

auto Rows::step() -> bool {
  column_ = 0;
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) connection_->fail(sqlite3_sql(statement_));
  return false;
}

void Statement::prepare(std::size_t parameters) {
  if (statement_ != nullptr) return;
  if (sqlite3_prepare_v3(connection_.handle(), sql_, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) !=
      SQLITE_OK) {
    connection_.fail(sql_);
  }
  if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement_)) != parameters) {
    throw std::logic_error(std::string("wrong number of parameters for: ") + sql_);
  }
}

}  // namespace workmail::store
