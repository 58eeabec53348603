#include "store/sqlite.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

namespace workmail::store {

namespace {

// Blocks of the size in which SQLite keeps, in memory, what a transaction may have to take back: it allocates and frees
// dozens of them for each change, which cost an eighth of it. The latest ones that were freed are kept for the next.
class JournalBlocks {
 public:
  static void install() {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual_);
    sqlite3_mem_methods methods = usual_;
    methods.xMalloc = allocate;
    methods.xFree = release;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
  }

 private:
  static constexpr int kSize = 1024;
  static constexpr int kMostUsable = kSize + 64;  // malloc() may give a little more
  static constexpr int kMostKept = 128;

  struct Kept {
    Kept* next;
  };

  static auto allocate(int size) -> void* {
    if (size != kSize || kept_ == nullptr) return usual_.xMalloc(size);
    --count_;
    return std::exchange(kept_, kept_->next);
  }
  static void release(void* block) {
    const int size = usual_.xSize(block);
    if (size < kSize || size > kMostUsable || count_ == kMostKept) return usual_.xFree(block);
    ++count_;
    kept_ = new (block) Kept{kept_};
  }

  static inline sqlite3_mem_methods usual_{};
  static inline Kept* kept_ = nullptr;
  static inline int count_ = 0;
};

// The program is single-threaded: SQLite needs no mutex, and its memory statistics are not read.
void configure_once() {
  static const bool configured = [] {
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    JournalBlocks::install();
    return true;
  }();
  static_cast<void>(configured);
}

// Writes to a file that was moved or deleted are lost, so the writer must know. Writes to a deleted log are lost when
// the program is killed.
void refuse_if_moved(const Connection& connection) {
  const bool moved = connection.has_moved();
  if (!moved && !connection.has_lost_log()) return;
  const auto* path = sqlite3_db_filename(connection.handle(), "main");
  throw SqliteError(SQLITE_READONLY_DBMOVED,
                    std::string("the file ") + (moved ? path : sqlite3_filename_wal(path)) +
                        (moved ? " was deleted, moved or replaced" : " was deleted, moved, replaced or truncated"));
}

auto keeps_log(sqlite3* handle) -> bool {
  int kept = 0;
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, -1, &kept);
  return kept != 0;
}

// Whether another process has locked the file that is now at the path.
auto is_locked_by_another(const char* path) -> bool {
  const int file = ::open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return false;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool locked = ::fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  ::close(file);
  return locked;
}

// Copies our log into our file, wherever that file is now, and empties the log. Otherwise, SQLite would apply the log
// to the file that has replaced ours. If another process has opened that file, the log may already be its own.
void take_log_away(sqlite3* handle) {
  if (is_locked_by_another(sqlite3_db_filename(handle, "main"))) return;
  sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

}  // namespace

auto sqlite_version() -> std::string_view {
  return sqlite3_libversion();
}

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
  // The file that has replaced ours is not ours: its log must be neither checkpointed nor removed.
  if (has_moved()) {
    if (!keeps_log(handle_)) take_log_away(handle_);
    keep_log(true);
  }
  for (auto* statement : {begin_, commit_, savepoint_, release_, roll_back_, roll_back_member_})
    sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

void Connection::execute(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

void Connection::keep_log(bool keep) {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr);
}

void Connection::copy_from(Connection& source) {
  refuse_if_moved(*this);
  sqlite3_backup* backup = sqlite3_backup_init(handle_, "main", source.handle_, "main");
  if (backup == nullptr) fail();
  const int copied = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (copied == SQLITE_DONE && finished == SQLITE_OK) return note_log();
  ++rollbacks_;
  const int code = copied == SQLITE_DONE ? finished : copied;
  throw SqliteError(code, sqlite3_errstr(code));
}

auto Connection::has_moved() const -> bool {
  int moved = 0;
  sqlite3_file_control(handle_, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

void Connection::expect_log() {
  struct stat found {};
  log_.expected = ::stat(log_path(), &found) == 0;
  log_ = {.expected = log_.expected, .device = found.st_dev, .file = found.st_ino, .size = found.st_size};
}

auto Connection::has_lost_log() const -> bool {
  if (!log_.expected) return false;
  struct stat found {};
  if (::stat(log_path(), &found) != 0) return true;
  return found.st_dev != log_.device || found.st_ino != log_.file || found.st_size < log_.size;
}

auto Connection::log_path() const -> const char* {
  return sqlite3_filename_wal(sqlite3_db_filename(handle_, "main"));
}

void Connection::fail() const {
  if (sqlite3_errcode(handle_) == SQLITE_NOMEM) throw std::bad_alloc();
  throw SqliteError(sqlite3_extended_errcode(handle_), sqlite3_errmsg(handle_));
}

auto Connection::run(sqlite3_stmt*& statement, const char* sql) -> int {
  if (statement == nullptr) {
    const int result = sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (result != SQLITE_OK) return result;
  }
  const int result = sqlite3_step(statement);
  sqlite3_reset(statement);
  return result == SQLITE_DONE ? SQLITE_OK : result;
}

void Connection::step(sqlite3_stmt*& statement, const char* sql) {
  if (run(statement, sql) != SQLITE_OK) fail();
}

void Connection::commit_changes() {
  const bool writes = sqlite3_txn_state(handle_, "main") == SQLITE_TXN_WRITE;
  if (writes) refuse_if_moved(*this);
  step(commit_, "COMMIT");
  if (writes) note_log();
}

void Connection::note_log() {
  if (log_.expected) expect_log();
}

auto Rows::step() -> bool {
  column_ = 0;
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) connection_->fail();
  return false;
}

void Rows::unknown_value() {
  throw std::runtime_error("the database holds a value that workmail-local never writes");
}

Statement::Statement(Connection& connection, const char* sql) : connection_(connection), sql_(sql) {
  connection_.statements_.push_back(this);
}

Statement::~Statement() {
  sqlite3_finalize(statement_);
  // Searches from the end, because usually the last statement is destroyed first.
  auto& all = connection_.statements_;
  all.erase(std::prev(std::find(all.rbegin(), all.rend(), this).base()));
}

void Statement::prepare(std::size_t parameters) {
  if (statement_ != nullptr) return;
  if (sqlite3_prepare_v3(connection_.handle(), sql_, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) !=
      SQLITE_OK) {
    connection_.fail();
  }
  if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement_)) != parameters) {
    throw std::logic_error(std::string("wrong number of parameters for: ") + sql_);
  }
}

}  // namespace workmail::store
