// Transactions that share a commit, and how one asks to: on a disk, the commit is most of what a small write costs.
// store/transaction.h opens groups, joins them and commits them.
#pragma once

#include <string>

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

}  // namespace workmail::store
