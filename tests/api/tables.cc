#include "tests/api/tables.h"

#include <utility>

namespace workmail::test {

namespace {

// Runs SQL and gives each row as texts.
auto rows_of(store::Store& store, const std::string& sql) -> std::vector<std::vector<std::string>> {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(store.connection.handle(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    store.connection.fail();
  }
  std::vector<std::vector<std::string>> rows;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    auto& row = rows.emplace_back();
    for (int column = 0; column < sqlite3_column_count(statement); ++column) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      row.emplace_back(text == nullptr ? "NULL" : text);
    }
  }
  sqlite3_finalize(statement);
  return rows;
}

auto table_of(store::Store& store, const std::string& name) -> Table {
  Table table;
  std::vector<std::size_t> key;
  for (const auto& column : rows_of(store, "SELECT name, pk FROM pragma_table_info('" + name + "') ORDER BY cid")) {
    if (column.at(1) != "0") key.push_back(table.columns.size());
    table.columns.push_back(column.at(0));
  }
  for (const auto& reference :
       rows_of(store, R"(SELECT "from", "table" FROM pragma_foreign_key_list(')" + name + "')")) {
    table.references[reference.at(0)] = reference.at(1);
  }
  for (auto& row : rows_of(store, "SELECT * FROM " + name)) {
    std::string words;
    for (const auto column : key) words += (words.empty() ? "" : " ") + row.at(column);
    table.rows.emplace(std::move(words), std::move(row));
  }
  return table;
}

auto described(const std::string& table, const std::vector<std::string>& row) -> std::string {
  std::string text = table + ":";
  for (const auto& value : row) text += " " + value;
  return text;
}

// Whether the row refers to one of these.
auto refers(const Table& table, const std::vector<std::string>& row, const Tables& to) -> bool {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto reference = table.references.find(table.columns[i]);
    if (reference != table.references.end() && to.at(reference->second).rows.contains(row.at(i))) return true;
  }
  return false;
}

}  // namespace

auto tables_of(store::Store& store) -> Tables {
  Tables tables;
  for (const auto& row : rows_of(store,
                                 "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                                 " AND name <> 'setting' ORDER BY name")) {
    tables.emplace(row.at(0), table_of(store, row.at(0)));
  }
  return tables;
}

auto changes(const Tables& before, const Tables& after) -> std::string {
  std::string text;
  for (const auto& [name, table] : after) {
    const auto& old = before.at(name).rows;
    int added = 0;
    int changed = 0;
    int removed = 0;
    for (const auto& [key, row] : table.rows) {
      const auto found = old.find(key);
      if (found == old.end()) ++added;
      if (found != old.end() && found->second != row) ++changed;
    }
    for (const auto& [key, row] : old) removed += table.rows.contains(key) ? 0 : 1;
    for (const auto& [sign, count] : {std::pair('+', added), std::pair('~', changed), std::pair('-', removed)}) {
      if (count > 0) text += (text.empty() ? "" : ", ") + name + " " + sign + std::to_string(count);
    }
  }
  return text;
}

auto disturbances(const Tables& before, const Tables& after) -> std::vector<std::string> {
  std::vector<std::string> found;
  for (const auto& [name, table] : before) {
    const auto& now = after.at(name);
    for (const auto& [key, row] : table.rows) {
      const auto same = now.rows.find(key);
      if (same == now.rows.end()) found.push_back("gone: " + described(name, row));
      if (same != now.rows.end() && same->second != row) {
        found.push_back("changed: " + described(name, row) + ", now " + described(name, same->second));
      }
    }
    for (const auto& [key, row] : now.rows) {
      if (!table.rows.contains(key) && refers(now, row, before)) found.push_back("added: " + described(name, row));
    }
  }
  return found;
}

}  // namespace workmail::test
