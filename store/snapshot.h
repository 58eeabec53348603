// The whole database at one moment, as the bytes of a SQLite file. Reset, restore, download and upload are all made of
// it, so that a new table cannot be forgotten.
#pragma once

#include <stdexcept>
#include <string>

#include "store/sqlite.h"
#include "store/store.h"

namespace workmail::store {

// The bytes are no SQLite file, or a damaged one: the message is for a person.
class DamagedFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A good SQLite file, but not a database of this program: the message is for a person.
class ForeignFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Snapshot {
 public:
  // Of a database as it is now.
  explicit Snapshot(const Connection& source);

  // From a file of somebody's: everything about it is checked. Throws DamagedFile or ForeignFile.
  static auto from_file(std::string bytes) -> Snapshot;

  [[nodiscard]] auto bytes() const -> const std::string& { return bytes_; }

  // Replaces everything that the store has: all of it or, on an error, nothing.
  void restore(Store& store) const;

 private:
  explicit Snapshot(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string bytes_;
};

}  // namespace workmail::store
