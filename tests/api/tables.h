// The contents of all tables in SQLite's list of the schema, so that a test that compares them can forget neither a
// table nor a column.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "store/store.h"

namespace workmail::test {

struct Table {
  std::vector<std::string> columns;
  std::map<std::string, std::string> references;         // column → the table that it refers to
  std::map<std::string, std::vector<std::string>> rows;  // by primary key; values as text, NULL as "NULL"
};

// Everything except the settings, which belong to the server: the clock, the counter of identifiers.
using Tables = std::map<std::string, Table>;

auto tables_of(store::Store& store) -> Tables;

// The numbers of added, changed and removed rows: "address +1, entity ~1, user -2"; "" without changes.
auto changes(const Tables& before, const Tables& after) -> std::string;

// Changes to the rows of `before`, which are a part of `after`: one line for each row that was changed or removed, or
// that a new row refers to.
auto disturbances(const Tables& before, const Tables& after) -> std::vector<std::string>;

}  // namespace workmail::test
