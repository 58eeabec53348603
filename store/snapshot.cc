#include "store/snapshot.h"

#include <memory>
#include <utility>

#include "store/file_format.h"

namespace workmail::store {

namespace {

// The journal mode, which is twice in the file header. A file of --data is in WAL mode, which a database in memory
// cannot use. In a file without a log beside it, both modes are valid.
constexpr std::size_t kJournalBytes = 18;
constexpr std::string_view kRollbackJournal = "\1\1";

constexpr std::size_t kHeadSize = 100;
constexpr std::string_view kFirstBytes("SQLite format 3\0", 16);

void set_rollback_journal(std::string& bytes) {
  bytes.replace(kJournalBytes, kRollbackJournal.size(), kRollbackJournal);
}

// Makes the bytes the read-only content of the connection; they must outlive it.
void open(Connection& connection, const std::string& bytes) {
  auto* content = const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(bytes.data()));
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const int result = sqlite3_deserialize(connection.handle(), "main", content, size, size, SQLITE_DESERIALIZE_READONLY);
  if (result != SQLITE_OK) connection.fail();
}

// Copies the rows of an untrusted file into a new database.
void read(std::string bytes, Connection& own) {
  Connection file(":memory:");
  open(file, bytes);
  Distrust distrust(file, bytes.size());
  const auto format = format_of(file);
  if (!format.objection.empty()) throw ForeignFile("The file cannot be restored: " + format.objection + ".");
  if (format.version == 0) throw ForeignFile("The file cannot be restored: it is empty.");
  distrust.accept_schema();
  import_rows(file, own);
}

}  // namespace

Snapshot::Snapshot(const Connection& source) {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
      sqlite3_serialize(source.handle(), "main", &size, 0), &sqlite3_free);
  if (bytes == nullptr) source.fail();
  bytes_.assign(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size));
  set_rollback_journal(bytes_);
}

auto Snapshot::from_file(std::string bytes) -> Snapshot {
  if (bytes.size() < kHeadSize || !bytes.starts_with(kFirstBytes)) throw DamagedFile("This is not a SQLite file.");
  set_rollback_journal(bytes);
  Store own("");
  try {
    read(std::move(bytes), own.connection);
  } catch (const SqliteError& error) {
    throw DamagedFile("The file is damaged: " + reason_of(error) + ".");
  }
  return Snapshot(own.connection);
}

auto Snapshot::setting(std::string_view name) const -> std::optional<std::string> {
  Connection copy(":memory:");
  open(copy, bytes_);
  Statement setting(copy, "SELECT value FROM setting WHERE name = ? LIMIT 1");
  return setting.first([](Rows& row) { return row.next<std::string>(); }, name);
}

auto Snapshot::with_setting(std::string_view name, std::string_view value) const -> Snapshot {
  Store changed("");
  restore(changed);
  changed.set_setting(name, value);
  return Snapshot(changed.connection);
}

void Snapshot::restore(Store& store) const {
  Connection copy(":memory:");
  open(copy, bytes_);
  store.copy_from(copy);
}

}  // namespace workmail::store
