#include "store/transaction.h"

#include <cassert>
#include <exception>
#include <utility>

namespace workmail::store {

namespace {

constexpr const char* kBegin = "BEGIN";
constexpr const char* kSavepoint = "SAVEPOINT member";
constexpr const char* kRelease = "RELEASE member";

// After an error such as a full disk, SQLite may already have rolled back everything.
auto is_rolled_back(const Connection& connection) -> bool {
  return sqlite3_get_autocommit(connection.handle()) != 0;
}

// The connection whose last transaction could not be rolled back because SQLite had no memory for it, or null.
const sqlite3* left_open = nullptr;

void roll_back(const Connection& connection) {
  if (is_rolled_back(connection)) return;
  const int result = sqlite3_exec(connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  left_open = result == SQLITE_OK ? nullptr : connection.handle();
}

// Retries a rollback that failed, before the next transaction begins.
void begin_afresh(const Connection& connection) {
  if (left_open == connection.handle()) roll_back(connection);
}

}  // namespace

void Connection::commit_group() {
  if (!group_) return;
  const auto group = std::exchange(group_, nullptr);
  try {
    commit_changes();
    group->committed = true;
  } catch (const std::exception& error) {
    ++rollbacks_;
    roll_back(*this);
    group->failure = error.what();
  }
}

Transaction::Transaction(Connection& connection, Commit when)
    : connection_(connection), changes_(sqlite3_total_changes64(connection.handle())) {
  if (when == Commit::Alone) connection_.commit_group();
  begin_afresh(connection_);
  in_group_ = when == Commit::InGroup || connection_.group_;
  const bool opens_group = in_group_ && !connection_.group_;
  const auto group = opens_group ? std::make_shared<CommitGroup>() : nullptr;  // first, because it may throw
  if (!in_group_ || opens_group) connection_.step(connection_.begin_, kBegin);
  if (!in_group_) return;
  if (opens_group) connection_.group_ = group;
  connection_.step(connection_.savepoint_, kSavepoint);
}

Transaction::~Transaction() {
  if (!open_) return;
  if (is_rolled_back(connection_) || sqlite3_total_changes64(connection_.handle()) != changes_)
    ++connection_.rollbacks_;
  if (in_group_)
    roll_back_in_group();
  else
    roll_back(connection_);
}

void Transaction::roll_back_in_group() {
  constexpr const char* kRollBack = "ROLLBACK TO member; RELEASE member";
  if (!is_rolled_back(connection_)) {
    if (sqlite3_exec(connection_.handle(), kRollBack, nullptr, nullptr, nullptr) == SQLITE_OK) return;
    roll_back(connection_);  // out of memory: a part of the transaction must not be committed
  }
  // Fails the whole group, because its other transactions were not committed either.
  const auto group = std::exchange(connection_.group_, nullptr);
  if (group) group->failure = "another call of the same commit failed and took all of them back";
}

void Transaction::commit() {
  assert(open_ && "a transaction is committed once");
  if (in_group_)
    connection_.step(connection_.release_, kRelease);
  else
    connection_.commit_changes();
  open_ = false;
}

}  // namespace workmail::store
