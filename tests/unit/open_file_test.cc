// Which files are opened, which are rejected unchanged, and the messages.
#include "store/open_file.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include "store/file_format.h"
#include "store/import.h"
#include "tests/unit/store_files.h"

namespace workmail::store {

namespace {

TEST_F(StoreFiles, RefuseImpossibleValues) {
  make_first_version(path);
  { const Store store(path); }
  Connection(path).execute("PRAGMA ignore_check_constraints = ON; UPDATE domain SET dkim = 'x'");
  expect_left_alone("is damaged");
}

// Above the size limit, a start checks only the schema; invalid values are detected when they are read.
TEST_F(StoreFiles, AreNotCheckedWholeWhenTheyAreLarge) {
  { const Store store(path); }
  Connection(path).execute(
      "INSERT INTO setting (name, value) VALUES ('large', hex(zeroblob(3000000)));"
      " PRAGMA foreign_keys = OFF; INSERT INTO tag (organization, key, value) VALUES (9, 'a', 'b')");
  EXPECT_EQ(refusal(), "");
  Connection(path).execute("UPDATE setting SET value = '' WHERE name = 'large'; VACUUM");
  expect_left_alone("rows of tag refer to rows that do not exist");
}

TEST_F(StoreFiles, RefuseAChangedSchema) {
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

TEST_F(StoreFiles, RefuseFilesOfOtherPrograms) {
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

TEST_F(StoreFiles, RefuseUnfinishedFilesOfOtherPrograms) {
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

TEST_F(StoreFiles, RefuseANewerSchema) {
  { const Store store(path); }
  Connection(path).execute(("PRAGMA user_version = " + std::to_string(kSchemaVersion + 1)).c_str());
  expect_left_alone("newer");
}

TEST_F(StoreFiles, RefuseANewerSchemaWithTheLogOfAKilledProgram) {
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

TEST_F(StoreFiles, RefuseWhatIsNoDatabase) {
  write("Dear diary, today I found a database that was none.\n" + std::string(5000, 'x'));
  expect_left_alone(path + " is not a database of workmail-local: it is not a SQLite file. It is left as it is.");
  for (const std::size_t size : {1, 99, 511}) {
    write(std::string(size, 'x'));
    expect_left_alone("it is not a SQLite file");
  }
}

TEST_F(StoreFiles, ReportWhyTheyCannotBeWritten) {
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

TEST_F(StoreFiles, ReportWhyTheyCannotBeMade) {
  const auto place = folder;
  const auto expect = [&](const std::string& reason) {
    EXPECT_EQ(refusal(),
              "The database " + path + " cannot be written by user " + std::to_string(geteuid()) + ": " + reason + ".");
  };
  path = place / "dangling.db";
  std::filesystem::create_symlink(place / "missing" / "workmail.db", path);
  expect("no file can be created there");
  path = place / "loop.db";
  std::filesystem::create_symlink(path, path);
  expect("its symbolic links form a loop");
  path = place / std::string(300, 'x');
  expect("its name is too long");
  std::filesystem::create_directories(place / std::string(200, 'x') / std::string(200, 'x'));
  path = place / std::string(200, 'x') / std::string(200, 'x') / std::string(150, 'x');
  expect("its name is too long");
}

TEST_F(StoreFiles, RefuseAPipeBesideThem) {
  { const Store store(path); }
  const auto before = bytes();
  for (const auto* suffix : {"-journal", "-wal"}) {
    const auto pipe = path + suffix;
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_TRUE(refusal().ends_with(": " + pipe + " is not a regular file.")) << refusal();
    EXPECT_EQ(bytes(), before);
    std::filesystem::remove(pipe);
  }
}

TEST_F(StoreFiles, RefuseToParseLargeSchemas) {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "CREATE VIEW v" + std::to_string(i) + " AS SELECT 1;";
  std::string wide = "CREATE TABLE t (c0";
  for (int i = 1; i < 100; ++i) wide += ", c" + std::to_string(i);
  const auto unique = wide + ", UNIQUE (c1), UNIQUE (c2))";
  for (const auto& sql : {"BEGIN;" + many + "COMMIT", unique}) {
    std::filesystem::remove(path);
    Connection(path).execute(sql.c_str());
    expect_left_alone("it was made by another program");
    Connection(path).execute(("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
    Connection(path).execute(("PRAGMA user_version = " + std::to_string(kSchemaVersion)).c_str());
    expect_left_alone("its tables are not those of workmail-local");
    Connection file(path);
    Distrust distrust(file, 1);
    Statement schema(file, "SELECT name FROM sqlite_schema ORDER BY name");
    EXPECT_THROW(static_cast<void>(schema().step()), SqliteError);
    distrust.accept_schema();
    EXPECT_TRUE(schema().step()) << "as usual again";
  }
}

// None of the statements is too long, and there are few.
TEST_F(StoreFiles, RefuseToParseManyIndexes) {
  for (int i = 0; i < 10; ++i) {
    std::string table = "CREATE TABLE t" + std::to_string(i) + " (a0";
    for (int column = 1; column < 60; ++column) table += ", a" + std::to_string(column);
    for (int pair = 0; pair < 250; ++pair) {
      table += ",UNIQUE(a" + std::to_string(pair / 50) + ",a" + std::to_string(10 + pair % 50) + ")";
    }
    table += ")";
    ASSERT_LT(table.size(), static_cast<std::size_t>(kMaxStatementLength));
    Connection(path).execute(table.c_str());
  }
  Connection(path).execute("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE type = 'index'");
  expect_left_alone("it was made by another program");
  Connection file(path);
  const Distrust distrust(file, 1);
  Statement schema(file, "SELECT name FROM sqlite_schema ORDER BY name");
  EXPECT_THROW(static_cast<void>(schema().step()), SqliteError);
}

TEST_F(StoreFiles, HaveStatementsThatAreReadOfAnySchema) {
  { const Store store(path); }
  Connection file(path);
  Statement longest(file, "SELECT max(length(sql)) FROM sqlite_schema");
  EXPECT_LE(longest.first([](Rows& row) { return row.next<int>(); }).value(), kMaxStatementLength * 3 / 4);
}

TEST_F(StoreFiles, ReportDamageInOneLine) {
  make_first_version(path);
  Connection(path).execute(
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage ="
      " (SELECT rootpage FROM sqlite_schema WHERE name = 'tag') WHERE name = 'domain'");
  const auto reason = refusal();
  EXPECT_NE(reason.find("The file is damaged: "), std::string::npos) << reason;
  for (const auto* word : {"\n", "***", "main"}) EXPECT_EQ(reason.find(word), std::string::npos) << reason;
}

TEST_F(StoreFiles, ReportWhoMayNotWriteThem) {
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

// Reading a file is limited to the work that its size can need.
TEST(Distrusted, FilesAreReadForALimitedTime) {
  Connection file(":memory:");
  Distrust distrust(file, 0);
  distrust.accept_schema();
  Statement endless(file, "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c");
  EXPECT_THROW(static_cast<void>(endless().step()), SqliteError);
}

TEST(Distrusted, FilesRunNothing) {
  Connection file(":memory:");
  const Distrust distrust(file, 0);
  const auto is_on = [&](int flag) {
    int on = -1;
    sqlite3_db_config(file.handle(), flag, -1, &on);
    return on;
  };
  EXPECT_EQ(is_on(SQLITE_DBCONFIG_DEFENSIVE), 1);
  EXPECT_EQ(is_on(SQLITE_DBCONFIG_TRUSTED_SCHEMA), 0);
  EXPECT_EQ(is_on(SQLITE_DBCONFIG_ENABLE_TRIGGER), 0);
  EXPECT_EQ(is_on(SQLITE_DBCONFIG_ENABLE_VIEW), 0);
  EXPECT_THROW(file.execute("CREATE TABLE t (x)"), SqliteError);
}

}  // namespace

}  // namespace workmail::store
