#include "store/transaction.h"

#include <utility>

namespace workmail::store {

namespace {

constexpr const char* kBegin = "BEGIN";
constexpr const char* kSavepoint = "SAVEPOINT member";
constexpr const char* kRelease = "RELEASE member";

// An error such as a full disk may have rolled back everything already.
auto is_rolled_back(const Connection& connection) -> bool {
  return sqlite3_get_autocommit(connection.handle()) != 0;
}

void roll_back(const Connection& connection) {
  if (!is_rolled_back(connection)) sqlite3_exec(connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace

void Connection::commit_group() {
  if (!group_) return;
  const auto group = std::exchange(group_, nullptr);
  try {
    commit_changes();
    group->committed = true;
  } catch (const SqliteError& error) {
    group->failure = error.what();
    ++rollbacks_;
    roll_back(*this);
  }
}

Transaction::Transaction(Connection& connection, Commit when)
    : connection_(connection), changes_(sqlite3_total_changes64(connection.handle())) {
  if (when == Commit::Alone) connection_.commit_group();
  in_group_ = when == Commit::InGroup || connection_.group_;
  if (!in_group_ || !connection_.group_) connection_.step(connection_.begin_, kBegin);
  if (!in_group_) return;
  if (!connection_.group_) connection_.group_ = std::make_shared<CommitGroup>();
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
  if (!is_rolled_back(connection_)) {
    sqlite3_exec(connection_.handle(), "ROLLBACK TO member; RELEASE member", nullptr, nullptr, nullptr);
    return;
  }
  // With the other members, who must not believe that they were committed.
  const auto group = std::exchange(connection_.group_, nullptr);
  if (group) group->failure = "another call of the same commit failed and took all of them back";
}

void Transaction::commit() {
  if (in_group_)
    connection_.step(connection_.release_, kRelease);
  else
    connection_.commit_changes();
  open_ = false;
}

}  // namespace workmail::store
