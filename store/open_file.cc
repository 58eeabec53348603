#include "store/open_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include "store/file_format.h"
#include "store/import.h"

namespace workmail::store {

namespace {

namespace fs = std::filesystem;

// A file up to this size is checked completely at every start, which takes some hundredths of a second. In a larger
// file, each value is checked when it is read, because a start must not take minutes.
constexpr std::uintmax_t kCheckedAtStart = std::uintmax_t{4} << 20U;

[[noreturn]] void not_ours(const std::string& path, const std::string& objection) {
  throw UnusableDatabase(path + " is not a database of workmail-local: " + objection + ". It is left as it is.");
}

[[noreturn]] void cannot_be_written(const std::string& path, const std::string& missing) {
  throw UnusableDatabase("The database " + path + " cannot be written by user " + std::to_string(geteuid()) + ": " +
                         missing + ".");
}

auto may(const fs::path& path, int how) -> bool {
  return ::eaccess(path.c_str(), how) == 0;
}

// Why no database can be at this path; empty if one can.
auto what_is_missing(const fs::path& path) -> std::string {
  std::error_code ignored;
  const fs::path folder = fs::absolute(path, ignored).parent_path();
  if (fs::is_directory(path, ignored)) return "it is a folder, not a file";
  if (!fs::exists(folder, ignored)) return "the folder " + folder.string() + " does not exist";
  if (!fs::is_directory(folder, ignored)) return folder.string() + " is a file, not a folder";
  const bool exists = fs::exists(path, ignored);
  if (exists && !fs::is_regular_file(path, ignored)) return "it is not a regular file";
  if (exists && !may(path, R_OK | W_OK)) {
    return errno == EROFS ? "its file system is read-only" : "the permission to read and write it is missing";
  }
  if (!may(folder, W_OK | X_OK)) {
    return errno == EROFS ? "its file system is read-only"
                          : "the permission to write into its folder " + folder.string() + " is missing";
  }
  return {};
}

auto reason_of_system(int error) -> std::string {
  switch (error) {
    case ELOOP:
      return "its symbolic links form a loop";
    case ENAMETOOLONG:
      return "its name is too long";
    case ENOENT:
    case EACCES:
    case EPERM:
      return "no file can be created there";
    case EROFS:
      return "its file system is read-only";
    case ENOSPC:
      return "its disk is full";
    default:
      return std::generic_category().message(error);
  }
}

// Creates an empty file in the same way as SQLite, and returns the error: the name may be too long, or be a dangling
// link.
auto what_is_in_the_way(const std::string& path) -> std::string {
  // The longest path that SQLite accepts, with the suffix of its log.
  constexpr std::size_t kMaxPathLength = 500;
  std::error_code ignored;
  if (fs::absolute(path, ignored).native().size() > kMaxPathLength) return reason_of_system(ENAMETOOLONG);
  if (fs::exists(path, ignored)) return {};
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0644);
  if (file < 0) return reason_of_system(errno);
  ::close(file);
  return {};
}

// SQLite treats a file smaller than one page as a new database, whatever it contains.
auto is_too_short(const std::string& path) -> bool {
  constexpr std::uintmax_t kSmallestPage = 512;
  std::error_code ignored;
  const auto size = fs::file_size(path, ignored);
  return !ignored && size > 0 && size < kSmallestPage;
}

// SQLite would wait forever for a writer of a pipe.
auto what_is_beside(const std::string& path) -> std::string {
  std::error_code ignored;
  // SQLite resolves links before it looks for the log of a file.
  const auto real = fs::exists(path, ignored) ? fs::canonical(path, ignored).string() : path;
  for (const auto* suffix : {"-journal", "-wal"}) {
    const auto beside = real + suffix;
    if (fs::exists(beside, ignored) && !fs::is_regular_file(beside, ignored)) return beside + " is not a regular file";
  }
  return {};
}

auto missing(const std::string& path, const SqliteError& error) -> std::string {
  const int code = error.code() & 0xFF;
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return "another server has it open";
  if (code == SQLITE_FULL) return "its disk is full";
  const auto found = what_is_missing(path);
  return found.empty() ? reason_of(error) : found;
}

// The first bytes of a SQLite file; zeros where it is shorter.
auto head_of(const std::string& path) -> std::array<char, 100> {
  std::array<char, 100> head{};
  std::ifstream(path, std::ios::binary).read(head.data(), head.size());
  return head;
}

// A rollback journal of another program: opening the file would roll its transaction back. This program uses a
// write-ahead log, except for the first page of a new file.
auto has_foreign_journal(const std::string& path) -> bool {
  constexpr std::size_t kJournalKind = 18;
  constexpr char kWriteAheadLog = 2;
  constexpr std::uintmax_t kFirstPage = 4096;
  std::error_code none;
  const auto journal = fs::file_size(path + "-journal", none);
  if (none || journal == 0) return false;
  const auto size = fs::file_size(path, none);
  return !none && size > kFirstPage && head_of(path)[kJournalKind] != kWriteAheadLog;
}

void check_whole(Connection& connection, const std::string& path) {
  if (fs::file_size(path) > kCheckedAtStart) return;
  Connection copy(":memory:");
  add_functions(copy);
  create_tables(copy);
  import_rows(connection, copy);
}

// Migrates a database of an older version. The new database is built in a file beside the old one, which a killed
// program leaves for its next start to remove; then it replaces the old one in one transaction.
class Migration {
 public:
  // Left by a program that was killed after the new database had replaced the old one.
  static void remove_left_over(const std::string& path) {
    std::error_code ignored;
    fs::remove(path + "-migration", ignored);
  }

  explicit Migration(const std::string& path) : path_(path + "-migration") { fs::remove(path_); }
  ~Migration() {
    next_.reset();
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  Migration(const Migration&) = delete;
  auto operator=(const Migration&) -> Migration& = delete;

  void read(Connection& old) {
    next_.emplace(path_);
    // The file is worthless until it is copied, so it does not need to be crash-safe.
    next_->execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;");
    add_functions(*next_);
    create_tables(*next_);
    import_rows(old, *next_);
  }
  void replace(Connection& old) { old.copy_from(*next_); }

 private:
  std::string path_;
  std::optional<Connection> next_;
};

// Settings of a database that is accepted.
void configure(Connection& connection) {
  connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  // A first write takes the lock, so that a second server on the same file fails at its start.
  connection.execute("BEGIN IMMEDIATE; COMMIT;");
  connection.expect_log();
}

void create(Connection& connection) {
  connection.execute("BEGIN");
  create_tables(connection);
  connection.execute("COMMIT");
}

// Inspects the file without changing it, and returns its version.
auto examine(Connection& connection, const std::string& path, std::optional<Migration>& migration) -> int {
  Distrust distrust(connection, fs::file_size(path));
  const auto format = format_of(connection);
  if (format.newer) throw UnusableDatabase(path + ": " + format.objection + ". It is left as it is.");
  if (!format.objection.empty()) not_ours(path, format.objection);
  distrust.accept_schema();
  if (format.version == kSchemaVersion) check_whole(connection, path);
  if (format.version > 0 && format.version < kSchemaVersion) migration.emplace(path).read(connection);
  return format.version;
}

void open_and_bring_up_to_date(Connection& connection, const std::string& path) {
  // A rejected file stays unchanged, and so does a write-ahead log that a killed program has left beside it.
  connection.execute("PRAGMA locking_mode = EXCLUSIVE");
  connection.keep_log(fs::exists(path + "-wal"));
  // The container image has no folder for the temporary files that large checks may need.
  connection.execute("PRAGMA temp_store = MEMORY");
  // Takes the lock without writing anything.
  connection.execute("BEGIN EXCLUSIVE; COMMIT;");
  std::optional<Migration> migration;
  const int version = examine(connection, path, migration);
  connection.keep_log(false);
  configure(connection);
  if (version == 0) create(connection);
  if (!migration) return Migration::remove_left_over(path);
  migration->replace(connection);
  connection.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  connection.expect_log();
}

}  // namespace

auto usable_path(const std::string& path) -> std::string {
  const auto missing = what_is_missing(path);
  if (!missing.empty()) cannot_be_written(path, missing);
  const auto beside = what_is_beside(path);
  if (!beside.empty()) cannot_be_written(path, beside);
  if (has_foreign_journal(path)) not_ours(path, "another program has not finished a change of it");
  if (is_too_short(path)) not_ours(path, "it is not a SQLite file");
  const auto in_the_way = what_is_in_the_way(path);
  if (!in_the_way.empty()) cannot_be_written(path, in_the_way);
  return path;
}

void open_file(Connection& connection, const std::string& path) {
  try {
    open_and_bring_up_to_date(connection, path);
  } catch (const DamagedFile& error) {
    throw UnusableDatabase("The database " + path + " is left as it is. " + error.what());
  } catch (const SqliteError& error) {
    const int code = error.code() & 0xFF;
    if (code == SQLITE_NOTADB) not_ours(path, "it is not a SQLite file");
    if (code == SQLITE_CORRUPT || code == SQLITE_INTERRUPT) {
      throw UnusableDatabase("The database " + path + " is damaged: " + reason_of(error) + ". It is left as it is.");
    }
    cannot_be_written(path, missing(path, error));
  } catch (const fs::filesystem_error& error) {
    cannot_be_written(path, error.code().message());
  }
}

}  // namespace workmail::store
