// The store as a file: what persists.
#include "store/store.h"

#include <gtest/gtest.h>

#include "store/file_format.h"
#include "tests/unit/store_files.h"

namespace workmail::store {

namespace {

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
  EXPECT_TRUE(store.organizations.find_by_id(id_of("m-1")).has_value());
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
  OrganizationNumber number{};
  {
    Store store(path);
    number = store.organizations.add(organization("m-1"));
    store.remove_account("000000000000");
    EXPECT_TRUE(store.empty());
  }
  EXPECT_GT(Store(path).organizations.add(organization("m-2")), number);
}

TEST_F(StoreFiles, HaveTheMarkAndTheVersionOfTheSchema) {
  { const Store store(path); }
  EXPECT_EQ(pragma(path, "application_id"), std::to_string(kApplicationId));
  EXPECT_EQ(pragma(path, "user_version"), std::to_string(kSchemaVersion));
}

TEST_F(StoreFiles, TakeNoMoreWritesWhenDeletedOrReplaced) {
  const auto add = [](Store& store, const std::string& id, Commit when) {
    Transaction transaction(store.connection, when);
    store.organizations.add(organization(id));
    transaction.commit();
  };
  for (const bool replaced : {false, true}) {
    std::filesystem::remove(path);
    Store store(path);
    add(store, "m-1", Commit::Alone);
    std::filesystem::rename(path, path + ".old");
    if (replaced) std::filesystem::copy_file(path + ".old", path);
    EXPECT_THROW(add(store, "m-2", Commit::Alone), SqliteError);
    add(store, "m-3", Commit::InGroup);
    const auto group = store.connection.group();
    store.connection.commit_group();
    EXPECT_FALSE(group->committed);
    EXPECT_EQ(group->failure, "the file " + path + " was deleted, moved or replaced");
    EXPECT_TRUE(store.organizations.find_by_id(id_of("m-1")).has_value()) << "it can still be read";
    EXPECT_FALSE(store.organizations.find_by_id(id_of("m-2")).has_value());
    std::filesystem::rename(path + ".old", path);
    add(store, "m-4", Commit::Alone);
  }
}

TEST_F(StoreFiles, TakeNoMoreWritesWhenTheirLogWasDeleted) {
  const auto log = path + "-wal";
  {
    Store store(path);
    store.set_setting("first", "kept");
    std::filesystem::rename(log, log + ".old");
    Transaction refused(store.connection, Commit::Alone);
    store.set_setting("second", "lost");
    EXPECT_THROW(refused.commit(), SqliteError);
  }
  EXPECT_EQ(Store(path).setting("first"), "kept") << "a log that is gone still goes into its file at the end";
  {
    Store store(path);
    std::filesystem::rename(log, log + ".old");
    Store other("");
    EXPECT_THROW(store.copy_from(other.connection), SqliteError);
    std::filesystem::rename(log + ".old", log);
    store.copy_from(other.connection);
  }
}

TEST_F(StoreFiles, TakeNoMoreWritesWhenTheirLogWasReplacedOrCut) {
  const auto log = path + "-wal";
  Store store(path);
  const auto write = [&] {
    Transaction transaction(store.connection, Commit::Alone);
    store.set_setting("first", "kept");
    transaction.commit();
  };
  write();
  std::filesystem::rename(log, log + ".old");
  for (const bool copy : {false, true}) {
    if (copy)
      std::filesystem::copy_file(log + ".old", log);
    else
      std::ofstream(log) << "another";
    EXPECT_THROW(write(), SqliteError);
    std::filesystem::remove(log);
  }
  std::filesystem::create_directory(log);
  EXPECT_THROW(write(), SqliteError);
  std::filesystem::remove(log);
  std::filesystem::rename(log + ".old", log);
  write();
  std::filesystem::resize_file(log, std::filesystem::file_size(log) - 1);
  EXPECT_THROW(write(), SqliteError);
}

TEST_F(StoreFiles, LeaveTheLogOfTheOtherWhenReplaced) {
  {
    const Store store(path);
    std::filesystem::remove(path);
    std::filesystem::remove(path + "-wal");
    std::ofstream(path + "-wal") << "of another server";
  }
  EXPECT_EQ(text_of(path + "-wal"), "of another server");
}

TEST_F(StoreFiles, TakeNoResetWhenReplaced) {
  Store other("");
  for (const bool replaced : {false, true}) {
    std::filesystem::remove(path);
    Store store(path);
    store.organizations.add(organization("m-1"));
    std::filesystem::rename(path, path + ".old");
    if (replaced) std::filesystem::copy_file(path + ".old", path);
    EXPECT_THROW(store.copy_from(other.connection), SqliteError);
    EXPECT_FALSE(store.empty());
    std::filesystem::remove(path);
    std::filesystem::rename(path + ".old", path);
    store.copy_from(other.connection);
    EXPECT_TRUE(store.empty());
  }
}

TEST_F(StoreFiles, TakeTheirLogWithThemWhenReplaced) {
  const std::string next = folder / "next.db";
  const std::string old = folder / "old.db";
  { Store(next).organizations.add(organization("m-2")); }
  {
    Store store(path);
    store.organizations.add(organization("m-1"));
    std::filesystem::rename(path, old);
    std::filesystem::rename(next, path);
  }
  Store store(path);
  EXPECT_FALSE(store.organizations.find_by_id(id_of("m-1")).has_value());
  EXPECT_TRUE(store.organizations.find_by_id(id_of("m-2")).has_value());
  EXPECT_TRUE(Store(old).organizations.find_by_id(id_of("m-1")).has_value()) << "where it was moved";
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
  deleted.state = OrganizationState::Deleted;
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
  EXPECT_THROW(
      store.entities.add_user({.organization = OrganizationNumber{7}, .id = "u", .name = "alice"}, {.role = "USER"}),
      SqliteError);
}

TEST(StoreInMemory, TakesOverAnotherDatabase) {
  Store store("");
  Store other("");
  store.organizations.add(organization("m-1"));
  other.organizations.add(organization("m-2"));
  store.copy_from(other.connection);
  EXPECT_FALSE(store.organizations.find_by_id(id_of("m-1")).has_value());
  EXPECT_TRUE(store.organizations.find_by_id(id_of("m-2")).has_value());
}

// The head is remembered from call to call.
TEST(StoreInMemory, KnowsTheHeadOfAnOrganizationAfterEveryChange) {
  Store store("");
  const auto made = organization("m-1");
  const auto number = store.organizations.add(made);
  const auto state = [&] {
    const auto head = store.organizations.head(made.account, made.region, made.id);
    return head ? std::optional(head->state) : std::nullopt;
  };
  EXPECT_EQ(state(), made.state);
  EXPECT_FALSE(store.organizations.head("999999999999", made.region, made.id).has_value());
  EXPECT_FALSE(store.organizations.head(made.account, "eu-west-1", made.id).has_value());
  {
    const Transaction taken_back(store.connection);
    store.organizations.set_state(number, OrganizationState::Deleting, std::nullopt);
    EXPECT_EQ(state(), OrganizationState::Deleting);
  }
  EXPECT_EQ(state(), made.state);
  store.organizations.remove(number);
  EXPECT_EQ(state(), std::nullopt);
  store.organizations.add(made);
  EXPECT_EQ(state(), made.state);
  store.remove_account(made.account);
  EXPECT_EQ(state(), std::nullopt);
  store.organizations.add(made);
  EXPECT_EQ(state(), made.state);
  Store other("");
  store.copy_from(other.connection);
  EXPECT_EQ(state(), std::nullopt);
}

}  // namespace

}  // namespace workmail::store
