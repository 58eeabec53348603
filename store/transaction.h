// All or nothing: a transaction for each call, alone or in a group that one commit brings to the disk, because there
// the commit is most of what a small write costs.
#pragma once

#include <string>

#include "store/sqlite.h"

namespace workmail::store {

// Transactions with one commit for all. Each is all or nothing for itself, but what it did or saw must not be
// reported before they are committed.
struct CommitGroup {
  bool committed = false;  // not while it is open, nor when the commit failed
  std::string failure;     // why it failed
};

// When a transaction is committed.
enum class Commit {
  Alone,        // on its own, after the group that is open
  InOpenGroup,  // with the group that is open; on its own when none is
  InGroup,      // with the group, which is opened when there is none
};

// Rolls back when it goes out of scope uncommitted.
class Transaction {
 public:
  explicit Transaction(Connection& connection, Commit when = Commit::Alone);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  auto operator=(const Transaction&) -> Transaction& = delete;
  void commit();

 private:
  void roll_back_in_group();

  Connection& connection_;
  std::int64_t changes_;  // that the connection had made before
  bool in_group_ = false;
  bool open_ = true;
};

}  // namespace workmail::store
