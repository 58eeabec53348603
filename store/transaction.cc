#include "store/transaction.h"

#include <cassert>
#include <exception>
#include <utility>

namespace workmail::store {

namespace {

constexpr const char* kBegin = "BEGIN";
constexpr const char* kSavepoint = "SAVEPOINT member";
constexpr const char* kRelease = "RELEASE member";
constexpr const char* kRollBack = "ROLLBACK";
constexpr const char* kRollBackMember = "ROLLBACK TO member";

// After an error such as a full disk, SQLite may already have rolled back everything.
auto is_rolled_back(const Connection& connection) -> bool {
  return sqlite3_get_autocommit(connection.handle()) != 0;
}

// The connection whose last transaction could not be rolled back because SQLite had no memory for it, or null.
const sqlite3* left_open = nullptr;

}  // namespace

void Connection::roll_back() {
  if (is_rolled_back(*this)) return;
  left_open = run(roll_back_, kRollBack) == SQLITE_OK ? nullptr : handle_;
}

void Connection::commit_group() {
  if (!group_) return;
  const auto group = std::exchange(group_, nullptr);
  try {
    commit_changes();
    group->committed = true;
  } catch (const std::exception& error) {
    ++rollbacks_;
    roll_back();
    group->failure = error.what();
  }
}

Transaction::Transaction(Connection& connection, Commit when)
    : connection_(connection), changes_(sqlite3_total_changes64(connection.handle())) {
  if (when == Commit::Alone) connection_.commit_group();
  // Retries a rollback that failed, before this transaction begins.
  if (left_open == connection_.handle()) connection_.roll_back();
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
    connection_.roll_back();
}

void Transaction::roll_back_in_group() {
  if (!is_rolled_back(connection_)) {
    if (connection_.run(connection_.roll_back_member_, kRollBackMember) == SQLITE_OK &&
        connection_.run(connection_.release_, kRelease) == SQLITE_OK)
      return;
    connection_.roll_back();  // memory is out, and half of it must not be committed
  }
  // Fails the whole group, because its other transactions were not committed either.
  const auto group = std::exchange(connection_.group_, nullptr);
  if (group) group->failure = "another call in the same commit failed, so all of them were rolled back";
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
