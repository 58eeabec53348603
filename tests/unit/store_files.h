// A temporary folder for a database file, and functions that read such files.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "store/store.h"

namespace workmail::store {

inline constexpr Time kNow{Duration(1767225600000)};

// An identifier in AWS's format, from a short one.
inline auto id_of(const std::string& short_id) -> std::string {
  return "m-" + std::string(31, '0') + short_id.back();
}

inline auto organization(const std::string& id, std::optional<Time> completed_at = {}) -> Organization {
  return {.id = id_of(id),
          .account = "000000000000",
          .region = "us-east-1",
          .alias = id,
          .state = OrganizationState::Active,
          .directory_id = "d-9000000001",
          .default_domain = id + ".awsapps.com",
          .completed_at = completed_at};
}

inline auto text_of(const std::string& file) -> std::string {
  std::stringstream content;
  content << std::ifstream(file, std::ios::binary).rdbuf();
  return content.str();
}

// The first column of every row.
inline auto texts(Connection& connection, const std::string& sql) -> std::vector<std::string> {
  return Statement(connection, sql.c_str()).all([](Rows& row) { return row.next<std::string>(); });
}

// The schema of a database without white space, which may differ in fixtures.
inline auto schema(const std::string& path) -> std::vector<std::string> {
  Connection connection(path);
  auto parts =
      texts(connection, "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1");
  for (auto& part : parts) std::erase_if(part, [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
  return parts;
}

// The number of rows, by table.
inline auto counts(const std::string& path) -> std::map<std::string, int> {
  Connection connection(path);
  std::map<std::string, int> counted;
  for (const auto& table : texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
    const std::string sql = "SELECT count(*) FROM " + table;
    Statement count(connection, sql.c_str());
    counted[table] = count.first([](Rows& row) { return row.next<int>(); }).value();
  }
  return counted;
}

inline auto pragma(const std::string& path, const std::string& name) -> std::string {
  Connection connection(path);
  return texts(connection, "PRAGMA " + name).at(0);
}

// Each row of each table, as text.
inline auto all_rows(const std::string& path) -> std::vector<std::string> {
  Connection connection(path);
  std::vector<std::string> rows;
  for (const auto& table : texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
    std::string columns;
    for (const auto& name : texts(connection, "SELECT name FROM pragma_table_info('" + table + "') ORDER BY name")) {
      columns += " || ' ' || quote(" + name + ")";
    }
    for (const auto& row : texts(connection, "SELECT '" + table + "'" + columns + " FROM " + table + " ORDER BY 1")) {
      rows.push_back(row);
    }
  }
  return rows;
}

// A file of the first version, with a row in every table.
inline void make_version(const std::string& path, int version) {
  Connection connection(path);
  connection.execute("PRAGMA journal_mode = WAL");
  const auto fixture = WORKMAIL_SOURCE_FOLDER "/tests/unit/store/schema-" + std::to_string(version) + ".sql";
  connection.execute(text_of(fixture).c_str());
}
inline void make_first_version(const std::string& path) {
  make_version(path, 1);
}

// While this object exists, the test runs as an unprivileged user, who owns the folder.
class AnotherUser {
 public:
  explicit AnotherUser(const std::filesystem::path& folder) {
    constexpr uid_t kNobody = 65534;
    if (user_ != 0) return;
    EXPECT_EQ(::chown(folder.c_str(), kNobody, kNobody), 0);
    EXPECT_EQ(::seteuid(kNobody), 0);
  }
  ~AnotherUser() { EXPECT_EQ(::seteuid(user_), 0); }
  AnotherUser(const AnotherUser&) = delete;
  auto operator=(const AnotherUser&) -> AnotherUser& = delete;

 private:
  uid_t user_ = ::geteuid();
};

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

  // Why the file is rejected; empty if it is accepted.
  [[nodiscard]] auto refusal() const -> std::string {
    try {
      const Store store(path);
    } catch (const UnusableDatabase& error) {
      return error.what();
    }
    return {};
  }

  // Expects that the file is rejected for this reason, is unchanged, and is alone in its folder.
  void expect_left_alone(const std::string& reason) const {
    const auto before = bytes();
    EXPECT_NE(refusal().find(reason), std::string::npos) << refusal();
    EXPECT_EQ(bytes(), before);
    EXPECT_EQ(files().size(), 1U);
  }

  [[nodiscard]] auto files() const -> std::vector<std::string> {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(folder)) names.push_back(file.path().filename());
    return names;
  }

  std::filesystem::path folder;
  std::string path;
};

}  // namespace workmail::store
