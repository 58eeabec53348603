// A thin layer over SQLite: a connection, and statements that are prepared once. It knows no table; transactions are in
// store/transaction.h. Every failure is a SqliteError, whose text contains no SQL, because it may reach clients.
#pragma once

#include <sqlite3.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "store/numbers.h"
#include "store/sql_text.h"
#include "store/time.h"
#include "store/words.h"

namespace workmail::store {

class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  // An extended result code of SQLite, for example SQLITE_CONSTRAINT_UNIQUE.
  [[nodiscard]] auto code() const -> int { return code_; }

 private:
  int code_;
};

// The version of the library: "3.40.1".
auto sqlite_version() -> std::string_view;

struct CommitGroup;
class Statement;

class Connection {
 public:
  // Opens or creates the file; ":memory:" keeps everything in memory.
  explicit Connection(const std::string& path);
  ~Connection();
  Connection(const Connection&) = delete;
  auto operator=(const Connection&) -> Connection& = delete;

  // Runs one or more statements that return no rows.
  void execute(const char* sql);
  // Whether the write-ahead log is kept when the connection closes, instead of being copied into the database.
  void keep_log(bool keep);
  // From now on, the log beside the file is ours. Changes are refused if it disappears, because a killed program would
  // lose them. Call this again whenever the log may have become shorter.
  void expect_log();
  // Whether the log was removed, replaced or truncated.
  [[nodiscard]] auto has_lost_log() const -> bool;
  // Makes this database an exact copy of `other` or, on an error, changes nothing.
  void copy_from(Connection& source);
  // Whether the file was deleted, moved or replaced since it was opened. Costs one stat; always false for a database in
  // memory.
  [[nodiscard]] auto has_moved() const -> bool;
  // The number of rollbacks so far. After a rollback, cached data may be stale.
  [[nodiscard]] auto rollbacks() const -> std::uint64_t { return rollbacks_; }
  template <RowNumber Number>
  [[nodiscard]] auto last_insert_number() const -> Number {
    return Number{sqlite3_last_insert_rowid(handle_)};
  }
  // Rows that the last INSERT, UPDATE or DELETE changed.
  [[nodiscard]] auto changes() const -> int { return sqlite3_changes(handle_); }
  [[nodiscard]] auto handle() const -> sqlite3* { return handle_; }
  // The open group of transactions, or null.
  [[nodiscard]] auto group() const -> const std::shared_ptr<CommitGroup>& { return group_; }
  // Commits the open group, if there is one. Never throws: the outcome is in the group.
  void commit_group();

  // All statements, prepared or not, in the order of construction.
  [[nodiscard]] auto statements() const -> const std::vector<const Statement*>& { return statements_; }

  [[noreturn]] void fail() const;

 private:
  friend class Transaction;
  friend class Statement;
  // Runs a statement without rows, which is prepared at its first use, and returns a result code of SQLite.
  auto run(sqlite3_stmt*& statement, const char* sql) -> int;
  void step(sqlite3_stmt*& statement, const char* sql);
  void commit_changes();
  void roll_back();
  void note_log();
  [[nodiscard]] auto log_path() const -> const char*;

  sqlite3* handle_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  sqlite3_stmt* savepoint_ = nullptr;
  sqlite3_stmt* release_ = nullptr;
  sqlite3_stmt* roll_back_ = nullptr;
  sqlite3_stmt* roll_back_member_ = nullptr;
  std::shared_ptr<CommitGroup> group_;  // the open group
  std::vector<const Statement*> statements_;
  std::uint64_t rollbacks_ = 0;
  struct Log {
    bool expected = false;
    dev_t device = 0;
    ino_t file = 0;
    off_t size = 0;  // after our last write
  };
  Log log_;
};

// A value for a column of bytes.
struct Blob {
  std::string_view bytes;
};
// A value read from a column of bytes.
struct Bytes {
  std::string text;
};

template <class Value>
inline constexpr bool kIsOptional = false;
template <class Value>
inline constexpr bool kIsOptional<std::optional<Value>> = true;

// The result of one execution of a statement, row by row. Its destructor resets the statement. Texts are valid until
// the next step.
class Rows {
 public:
  Rows(Connection& connection, sqlite3_stmt* statement) : connection_(&connection), statement_(statement) {}
  Rows(Rows&& other) noexcept : connection_(other.connection_), statement_(other.statement_), column_(other.column_) {
    other.statement_ = nullptr;
  }
  Rows(const Rows&) = delete;
  auto operator=(const Rows&) -> Rows& = delete;
  auto operator=(Rows&&) -> Rows& = delete;
  ~Rows() {
    if (statement_ != nullptr) sqlite3_reset(statement_);
  }

  // Moves to the next row; false when there is none.
  auto step() -> bool;

  // Reads the next column of the current row; columns are read once each, in the order of the SELECT.
  template <class Value>
  auto next() -> Value {
    // The column as a sqlite3_value, to look it up only once. This is safe without threads
    // (sqlite.org/c3ref/value.html).
    return read<Value>(sqlite3_column_value(statement_, column_++));
  }

 private:
  template <class Value>
  static auto read(sqlite3_value* value) -> Value {
    if constexpr (kIsOptional<Value>) {
      if (sqlite3_value_type(value) == SQLITE_NULL) return std::nullopt;
      return read<typename Value::value_type>(value);
    } else if constexpr (std::is_same_v<Value, std::string> || std::is_same_v<Value, std::string_view>) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
      return Value(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
    } else if constexpr (std::is_same_v<Value, Bytes>) {
      const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
      return {std::string(bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_value_bytes(value)))};
    } else if constexpr (std::is_same_v<Value, Time>) {
      return checked_time(sqlite3_value_int64(value));
    } else if constexpr (std::is_floating_point_v<Value>) {
      return sqlite3_value_double(value);
    } else if constexpr (std::is_same_v<Value, bool>) {
      return sqlite3_value_int(value) != 0;
    } else if constexpr (RowNumber<Value>) {
      return Value{sqlite3_value_int64(value)};
    } else if constexpr (KeptAsWord<Value>) {
      const auto known = from_word<Value>(read<std::string_view>(value));
      if (!known) unknown_value();
      return *known;
    } else if constexpr (std::is_enum_v<Value>) {
      static_assert(kValuesOf<Value> > 0);
      const std::int64_t number = sqlite3_value_int64(value);
      if (number < 0 || number >= kValuesOf<Value>) unknown_value();
      return static_cast<Value>(number);
    } else {
      static_assert(std::is_integral_v<Value>);
      return static_cast<Value>(sqlite3_value_int64(value));
    }
  }
  // Checks the bounds of the schema too, because large files are not checked at the start.
  static auto checked_time(std::int64_t milliseconds) -> Time {
    constexpr auto kFirst = kFirstStored.time_since_epoch().count();
    constexpr auto kLast = kLastStored.time_since_epoch().count();
    if (milliseconds < kFirst || milliseconds > kLast) unknown_value();
    return Time(Duration(milliseconds));
  }
  [[noreturn]] static void unknown_value();

  Connection* connection_;
  sqlite3_stmt* statement_;
  int column_ = 0;
};

// A statement of SQL, prepared at its first use and kept. Call it with one argument per parameter, in order:
// std::nullopt binds NULL, texts must outlive the rows.
class Statement {
 public:
  Statement(Connection& connection, const char* sql);
  ~Statement();
  Statement(const Statement&) = delete;
  auto operator=(const Statement&) -> Statement& = delete;

  [[nodiscard]] auto sql() const -> const char* { return sql_; }

  template <class... Values>
  [[nodiscard]] auto operator()(const Values&... values) -> Rows {
    prepare(sizeof...(values));
    int parameter = 0;
    (check(bind(++parameter, values)), ...);
    return Rows(connection_, statement_);
  }

  // Executes a statement and ignores its rows.
  template <class... Values>
  void run(const Values&... values) {
    auto rows = (*this)(values...);
    while (rows.step()) {
    }
  }

  // The first row, converted by `read`; nothing if there is no row.
  template <class Read, class... Values>
  auto first(Read read, const Values&... values) -> std::optional<std::invoke_result_t<Read, Rows&>> {
    auto rows = (*this)(values...);
    if (!rows.step()) return std::nullopt;
    return read(rows);
  }

  // All rows, converted by `read`.
  template <class Read, class... Values>
  auto all(Read read, const Values&... values) -> std::vector<std::invoke_result_t<Read, Rows&>> {
    std::vector<std::invoke_result_t<Read, Rows&>> found;
    auto rows = (*this)(values...);
    while (rows.step()) found.push_back(read(rows));
    return found;
  }

 private:
  void prepare(std::size_t parameters);
  void check(int result) {
    if (result != SQLITE_OK) connection_.fail();
  }

  template <class Value>
  auto bind(int parameter, const Value& value) -> int {
    if constexpr (std::is_same_v<Value, std::nullopt_t>) {
      return sqlite3_bind_null(statement_, parameter);
    } else if constexpr (KeptAsWord<Value>) {
      return bind(parameter, word(value));
    } else if constexpr (std::is_convertible_v<Value, std::string_view>) {
      const std::string_view text = value;
      // A default-constructed view is a null pointer, which SQLite would bind as NULL.
      return sqlite3_bind_text(statement_, parameter, text.data() == nullptr ? "" : text.data(),
                               static_cast<int>(text.size()), SQLITE_STATIC);
    } else if constexpr (std::is_same_v<Value, Blob>) {
      const auto bytes = value.bytes;
      return sqlite3_bind_blob(statement_, parameter, bytes.data() == nullptr ? "" : bytes.data(),
                               static_cast<int>(bytes.size()), SQLITE_STATIC);
    } else if constexpr (std::is_same_v<Value, Time>) {
      return sqlite3_bind_int64(statement_, parameter, value.time_since_epoch().count());
    } else if constexpr (std::is_floating_point_v<Value>) {
      return sqlite3_bind_double(statement_, parameter, value);
    } else if constexpr (std::is_integral_v<Value> || std::is_enum_v<Value>) {
      return sqlite3_bind_int64(statement_, parameter, static_cast<std::int64_t>(value));
    } else {
      return value ? bind(parameter, *value) : sqlite3_bind_null(statement_, parameter);
    }
  }

  Connection& connection_;
  const char* sql_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace workmail::store
