// Copies the rows of an untrusted database into one of our own schema, and trusts nothing else of
// it. Uploads, and files of an older version, come in this way only.
#pragma once

#include <array>
#include <cstdint>
#include <stdexcept>

#include "store/sqlite.h"

namespace workmail::store {

// The bytes are no SQLite file, or a damaged one: the message is for the user.
class DamagedFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The longest statement that is read of such a schema: twice the longest of ours.
inline constexpr int kMaxStatementLength = 5000;

// Prepares a connection for reading such a file: nothing in its schema is run, nothing in it changed, its schema is
// read only when it is no larger than ours may be, and reading its rows ends when it takes more work than a file of
// that many bytes can need.
class Distrust {
 public:
  Distrust(Connection& file, std::uintmax_t bytes);
  ~Distrust();
  Distrust(const Distrust&) = delete;
  auto operator=(const Distrust&) -> Distrust& = delete;

  // Its schema is one of ours: now its rows may be read.
  void accept_schema();

 private:
  static auto spend_on_schema(void* distrust) -> int;
  static auto spend(void* distrust) -> int;

  Connection& file_;
  std::array<int, 5> usual_limits_{};
  std::int64_t rest_;
  std::int64_t for_rows_;
};

// Copies every row of the file, whose format is known (store/file_format.h), into `own`, whose tables are made and
// empty. Throws DamagedFile when the file holds what no version of this program writes; then `own` is to be thrown
// away.
void import_rows(Connection& file, Connection& own);

// Why SQLite does not go on, for messages: without SQL.
auto reason_of(const SqliteError& error) -> std::string;

}  // namespace workmail::store
