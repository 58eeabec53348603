// Which files are opened, which are left as they are, and what is told of them.
#include "store/open_file.h"

#include <gtest/gtest.h>

#include "store/file_format.h"
#include "tests/unit/store_files.h"

namespace workmail::store {

namespace {

TEST_F(StoreFiles, OfThisSchemaAreLeftAloneWhenTheyHoldWhatIsNeverWritten) {
  make_first_version(path);
  { const Store store(path); }
  Connection(path).execute("PRAGMA ignore_check_constraints = ON; UPDATE domain SET dkim = 'x'");
  expect_left_alone("is damaged");
}

// Above the bound a start looks at the schema only; what is wrong is found when it is read.
TEST_F(StoreFiles, OfThisSchemaAreNotCheckedWholeWhenTheyAreLarge) {
  { const Store store(path); }
  Connection(path).execute(
      "INSERT INTO setting (name, value) VALUES ('large', hex(zeroblob(3000000)));"
      " PRAGMA foreign_keys = OFF; INSERT INTO tag (organization, key, value) VALUES (9, 'a', 'b')");
  EXPECT_EQ(refusal(), "");
  Connection(path).execute("UPDATE setting SET value = '' WHERE name = 'large'; VACUUM");
  expect_left_alone("rows of tag belong to nothing");
}

TEST_F(StoreFiles, OfThisSchemaAreLeftAloneWhenTheirSchemaWasChanged) {
  for (const auto* change :
       {"CREATE TABLE customers (name TEXT)", "DROP INDEX entity_due", "DROP VIEW due",
        "CREATE TRIGGER evil AFTER INSERT ON entity BEGIN DELETE FROM organization; END",
        "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_evil', 'entity', 0,"
        " 'CREATE TRIGGER sqlite_evil AFTER INSERT ON entity BEGIN DELETE FROM organization; END')",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'REMOTE', 'LOCAL')"}) {
    std::filesystem::remove(path);
    { const Store store(path); }
    Connection(path).execute(change);
    expect_left_alone("its tables are not those of workmail-local");
  }
}

TEST_F(StoreFiles, MayHaveStatistics) {
  make_first_version(path);
  Connection(path).execute("ANALYZE");
  EXPECT_EQ(refusal(), "");
  Connection(path).execute("ANALYZE");
  EXPECT_EQ(refusal(), "");
}

TEST_F(StoreFiles, OfAnotherProgramAreLeftAlone) {
  for (const std::string mode : {"delete", "wal"}) {
    std::filesystem::remove(path);
    const auto make = "PRAGMA journal_mode = " + mode + "; CREATE TABLE customers (name TEXT);" +
                      " INSERT INTO customers (name) VALUES ('one')";
    Connection(path).execute(make.c_str());
    expect_left_alone(path + " is not a database of workmail-local");
  }
  for (const std::string mark : {"user_version = 1", "application_id = 7", "user_version = 1000"}) {
    Connection(path).execute(("PRAGMA " + mark).c_str());
    expect_left_alone(path + " is not a database of workmail-local");
  }
}

TEST_F(StoreFiles, OfAnotherProgramAreLeftAloneWithWhatItHasNotFinished) {
  {
    Connection other(path);
    other.execute(
        "CREATE TABLE customers (name TEXT); INSERT INTO customers (name) VALUES ('one');"
        " INSERT INTO customers (name) VALUES (hex(zeroblob(9999)));"
        " PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; UPDATE customers SET name = hex(randomblob(99999))");
    std::filesystem::copy_file(path, folder / "copy.db");
    std::filesystem::copy_file(path + "-journal", folder / "copy.db-journal");
  }
  std::filesystem::remove(path);
  path = folder / "copy.db";
  const auto before = bytes();
  const auto journal = text_of(path + "-journal");
  EXPECT_NE(refusal().find("another program has not finished"), std::string::npos) << refusal();
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(text_of(path + "-journal"), journal);
}

TEST_F(StoreFiles, OfANewerSchemaAreLeftAlone) {
  { const Store store(path); }
  Connection(path).execute(("PRAGMA user_version = " + std::to_string(kSchemaVersion + 1)).c_str());
  expect_left_alone("newer");
}

TEST_F(StoreFiles, OfANewerSchemaAreLeftAloneWithTheLogOfAKilledProgram) {
  const std::string running = folder / "running.db";
  {
    Store store(running);
    store.connection.execute(("PRAGMA user_version = " + std::to_string(kSchemaVersion + 1)).c_str());
    std::filesystem::copy_file(running, path);
    std::filesystem::copy_file(running + "-wal", path + "-wal");
  }
  std::filesystem::remove(running);
  const auto log = text_of(path + "-wal");
  const auto before = bytes();
  EXPECT_NE(refusal().find("newer"), std::string::npos) << refusal();
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(text_of(path + "-wal"), log);
  EXPECT_NE(log, "");
}

TEST_F(StoreFiles, ThatAreNoDatabaseAreLeftAlone) {
  write("Dear diary, today I found a database that was none.\n" + std::string(5000, 'x'));
  expect_left_alone(path + " is not a database of workmail-local: it is not a SQLite file. It is left as it is.");
}

TEST_F(StoreFiles, ThatCannotBeWrittenSayWhy) {
  const auto user = std::to_string(geteuid());
  const auto begin = [&] { return "The database " + path + " cannot be written by user " + user + ": "; };
  path = folder / "missing" / "workmail.db";
  EXPECT_EQ(refusal(), begin() + "the folder " + (folder / "missing").string() + " does not exist.");
  path = folder;
  EXPECT_EQ(refusal(), begin() + "it is a folder, not a file.");
  std::ofstream(folder / "file") << "x";
  path = folder / "file" / "workmail.db";
  EXPECT_EQ(refusal(), begin() + (folder / "file").string() + " is a file, not a folder.");
  path = "/dev/null";
  EXPECT_EQ(refusal(), begin() + "it is not a regular file.");
}

TEST_F(StoreFiles, ThatMayNotBeWrittenSayWhoMayNot) {
  const AnotherUser another(folder);
  const auto begin = "The database " + path + " cannot be written by user " + std::to_string(geteuid()) + ": ";
  { const Store store(path); }
  using std::filesystem::perms;
  std::filesystem::permissions(path, perms::owner_read);
  EXPECT_EQ(refusal(), begin + "the permission to read and write it is missing.");
  std::filesystem::permissions(path, perms::owner_all);
  std::filesystem::permissions(folder, perms::owner_read | perms::owner_exec);
  EXPECT_EQ(refusal(), begin + "the permission to write into its folder " + folder.string() + " is missing.");
  std::filesystem::permissions(folder, perms::owner_all);
}

TEST_F(StoreFiles, HaveOneOwner) {
  {
    Store owner(path);
    EXPECT_EQ(refusal(), "The database " + path + " cannot be written by user " + std::to_string(geteuid()) +
                             ": another server has it open.");
    owner.organizations.add(organization("m-1"));
  }
  EXPECT_EQ(refusal(), "");
  EXPECT_FALSE(Store(path).empty());
}

TEST_F(StoreFiles, MayBeEmptyFiles) {
  write("");
  EXPECT_EQ(refusal(), "");
}

}  // namespace

}  // namespace workmail::store
