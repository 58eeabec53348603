// The whole database at one point in time, as the bytes of a SQLite file. Reset, restore, download and upload all use
// it, so a new table cannot be forgotten.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "store/import.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace workmail::store {

// A valid SQLite file that is not a database of this program. The message is for the user.
class ForeignFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Snapshot {
 public:
  // The current state of a database.
  explicit Snapshot(const Connection& source);

  // Reads an untrusted file of this version or an older one: copies its rows into our tables, and uses nothing else of
  // the file. Throws DamagedFile or ForeignFile.
  static auto from_file(std::string bytes) -> Snapshot;

  [[nodiscard]] auto bytes() const -> const std::string& { return bytes_; }

  // Reads a setting (Store::setting), or returns a copy of the snapshot with another value.
  [[nodiscard]] auto setting(std::string_view name) const -> std::optional<std::string>;
  [[nodiscard]] auto with_setting(std::string_view name, std::string_view value) const -> Snapshot;

  // Replaces the whole content of the store or, on an error, changes nothing.
  void restore(Store& store) const;

 private:
  explicit Snapshot(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string bytes_;
};

}  // namespace workmail::store
