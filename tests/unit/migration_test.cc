// Migration of files of older versions, in one transaction.
#include <gtest/gtest.h>

#include "store/file_format.h"
#include "tests/unit/store_files.h"

namespace workmail::store {

namespace {

class OlderFiles : public StoreFiles {
 protected:
  // Every row of the older file is in the new database, which has more tables.
  void expect_migrated(int version);
  void expect_kept(const std::map<std::string, int>& before) {
    const auto after = counts(path);
    for (const auto& [table, count] : before) EXPECT_EQ(after.at(table), count) << table;
  }
};

void OlderFiles::expect_migrated(int version) {
  make_version(path, version);
  const auto before = counts(path);
  { const Store store(path); }
  { const Store created(folder / "created.db"); }

  EXPECT_EQ(schema(path), schema(folder / "created.db"));
  expect_kept(before);
  for (const auto& [table, count] : before) EXPECT_GT(count, 0) << table << " has no row in the fixture";
  Connection connection(path);
  EXPECT_EQ(texts(connection, "PRAGMA integrity_check"), std::vector<std::string>{"ok"});
  EXPECT_EQ(texts(connection, "SELECT \"table\" FROM pragma_foreign_key_check"), std::vector<std::string>{});
  EXPECT_EQ(pragma(path, "user_version"), std::to_string(kSchemaVersion));
  EXPECT_EQ(pragma(path, "application_id"), std::to_string(kApplicationId));
  EXPECT_EQ(pragma(path, "journal_mode"), "wal");
  EXPECT_FALSE(std::filesystem::exists(path + "-migration"));
}

TEST_F(OlderFiles, MigrateTheFirstSchema) {
  expect_migrated(1);
}

TEST_F(OlderFiles, MigrateTheSecondSchema) {
  expect_migrated(2);
}

TEST_F(StoreFiles, MigrateAUserAndAGroupOfOneName) {
  make_first_version(path);
  Connection(path).execute(
      "INSERT INTO entity (organization, kind, id, name, name_key, state, hidden, role)"
      " SELECT organization, 0, 'twin-of-a-group', name, name_key, 0, 0, 'USER' FROM entity WHERE kind = 1 LIMIT 1");
  EXPECT_EQ(refusal(), "");
}

TEST_F(StoreFiles, RefuseTheFirstSchemaWithImpossibleValues) {
  for (const auto* damage :
       {"UPDATE impersonation_role SET type = 'x'", "UPDATE organization SET completed_at = -9000000000000000",
        "UPDATE entity SET name = CAST(x'FF' AS TEXT), name_key = CAST(x'FF' AS TEXT) WHERE number = 1",
        "PRAGMA foreign_keys = OFF; DELETE FROM domain", "UPDATE tag SET number = -number"}) {
    std::filesystem::remove(path);
    make_first_version(path);
    Connection(path).execute(damage);
    expect_left_alone("is damaged");
  }
}

TEST_F(OlderFiles, LeaveNothingAfterAKillAtTheEnd) {
  { const Store migrated(path); }
  std::ofstream(path + "-migration") << "all";
  EXPECT_EQ(refusal(), "");
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(OlderFiles, MigrateAfterAKill) {
  make_first_version(path);
  const auto before = counts(path);
  std::ofstream(path + "-migration") << "half";
  EXPECT_EQ(refusal(), "");
  expect_kept(before);
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(StoreFiles, StayAsTheyAreWhenTheMigrationFails) {
  make_first_version(path);
  std::filesystem::create_directory(path + "-migration");
  std::ofstream(path + "-migration/file") << "in the way";
  const auto before = bytes();
  EXPECT_NE(refusal().find("cannot be written"), std::string::npos) << refusal();
  EXPECT_EQ(bytes(), before);
}

}  // namespace

}  // namespace workmail::store
