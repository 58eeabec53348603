// Recognizes databases of this program, and their version, by the application id in the file header, the version number
// of the schema, and every entry of the schema.
#pragma once

#include <string>

#include "store/sqlite.h"

namespace workmail::store {

// The version of store/schema.sql. To change a schema that was released: copy it to store/versions/ under its number,
// increment this number, and add the copy to file_format.cc. The rows of older files are copied by column name
// (store/import.h), so a new column needs a default.
inline constexpr int kSchemaVersion = 3;

// "WMLo". Files of version 1 have no application id.
inline constexpr int kApplicationId = 0x574D4C6F;

// Creates the tables of the current version, and sets application id and version, in an empty database.
void create_tables(Connection& connection);

struct FileFormat {
  int version = 0;        // of the schema; 0 for an empty database
  bool newer = false;     // of a later version of this program
  std::string objection;  // why this program cannot use it: "it has tables of another program"
};

// The format of an untrusted database; Distrust (store/import.h) must have prepared the connection.
auto format_of(Connection& file) -> FileFormat;

// Registers the SQL function fold(text), for filters on columns that have no folded copy.
void add_functions(Connection& connection);

}  // namespace workmail::store
