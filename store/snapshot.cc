#include "store/snapshot.h"

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace workmail::store {

namespace {

// Which journal the file wants, twice in its head. A file of --data says write-ahead log, which a database in memory
// cannot have; in a file of its own, without a log beside it, either is right.
constexpr std::size_t kJournalBytes = 18;
constexpr std::string_view kRollbackJournal = "\1\1";

constexpr std::size_t kHeadSize = 100;
constexpr std::string_view kFirstBytes("SQLite format 3\0", 16);

void set_rollback_journal(std::string& bytes) {
  bytes.replace(kJournalBytes, kRollbackJournal.size(), kRollbackJournal);
}

// Makes the bytes the content of the connection, which cannot change them; they must outlive it.
void open(Connection& connection, const std::string& bytes) {
  auto* content = const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(bytes.data()));
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const int result = sqlite3_deserialize(connection.handle(), "main", content, size, size, SQLITE_DESERIALIZE_READONLY);
  if (result != SQLITE_OK) connection.fail("opening a snapshot");
}

auto texts(Connection& connection, const char* sql) -> std::vector<std::string> {
  Statement statement(connection, sql);
  return statement.all([](Rows& row) { return row.next<std::string>(); });
}

// What the two have in common when both are of this program.
struct Format {
  const char* name;
  const char* sql;
};

constexpr Format kFormats[] = {
    {"version of the schema", "PRAGMA user_version"},
    {"page size", "PRAGMA page_size"},
    {"text encoding", "PRAGMA encoding"},
    // Names that begin with sqlite_ are SQLite's own, such as the statistics of ANALYZE.
    {"set of tables",
     "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema"
     " WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY 1"},
};

void refuse_foreign(Connection& file) {
  Store own("");
  for (const auto& format : kFormats) {
    if (texts(file, format.sql) == texts(own.connection, format.sql)) continue;
    throw ForeignFile(std::string("The file is not a database of this version of workmail-local: its ") + format.name +
                      " is another.");
  }
}

void refuse_damaged(Connection& file) {
  const auto findings = texts(file, "PRAGMA integrity_check(1)");
  if (findings != std::vector<std::string>{"ok"}) throw DamagedFile("The file is damaged: " + findings.front());
  const auto orphans = texts(file, "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1");
  if (!orphans.empty()) throw DamagedFile("The file is damaged: rows of " + orphans.front() + " belong to nothing.");
}

}  // namespace

Snapshot::Snapshot(const Connection& source) {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
      sqlite3_serialize(source.handle(), "main", &size, 0), &sqlite3_free);
  if (bytes == nullptr) source.fail("taking a snapshot");
  bytes_.assign(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size));
  set_rollback_journal(bytes_);
}

auto Snapshot::from_file(std::string bytes) -> Snapshot {
  if (bytes.size() < kHeadSize || !bytes.starts_with(kFirstBytes)) throw DamagedFile("This is not a SQLite file.");
  Snapshot snapshot(std::move(bytes));
  set_rollback_journal(snapshot.bytes_);
  try {
    Connection file(":memory:");
    open(file, snapshot.bytes_);
    // Nothing in a stranger's schema is to be run, and every page of it is to be looked at.
    file.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;");
    refuse_foreign(file);
    refuse_damaged(file);
  } catch (const SqliteError& error) {
    throw DamagedFile(std::string("The file is damaged: ") + error.what());
  }
  return snapshot;
}

void Snapshot::restore(Store& store) const {
  Connection copy(":memory:");
  open(copy, bytes_);
  store.copy_from(copy);
}

}  // namespace workmail::store
