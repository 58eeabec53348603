// The store as a file: what it keeps, and which files it leaves alone.
#include "store/store.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

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

class StoreFiles : public ::testing::Test {
 protected:
  StoreFiles() {
    std::string name = std::filesystem::temp_directory_path() / "workmail-store-XXXXXX";
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    path = folder / "workmail.db";
  }
  ~StoreFiles() override { std::filesystem::remove_all(folder); }

  [[nodiscard]] auto bytes() const -> std::string {
    std::stringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    return content.str();
  }

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

TEST_F(StoreFiles, OfANewerSchemaAreLeftAlone) {
  { const Store store(path); }
  Connection(path).execute(("PRAGMA user_version = " + std::to_string(kSchemaVersion + 1)).c_str());
  expect_left_alone("newer");
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
