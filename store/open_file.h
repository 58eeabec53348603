// Opens the file of a database that is kept: only what is ours, and no other process has open, is touched.
#pragma once

#include <stdexcept>
#include <string>

#include "store/sqlite.h"

namespace workmail::store {

// A database that this program cannot use: the message is for the user.
class UnusableDatabase : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The path, when a database can be there at all; asked before SQLite touches anything. Throws UnusableDatabase.
auto usable_path(const std::string& path) -> std::string;

// Makes the connection to the path the only one and the database one of the current version: an empty one gets its
// tables, an older one has its rows copied, all or nothing. Throws UnusableDatabase; then the file is as it was.
void open_file(Connection& connection, const std::string& path);

}  // namespace workmail::store
