// The store as a file: what it keeps, and which files it leaves alone.
#include "store/store.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace workmail::store {

namespace {

constexpr Time kNow{Duration(1767225600000)};

auto organization(const std::string& id, std::optional<Time> completed_at = {}) -> Organization {
  return {.id = id,
          .account = "000000000000",
          .region = "us-east-1",
          .alias = id,
          .state = "Active",
          .directory_id = "d-9000000001",
          .default_domain = id + ".awsapps.com",
          .completed_at = completed_at};
}

auto text_of(const std::string& file) -> std::string {
  std::stringstream content;
  content << std::ifstream(file, std::ios::binary).rdbuf();
  return content.str();
}

// The first column of every row.
auto texts(Connection& connection, const std::string& sql) -> std::vector<std::string> {
  return Statement(connection, sql.c_str()).all([](Rows& row) { return row.next<std::string>(); });
}

// What a database is made of, without white space, which the text of a fixture may have otherwise.
auto schema(const std::string& path) -> std::vector<std::string> {
  Connection connection(path);
  auto parts =
      texts(connection, "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1");
  for (auto& part : parts) std::erase_if(part, [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
  return parts;
}

// Of rows, by table.
auto counts(const std::string& path) -> std::map<std::string, int> {
  Connection connection(path);
  std::map<std::string, int> counted;
  for (const auto& table : texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
    const std::string sql = "SELECT count(*) FROM " + table;
    Statement count(connection, sql.c_str());
    counted[table] = count.first([](Rows& row) { return row.next<int>(); }).value();
  }
  return counted;
}

class StoreFiles : public ::testing::Test {
 protected:
  StoreFiles() {
    std::string name = std::filesystem::temp_directory_path() / "workmail-store-XXXXXX";
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    path = folder / "workmail.db";
  }
  ~StoreFiles() override { std::filesystem::remove_all(folder); }

  [[nodiscard]] auto bytes() const -> std::string { return text_of(path); }

  void write(const std::string& content) const { std::ofstream(path, std::ios::binary) << content; }

  // Why the file cannot be used; empty when it can.
  [[nodiscard]] auto refusal() const -> std::string {
    try {
      const Store store(path);
    } catch (const UnusableDatabase& error) {
      return error.what();
    }
    return {};
  }

  // The file is refused for that reason and is afterwards as it was, alone in its folder.
  void expect_left_alone(const std::string& reason) const {
    const auto before = bytes();
    EXPECT_NE(refusal().find(reason), std::string::npos) << refusal();
    EXPECT_EQ(bytes(), before);
    const std::filesystem::directory_iterator files(folder);
    EXPECT_EQ(std::distance(begin(files), end(files)), 1);
  }

  std::filesystem::path folder;
  std::string path;
};

TEST_F(StoreFiles, KeepWhatWasWritten) {
  {
    Store store(path);
    EXPECT_TRUE(store.empty());
    store.organizations.add(organization("m-1"));
    store.set_setting("clock", "frozen 1");
    store.set_setting("clock", "frozen 2");
  }
  Store store(path);
  EXPECT_FALSE(store.empty());
  EXPECT_TRUE(store.organizations.find_by_id("m-1").has_value());
  EXPECT_EQ(store.setting("clock"), "frozen 2");
  EXPECT_EQ(store.setting("other"), std::nullopt);
}

TEST_F(StoreFiles, ForgetWhatWasNotCommitted) {
  {
    Store store(path);
    const Transaction transaction(store.connection);
    store.organizations.add(organization("m-1"));
  }
  EXPECT_TRUE(Store(path).empty());
}

TEST_F(StoreFiles, NeverUseANumberTwice) {
  std::int64_t number = 0;
  {
    Store store(path);
    number = store.organizations.add(organization("m-1"));
    store.remove_account("000000000000");
    EXPECT_TRUE(store.empty());
  }
  EXPECT_GT(Store(path).organizations.add(organization("m-2")), number);
}

TEST_F(StoreFiles, HaveTheVersionOfTheSchema) {
  { const Store store(path); }
  Connection connection(path);
  Statement version(connection, "PRAGMA user_version");
  EXPECT_EQ(version.first([](Rows& row) { return row.next<int>(); }), kSchemaVersion);
}

// Where this fails, schema.sql has changed: raise kSchemaVersion, write the migration beside it, and leave the fixture.
TEST_F(StoreFiles, OfTheFirstSchemaAreBroughtUpToDate) {
  Connection(path).execute(text_of(WORKMAIL_SOURCE_FOLDER "/tests/unit/store/schema-1.sql").c_str());
  const auto before = counts(path);
  { const Store store(path); }
  { const Store created(folder / "created.db"); }

  EXPECT_EQ(schema(path), schema(folder / "created.db"));
  EXPECT_EQ(counts(path), before);
  for (const auto& [table, count] : before) EXPECT_GT(count, 0) << table << " has no row in the fixture";
  Connection connection(path);
  EXPECT_EQ(texts(connection, "PRAGMA integrity_check"), std::vector<std::string>{"ok"});
  EXPECT_EQ(texts(connection, "SELECT \"table\" FROM pragma_foreign_key_check"), std::vector<std::string>{});
  EXPECT_EQ(texts(connection, "PRAGMA user_version"), std::vector<std::string>{std::to_string(kSchemaVersion)});
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
  expect_left_alone("cannot be used");
}

TEST_F(StoreFiles, InAMissingFolderAreRefused) {
  path = folder / "missing" / "workmail.db";
  EXPECT_NE(refusal(), "");
}

TEST_F(StoreFiles, ThatAreFoldersAreRefused) {
  path = folder;
  EXPECT_NE(refusal(), "");
}

TEST_F(StoreFiles, HaveOneOwner) {
  {
    Store owner(path);
    EXPECT_NE(refusal().find("cannot be used"), std::string::npos) << refusal();
    owner.organizations.add(organization("m-1"));
  }
  EXPECT_EQ(refusal(), "");
  EXPECT_FALSE(Store(path).empty());
}

TEST_F(StoreFiles, MayBeEmptyFiles) {
  write("");
  EXPECT_EQ(refusal(), "");
}

TEST(StoreInMemory, IsOneForEveryStore) {
  Store first("");
  Store second("");
  first.organizations.add(organization("m-1"));
  EXPECT_TRUE(second.empty());
}

TEST(StoreInMemory, IsNotEmptyWithADeletedOrganization) {
  Store store("");
  auto deleted = organization("m-1");
  deleted.state = "Deleted";
  store.organizations.add(deleted);
  EXPECT_FALSE(store.empty());
}

TEST(StoreInMemory, KnowsTheLatestMomentThatHasBeen) {
  Store store("");
  EXPECT_EQ(store.latest(), std::nullopt);
  const auto number = store.organizations.add(organization("m-1", kNow));
  EXPECT_EQ(store.latest(), kNow);

  const auto user = store.entities.add_user({.organization = number, .id = "u", .name = "alice"}, {.role = "USER"});
  EXPECT_EQ(store.latest(), kNow);
  store.entities.enable(user, "alice@example.com", kNow + Duration(1));
  EXPECT_EQ(store.latest(), kNow + Duration(1));
  store.mailboxes.add(user, 51200, kNow + Duration(2));
  EXPECT_EQ(store.latest(), kNow + Duration(2));
  store.mailboxes.retain(user, kNow + Duration(3), kNow + Duration(100));
  EXPECT_EQ(store.latest(), kNow + Duration(3));  // not when it will be purged
  store.entities.disable(user, kNow + Duration(4));
  EXPECT_EQ(store.latest(), kNow + Duration(4));
}

TEST(StoreInMemory, RefusesRowsOfWhatIsNotThere) {
  Store store("");
  EXPECT_THROW(store.entities.add_user({.organization = 7, .id = "u", .name = "alice"}, {.role = "USER"}), SqliteError);
}

TEST(StoreInMemory, TakesOverAnotherDatabase) {
  Store store("");
  Store other("");
  store.organizations.add(organization("m-1"));
  other.organizations.add(organization("m-2"));
  store.copy_from(other.connection);
  EXPECT_FALSE(store.organizations.find_by_id("m-1").has_value());
  EXPECT_TRUE(store.organizations.find_by_id("m-2").has_value());
}

}  // namespace

}  // namespace workmail::store
