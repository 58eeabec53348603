// One transaction for each call, committed alone or in a group (store/commit_group.h).
#pragma once

#include <cstdint>

#include "store/commit_group.h"
#include "store/sqlite.h"

namespace workmail::store {

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
  std::int64_t changes_;  // the connection's number of changes at the start
  bool in_group_ = false;
  bool open_ = true;
};

}  // namespace workmail::store
