// What the tables of a database hold, by SQLite's own list of its schema, so that a test that compares them can
// forget neither a table nor a column.
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

// Everything but the settings, which are the server's: the clock, the count of identifiers.
using Tables = std::map<std::string, Table>;

auto tables_of(store::Store& store) -> Tables;

// How many rows were added, changed and removed: "address +1, entity ~1, user -2"; "" when nothing was.
auto changes(const Tables& before, const Tables& after) -> std::string;

// What happened to the rows of `before`, a part of what `after` was made from: one line for each that changed, that is
// gone, or that a new row refers to.
auto disturbances(const Tables& before, const Tables& after) -> std::vector<std::string>;

}  // namespace workmail::test
