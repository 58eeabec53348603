#include "tests/fuzz/database_edits.h"

#include <sqlite3.h>

#include <array>
#include <memory>
#include <random>
#include <string_view>
#include <vector>

namespace workmail::fuzz {

namespace {

using Random = std::minstd_rand;

// Values that a column may not expect.
constexpr std::array kValues{"NULL",
                             "''",
                             "'x'",
                             "0",
                             "1",
                             "2",
                             "-1",
                             "77",
                             "9223372036854775807",
                             "-9223372036854775808",
                             "9e999",
                             "0.5",
                             "253402300800000",
                             "300000000000001",
                             "x''",
                             "x'FF'",
                             "CAST(x'C328' AS TEXT)",
                             "CAST(x'EDA080' AS TEXT)",
                             "CAST(x'00' AS TEXT)",
                             "'{}'",
                             "'ENABLED'",
                             "'Active'",
                             "'PENDING'",
                             "'frozen 1'",
                             "hex(zeroblob(200))",
                             "hex(zeroblob(3000))",
                             "upper(%)",
                             "% || 'a'",
                             "% + 1",
                             "-%",
                             "substr(%, 2)"};

// Changes of the schema, and of the marks of the file.
constexpr std::array kSchemas{
    "INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_evil', 'entity', 0, 'CREATE TRIGGER sqlite_evil AFTER INSERT"
    " ON entity BEGIN UPDATE entity SET name = ''x''; END')",
    "INSERT INTO sqlite_schema VALUES ('view', 'v', 'v', 0, 'CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION"
    " ALL SELECT x + 1 FROM c) SELECT x FROM c')",
    "CREATE TABLE customers (name TEXT)",
    "CREATE TRIGGER evil AFTER UPDATE ON setting BEGIN DELETE FROM organization; END",
    "DROP VIEW due",
    "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'entity'",
    "UPDATE sqlite_schema SET sql = replace(sql, 'TEXT', 'TEXT AS (1)') WHERE name = 'tag'",
    "UPDATE sqlite_schema SET rootpage = rootpage + 1 WHERE name = 'entity'",
    "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'tag') WHERE name = 'domain'",
    "UPDATE sqlite_schema SET name = 'sqlite_x' WHERE name = 'domain_list'",
    "DELETE FROM sqlite_schema WHERE type = 'index' AND name = 'entity_id'",
    "PRAGMA user_version = 1",
    "PRAGMA user_version = 2",
    "PRAGMA user_version = 3",
    "PRAGMA application_id = 0",
    "PRAGMA application_id = 0x574D4C6F",
    "ANALYZE",
    "VACUUM",
    "UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'entity'",
    "INSERT INTO sqlite_sequence (name, seq) VALUES ('entity', 'x')"};

template <class List>
auto one_of(const List& list, Random& random) -> decltype(auto) {
  return list[random() % list.size()];
}

struct Database {
  explicit Database(const std::string& file) {
    sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(file.size() + 1));
    file.copy(reinterpret_cast<char*>(bytes), file.size());
    const auto size = static_cast<sqlite3_int64>(file.size());
    sqlite3_deserialize(handle, "main", bytes, size, size,
                        SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
    // A change that takes long is none.
    sqlite3_progress_handler(
        handle, 1'000'000, [](void* /*unused*/) { return 1; }, nullptr);
    run("PRAGMA writable_schema = ON");
    run("PRAGMA ignore_check_constraints = ON");
  }
  ~Database() { sqlite3_close(handle); }
  Database(const Database&) = delete;
  auto operator=(const Database&) -> Database& = delete;

  void run(const std::string& sql) const { sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr); }
  // The first column.
  [[nodiscard]] auto texts(const std::string& sql) const -> std::vector<std::string> {
    std::vector<std::string> found;
    const auto keep = [](void* list, int /*columns*/, char** values, char** /*names*/) {
      if (values[0] != nullptr) static_cast<std::vector<std::string>*>(list)->emplace_back(values[0]);
      return 0;
    };
    sqlite3_exec(handle, sql.c_str(), keep, &found, nullptr);
    return found;
  }
  [[nodiscard]] auto bytes() const -> std::string {
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> file(sqlite3_serialize(handle, "main", &size, 0),
                                                                       &sqlite3_free);
    if (!file) return {};
    return {reinterpret_cast<const char*>(file.get()), static_cast<std::size_t>(size)};
  }

  sqlite3* handle = nullptr;
};

auto quoted(const std::string& name) -> std::string {
  return "\"" + name + "\"";
}

void change_a_value(const Database& database, Random& random) {
  const auto tables = database.texts("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  if (tables.empty()) return;
  const auto& table = one_of(tables, random);
  const auto columns = database.texts("SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid");
  if (columns.empty()) return;
  const auto column = quoted(one_of(columns, random));
  std::string value = one_of(kValues, random);
  if (const auto place = value.find('%'); place != std::string::npos) value.replace(place, 1, column);
  const auto key = quoted(columns.front());
  database.run("UPDATE OR IGNORE " + quoted(table) + " SET " + column + " = " + value + " WHERE " + key +
               " IN (SELECT " + key + " FROM " + quoted(table) + " ORDER BY 1 LIMIT 1 OFFSET " +
               std::to_string(random() % 4) + ")");
}

void remove_or_repeat_a_row(const Database& database, Random& random) {
  const auto tables = database.texts("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  if (tables.empty()) return;
  const auto table = quoted(one_of(tables, random));
  database.run(random() % 2 == 0 ? "DELETE FROM " + table + " WHERE rowid = " + std::to_string(1 + random() % 4)
                                 : "INSERT INTO " + table + " SELECT * FROM " + table + " LIMIT 1");
}

}  // namespace

auto edited(std::string file, std::uint32_t seed) -> std::string {
  Random random(seed);
  const Database database(file);
  for (auto edits = 1 + random() % 3; edits > 0; --edits) {
    switch (random() % 8) {
      case 0:
        database.run(one_of(kSchemas, random));
        break;
      case 1:
        remove_or_repeat_a_row(database, random);
        break;
      default:
        change_a_value(database, random);
    }
  }
  auto changed = database.bytes();
  return changed.empty() ? file : changed;
}

}  // namespace workmail::fuzz
