#include "store/sqlite.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace workmail::store {

namespace {

class Sqlite : public ::testing::Test {
 protected:
  Sqlite() { connection.execute("CREATE TABLE word (number INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT;"); }

  auto words() -> std::vector<std::string> {
    return words_.all([](Rows& row) { return row.next<std::string>(); }, 0);
  }

  Connection connection{":memory:"};
  Statement add{connection, "INSERT INTO word (text) VALUES (?)"};

 private:
  Statement words_{connection, "SELECT text FROM word WHERE number > ? ORDER BY number"};
};

TEST_F(Sqlite, GoesOnAfterAFailedStatement) {
  add.run("once");
  try {
    add.run("once");
    ADD_FAILURE() << "took the same word twice";
  } catch (const SqliteError& error) {
    EXPECT_EQ(error.code(), SQLITE_CONSTRAINT_UNIQUE);
    EXPECT_STREQ(error.what(), "UNIQUE constraint failed: word.text") << "no SQL: a person may read it";
  }
  add.run("again");
  EXPECT_EQ(words().size(), 2U);
}

TEST_F(Sqlite, RefusesAStatementWhoseRowsAreStillRead) {
  add.run("a");
  add.run("b");
  Statement list(connection, "SELECT text FROM word WHERE number > ? ORDER BY number");
  auto rows = list(0);
  ASSERT_TRUE(rows.step());
  EXPECT_THROW(static_cast<void>(list(1)), SqliteError);
}

TEST_F(Sqlite, GivesAStatementBackWhenItsRowsEnd) {
  add.run("a");
  add.run("b");
  Statement list(connection, "SELECT text FROM word WHERE number > ? ORDER BY number");
  {
    auto rows = list(0);
    ASSERT_TRUE(rows.step());
  }
  auto moved_from = list(0);
  auto rows = std::move(moved_from);
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.next<std::string>(), "a");
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.next<std::string>(), "b");
  EXPECT_FALSE(rows.step());
}

TEST_F(Sqlite, RefusesAWrongNumberOfParameters) {
  Statement few(connection, "INSERT INTO word (text) VALUES (?)");
  EXPECT_THROW(few.run(), std::logic_error);
  Statement many(connection, "INSERT INTO word (text) VALUES (?)");
  EXPECT_THROW(many.run("a", "b"), std::logic_error);
  EXPECT_TRUE(words().empty());
}

TEST_F(Sqlite, RefusesWrongSqlAtItsFirstUse) {
  Statement wrong(connection, "SELECT nothing FROM nowhere");
  EXPECT_THROW(static_cast<void>(wrong()), SqliteError);
  EXPECT_THROW(connection.execute("SELEC"), SqliteError);
}

TEST_F(Sqlite, BindsAndReadsEveryType) {
  Statement echo(connection, "SELECT ?, ?, ?, ?, ?, ?, ?");
  const std::string text = "text";  // lives as long as the rows are read
  auto rows = echo(text, std::string_view(), std::int64_t{1} << 60, 0.5, true, Time(Duration(7)), std::nullopt);
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.next<std::string>(), "text");
  EXPECT_EQ(rows.next<std::optional<std::string>>(), "");  // not NULL
  EXPECT_EQ(rows.next<std::int64_t>(), std::int64_t{1} << 60);
  EXPECT_EQ(rows.next<double>(), 0.5);
  EXPECT_EQ(rows.next<bool>(), true);
  EXPECT_EQ(rows.next<std::optional<Time>>(), Time(Duration(7)));
  EXPECT_EQ(rows.next<std::optional<Time>>(), std::nullopt);
}

TEST_F(Sqlite, BindsOptionals) {
  Statement echo(connection, "SELECT ?, ?");
  const std::optional<std::string> text = "a";
  auto rows = echo(text, std::optional<std::int64_t>());
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.next<std::optional<std::string>>(), "a");
  EXPECT_EQ(rows.next<std::optional<std::int64_t>>(), std::nullopt);
}

TEST_F(Sqlite, KeepsTextsWithEveryByte) {
  const std::string text("a\0b\n'\"%_\xF0\x9F\x93\xA7", 12);
  Statement echo(connection, "SELECT ?");
  EXPECT_EQ(echo.first([](Rows& row) { return row.next<std::string>(); }, text), text);
}

TEST_F(Sqlite, CopiesAWholeDatabase) {
  add.run("a");
  Connection other(":memory:");
  other.execute("CREATE TABLE something (else_ TEXT) STRICT;");
  other.copy_from(connection);
  Statement list(other, "SELECT text FROM word ORDER BY number");
  EXPECT_EQ(list.all([](Rows& row) { return row.next<std::string>(); }), std::vector<std::string>{"a"});
  EXPECT_THROW(other.execute("DROP TABLE something"), SqliteError);
}

TEST_F(Sqlite, CountsChanges) {
  add.run("a");
  EXPECT_EQ(connection.last_insert_number<EntityNumber>(), EntityNumber{1});
  Statement remove(connection, "DELETE FROM word WHERE text = ?");
  remove.run("b");
  EXPECT_EQ(connection.changes(), 0);
  remove.run("a");
  EXPECT_EQ(connection.changes(), 1);
}

TEST(SqliteFiles, FailWhenTheyCannotBeOpened) {
  EXPECT_THROW(Connection("/nowhere/at/all.db"), SqliteError);
}

}  // namespace

}  // namespace workmail::store
