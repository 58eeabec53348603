// The whole database at one moment, as the bytes of a SQLite file. Reset, restore, download and upload are all made of
// it, so that a new table cannot be forgotten.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "store/import.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace workmail::store {

// A good SQLite file, but not a database of this program: the message is for the user.
class ForeignFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Snapshot {
 public:
  // Of a database as it is now.
  explicit Snapshot(const Connection& source);

  // From an untrusted file, of this version or an older one: its rows are read into tables of our own, and nothing
  // else of it is kept. Throws DamagedFile or ForeignFile.
  static auto from_file(std::string bytes) -> Snapshot;

  [[nodiscard]] auto bytes() const -> const std::string& { return bytes_; }

  // A setting as it was (Store::setting), and the same snapshot with another value.
  [[nodiscard]] auto setting(std::string_view name) const -> std::optional<std::string>;
  [[nodiscard]] auto with_setting(std::string_view name, std::string_view value) const -> Snapshot;

  // Replaces everything that the store has: all of it or, on an error, nothing.
  void restore(Store& store) const;

 private:
  explicit Snapshot(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string bytes_;
};

}  // namespace workmail::store
