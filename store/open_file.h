// Opens the file of a persistent database. Changes only files of this program that no other process has open.
#pragma once

#include <stdexcept>
#include <string>

#include "store/sqlite.h"

namespace workmail::store {

// A database that this program cannot use. The message is for the user.
class UnusableDatabase : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Returns the path if it can hold a database. Called before SQLite opens anything. Throws UnusableDatabase.
auto usable_path(const std::string& path) -> std::string;

// Locks the database for this connection and brings it to the current version, in one transaction: creates the tables
// of an empty database, or copies the rows of an older one. Throws UnusableDatabase; the file is then unchanged.
void open_file(Connection& connection, const std::string& path);

}  // namespace workmail::store
