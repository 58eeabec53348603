#include "store/file_format.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <vector>

#include "generated/store/schema.h"
#include "store/folding.h"

namespace workmail::store {

namespace {

// The schema of version N, at index N - 1.
constexpr std::array<const char*, kSchemaVersion> kSchemas{kSchemaOfVersion1, kSchemaOfVersion2, kSchema};

// The tables that ANALYZE adds, which are allowed.
constexpr std::array<std::string_view, 2> kStatistics{
    "table sqlite_stat1 sqlite_stat1 CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "table sqlite_stat4 sqlite_stat4 CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"};

void sql_fold(sqlite3_context* context, int /*count*/, sqlite3_value** arguments) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
  if (text == nullptr) return sqlite3_result_null(context);
  const std::string folded = fold({text, static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]))});
  sqlite3_result_text(context, folded.data(), static_cast<int>(folded.size()), SQLITE_TRANSIENT);
}

auto text_of(Connection& connection, const char* pragma) -> std::string {
  Statement statement(connection, pragma);
  return statement.first([](Rows& row) { return row.next<std::string>(); }).value_or("");
}

auto number_of(Connection& connection, const char* pragma) -> int {
  Statement statement(connection, pragma);
  return statement.first([](Rows& row) { return row.next<int>(); }).value_or(0);
}

auto is_word(char c) -> bool {
  return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// Removes a quoted text from the front and returns it.
auto take_quoted(std::string_view& sql) -> std::string_view {
  const auto end = sql.find(sql.front(), 1);
  const auto taken = sql.substr(0, end == std::string_view::npos ? end : end + 1);
  sql.remove_prefix(taken.size());
  return taken;
}

// Removes a comment or white space from the front; false if there is none.
auto take_space(std::string_view& sql) -> bool {
  auto length = std::min(sql.find_first_not_of(" \t\r\n"), sql.size());
  if (length == 0 && sql.starts_with("--")) length = std::min(sql.find('\n'), sql.size());
  sql.remove_prefix(length);
  return length > 0;
}

// SQL without comments and insignificant white space, in which two files of one version may differ.
auto essence(std::string_view sql) -> std::string {
  std::string text;
  bool spaced = false;
  while (!sql.empty()) {
    if (take_space(sql)) {
      spaced = true;
      continue;
    }
    if (spaced && !text.empty() && is_word(text.back()) && is_word(sql.front())) text += ' ';
    spaced = false;
    if (std::string_view("'\"`[").find(sql.front()) != std::string_view::npos) {
      text += take_quoted(sql);
    } else {
      text += sql.front();
      sql.remove_prefix(1);
    }
  }
  return text;
}

// Every entry of the schema, including SQLite's own.
auto schema_of(Connection& connection) -> std::vector<std::string> {
  Statement lines(connection,
                  "SELECT type || ' ' || name || ' ' || tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY 1, 2");
  auto schema = lines.all([](Rows& row) {
    auto line = row.next<std::string>() + ' ';
    const auto sql = row.next<std::string>();
    return line + (line.starts_with("table sqlite_stat") ? sql : essence(sql));
  });
  std::erase_if(schema, [](const std::string& line) {
    return std::find(kStatistics.begin(), kStatistics.end(), line) != kStatistics.end();
  });
  std::sort(schema.begin(), schema.end());
  return schema;
}

// Nothing if the schema exceeds the limits for untrusted files (store/import.h).
auto schema_within_limits(Connection& file) -> std::optional<std::vector<std::string>> {
  try {
    return schema_of(file);
  } catch (const SqliteError& error) {
    const int code = error.code() & 0xFF;
    const std::string_view message = error.what();
    // Whether SQLite's error is about an entry of the schema. An entry whose pages are missing is damage instead.
    const bool line = message.starts_with("malformed database schema") && !message.ends_with("invalid rootpage");
    if (code == SQLITE_INTERRUPT || (code == SQLITE_CORRUPT && line)) return std::nullopt;
    throw;
  }
}

auto schema_of_version(int version) -> std::vector<std::string> {
  Connection own(":memory:");
  own.execute(kSchemas.at(static_cast<std::size_t>(version) - 1));
  return schema_of(own);
}

}  // namespace

void create_tables(Connection& connection) {
  connection.execute(kSchema);
  connection.execute(("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
  connection.execute(("PRAGMA user_version = " + std::to_string(kSchemaVersion)).c_str());
}

auto format_of(Connection& file) -> FileFormat {
  const int mark = number_of(file, "PRAGMA application_id");
  const int version = number_of(file, "PRAGMA user_version");
  if (mark == kApplicationId && version > kSchemaVersion) {
    return {.version = version,
            .newer = true,
            .objection = "it was written by a newer workmail-local (schema " + std::to_string(version) +
                         ", this program knows " + std::to_string(kSchemaVersion) + ")"};
  }
  const auto schema = schema_within_limits(file);
  if (mark == 0 && version == 0 && schema && schema->empty()) return {};
  const bool known = mark == 0 ? version == 1 : mark == kApplicationId && version >= 1;
  if (!known) return {.objection = "it was made by another program"};
  if (schema != schema_of_version(version)) return {.objection = "its tables are not those of workmail-local"};
  if (text_of(file, "PRAGMA encoding") != "UTF-8") return {.objection = "its text encoding is not UTF-8"};
  return {.version = version};
}

void add_functions(Connection& connection) {
  sqlite3_create_function_v2(connection.handle(), "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, &sql_fold,
                             nullptr, nullptr, nullptr);
}

}  // namespace workmail::store
