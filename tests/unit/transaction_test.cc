#include "store/transaction.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace workmail::store {

namespace {

using Words = std::vector<std::string>;

class Transactions : public ::testing::Test {
 protected:
  Transactions() {
    connection.execute("CREATE TABLE word (number INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT;");
    sqlite3_commit_hook(connection.handle(), &Transactions::on_commit, this);
  }

  auto words() -> Words {
    return words_.all([](Rows& row) { return row.next<std::string>(); }, 0);
  }
  // Writes in a transaction that is committed.
  void add(const std::string& word, Commit when) {
    Transaction transaction(connection, when);
    add_.run(word);
    transaction.commit();
  }
  // Writes in a transaction that is rolled back.
  void add_and_lose(const std::string& word, Commit when) {
    const Transaction transaction(connection, when);
    add_.run(word);
  }

  Connection connection{":memory:"};
  int commits = 0;
  bool commits_fail = false;

 private:
  static auto on_commit(void* test) -> int {
    auto& self = *static_cast<Transactions*>(test);
    ++self.commits;
    return self.commits_fail ? 1 : 0;
  }

  Statement add_{connection, "INSERT INTO word (text) VALUES (?)"};
  Statement words_{connection, "SELECT text FROM word WHERE number > ? ORDER BY number"};
};

// As if there were no memory for the rollback.
TEST_F(Transactions, TakeBackWhatAnEarlierOneLeftOpen) {
  const auto deny_rollback = [](void*, int action, const char* operation, const char*, const char*, const char*) {
    return action == SQLITE_TRANSACTION && std::string(operation) == "ROLLBACK" ? SQLITE_DENY : SQLITE_OK;
  };
  for (const auto when : {Commit::Alone, Commit::InGroup}) {
    add_and_lose("unprepared", Commit::Alone);
    sqlite3_set_authorizer(connection.handle(), deny_rollback, nullptr);
    add_and_lose("lost", Commit::Alone);
    EXPECT_EQ(sqlite3_get_autocommit(connection.handle()), 0);
    sqlite3_set_authorizer(connection.handle(), nullptr, nullptr);
    add(when == Commit::Alone ? "a" : "b", when);
    connection.commit_group();
  }
  EXPECT_EQ(words(), (Words{"a", "b"}));
}

TEST_F(Transactions, AreRolledBackWhenTheyEndWithAnException) {
  add("kept", Commit::Alone);
  try {
    const Transaction transaction(connection);
    connection.execute("DELETE FROM word");
    throw std::runtime_error("a handler refuses");
  } catch (const std::runtime_error&) {
  }
  EXPECT_EQ(words(), Words{"kept"});
}

TEST_F(Transactions, FollowOneAnother) {
  for (int i = 0; i < 3; ++i) {
    { const Transaction abandoned(connection); }
    add(std::to_string(i), Commit::Alone);
  }
  EXPECT_EQ(words().size(), 3U);
  const Transaction open(connection);
  EXPECT_THROW(Transaction{connection}, SqliteError);
}

TEST_F(Transactions, CommitTogetherInAGroup) {
  add("a", Commit::InGroup);
  add("b", Commit::InGroup);
  const auto group = connection.group();
  ASSERT_TRUE(group);
  EXPECT_FALSE(group->committed);
  EXPECT_EQ(commits, 0);
  connection.commit_group();
  EXPECT_TRUE(group->committed);
  EXPECT_EQ(commits, 1);
  EXPECT_FALSE(connection.group());
  EXPECT_EQ(words(), (Words{"a", "b"}));
}

TEST_F(Transactions, AreAllOrNothingEachInAGroup) {
  add("a", Commit::InGroup);
  add_and_lose("b", Commit::InGroup);
  add("c", Commit::InGroup);
  EXPECT_EQ(words(), (Words{"a", "c"})) << "seen before the commit";
  connection.commit_group();
  EXPECT_EQ(words(), (Words{"a", "c"}));
}

TEST_F(Transactions, AreTakenBackTogetherWhenTheCommitFails) {
  add("before", Commit::Alone);
  add("a", Commit::InGroup);
  add("b", Commit::InGroup);
  const auto group = connection.group();
  commits_fail = true;
  connection.commit_group();
  EXPECT_FALSE(group->committed);
  EXPECT_NE(group->failure, "");
  EXPECT_EQ(words(), Words{"before"});
  commits_fail = false;
  add("after", Commit::InGroup);
  connection.commit_group();
  EXPECT_EQ(words(), (Words{"before", "after"}));
}

TEST_F(Transactions, AreTakenBackTogetherWhenOneOfThemEndsTheWholeTransaction) {
  add("a", Commit::InGroup);
  const auto group = connection.group();
  {
    const Transaction transaction(connection, Commit::InGroup);
    connection.execute("ROLLBACK");  // as SQLite does automatically when a disk is full
  }
  EXPECT_FALSE(connection.group());
  EXPECT_FALSE(group->committed);
  EXPECT_NE(group->failure, "");
  EXPECT_EQ(words(), Words{});
  add("b", Commit::InGroup);
  connection.commit_group();
  EXPECT_EQ(words(), Words{"b"});
}

TEST_F(Transactions, ComeAfterTheOpenGroupWhenAlone) {
  add("a", Commit::InGroup);
  const auto group = connection.group();
  add_and_lose("b", Commit::Alone);
  EXPECT_TRUE(group->committed);
  EXPECT_FALSE(connection.group());
  EXPECT_EQ(words(), Words{"a"});
}

TEST_F(Transactions, JoinAGroupButNeedNotOpenOne) {
  add("a", Commit::InOpenGroup);
  EXPECT_FALSE(connection.group());
  EXPECT_EQ(commits, 1);
  add("b", Commit::InGroup);
  add("c", Commit::InOpenGroup);
  EXPECT_EQ(commits, 1);
  connection.commit_group();
  EXPECT_EQ(commits, 2);
  EXPECT_EQ(words(), (Words{"a", "b", "c"}));
}

TEST_F(Transactions, NeedNoGroupToCommitOne) {
  connection.commit_group();
  EXPECT_EQ(commits, 0);
}

}  // namespace

}  // namespace workmail::store
