// Files of older versions: their rows become a database of this one, all or nothing.
#include <gtest/gtest.h>

#include "store/file_format.h"
#include "tests/unit/store_files.h"

namespace workmail::store {

namespace {

TEST_F(StoreFiles, MigrateTheFirstSchema) {
  make_first_version(path);
  const auto before = counts(path);
  const auto rows = all_rows(path);
  { const Store store(path); }
  { const Store created(folder / "created.db"); }

  EXPECT_EQ(schema(path), schema(folder / "created.db"));
  EXPECT_EQ(counts(path), before);
  EXPECT_EQ(all_rows(path), rows);
  for (const auto& [table, count] : before) EXPECT_GT(count, 0) << table << " has no row in the fixture";
  Connection connection(path);
  EXPECT_EQ(texts(connection, "PRAGMA integrity_check"), std::vector<std::string>{"ok"});
  EXPECT_EQ(texts(connection, "SELECT \"table\" FROM pragma_foreign_key_check"), std::vector<std::string>{});
  EXPECT_EQ(pragma(path, "user_version"), std::to_string(kSchemaVersion));
  EXPECT_EQ(pragma(path, "application_id"), std::to_string(kApplicationId));
  EXPECT_EQ(pragma(path, "journal_mode"), "wal");
  EXPECT_FALSE(std::filesystem::exists(path + "-migration"));
}

// Whatever the comments in store/schema.sql say today: another schema needs another version.
TEST_F(StoreFiles, OpenTheReleasedSchemaOfThisVersion) {
  make_version(path, kSchemaVersion);
  const auto rows = all_rows(path);
  EXPECT_GT(rows.size(), 0U);
  EXPECT_EQ(refusal(), "");
  EXPECT_EQ(all_rows(path), rows);
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

TEST_F(StoreFiles, MigrateTheFirstSchemaAfterAKill) {
  make_first_version(path);
  const auto before = counts(path);
  std::ofstream(path + "-migration") << "half";
  EXPECT_EQ(refusal(), "");
  EXPECT_EQ(counts(path), before);
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
