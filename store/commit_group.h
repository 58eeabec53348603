// Transactions that share a commit, because on a disk the commit is most of the cost of a small write.
// store/transaction.h opens groups, joins them and commits them.
#pragma once

#include <string>

namespace workmail::store {

// Transactions that are committed together. Each one is atomic, but its result must not be sent before the commit of
// the group.
struct CommitGroup {
  bool committed = false;  // false while the group is open, and if the commit failed
  std::string failure;     // why it failed
};

// When a transaction is committed.
enum class Commit {
  Alone,        // on its own, after the group that is open
  InOpenGroup,  // with the group that is open; on its own when none is
  InGroup,      // with the group, which is opened when there is none
};

}  // namespace workmail::store
