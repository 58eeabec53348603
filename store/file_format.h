// Which SQLite files are databases of this program, and of which version: the mark in the head of the file, the number
// of the schema, and every line of the schema.
#pragma once

#include <string>

#include "store/sqlite.h"

namespace workmail::store {

// The version of store/schema.sql. To change a schema that was released: copy it to store/versions/ under its number,
// raise this, and name the copy in file_format.cc; the rows of older files are copied by the names of their columns
// (store/import.h), so that a new column needs a default.
inline constexpr int kSchemaVersion = 3;

// "WMLo". Version 1 had no mark.
inline constexpr int kApplicationId = 0x574D4C6F;

// Makes the tables of the current version, with mark and number, in a database that has none.
void create_tables(Connection& connection);

struct FileFormat {
  int version = 0;        // of the schema; 0 for an empty database
  bool newer = false;     // of a later version of this program
  std::string objection;  // why this program cannot use it: "it has tables of another program"
};

// Of an untrusted database, which Distrust (store/import.h) has been prepared for.
auto format_of(Connection& file) -> FileFormat;

// Made for statements on any database: fold(text), for filters on columns without a folded neighbor.
void add_functions(Connection& connection);

}  // namespace workmail::store
