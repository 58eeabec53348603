// Copies the rows of an untrusted database into a database with our schema, and uses nothing else of the file. This is
// the only way in which uploads and files of older versions are read.
#pragma once

#include <array>
#include <cstdint>
#include <stdexcept>

#include "store/sqlite.h"

namespace workmail::store {

// The bytes are not a SQLite file, or the file is damaged. The message is for the user.
class DamagedFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The longest statement that is accepted in such a schema: twice the longest of ours.
inline constexpr int kMaxStatementLength = 5000;

// Prepares a connection for an untrusted file. Nothing in its schema is executed, and nothing in the file is changed. A
// schema over the limit is not read. Reading rows stops after more work than a file of that size can need.
class Distrust {
 public:
  Distrust(Connection& file, std::uintmax_t bytes);
  ~Distrust();
  Distrust(const Distrust&) = delete;
  auto operator=(const Distrust&) -> Distrust& = delete;

  // Allows reading rows, once the schema was recognized as one of ours.
  void accept_schema();

 private:
  static auto spend_on_schema(void* distrust) -> int;
  static auto spend(void* distrust) -> int;

  Connection& file_;
  std::array<int, 5> usual_limits_{};
  std::int64_t rest_;
  std::int64_t for_rows_;
};

// Copies every row of the file, whose format was recognized (store/file_format.h), into the empty tables of `own`.
// Throws DamagedFile if the file has values that no version of this program writes; `own` must then be discarded.
void import_rows(Connection& file, Connection& own);

// The reason of an SQLite error, for messages: without SQL.
auto reason_of(const SqliteError& error) -> std::string;

}  // namespace workmail::store
