// Every statement of store/ against the schema: SQLite tells how it would run it, and that has to be by an index. The
// statements are read from the sources, so that none can be forgotten.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "store/store.h"

namespace workmail::store {

namespace {

struct Query {
  std::string file;
  std::string sql;
};

// The text of a file without its comments.
auto source(const std::filesystem::path& path) -> std::string {
  std::ifstream file(path);
  std::string text;
  for (std::string line; std::getline(file, line);) text += line.substr(0, line.find("//")) + "\n";
  return text;
}

// What one literal after the other, or names of macros between them, come to.
class Literals {
 public:
  explicit Literals(const std::string& text) {
    for (std::sregex_iterator found(text.begin(), text.end(), kMacro), end; found != end; ++found)
      macros_[(*found)[1]] = joined((*found)[2]);
    const std::string rest = std::regex_replace(text, kMacro, "");
    for (std::sregex_iterator found(rest.begin(), rest.end(), kRun), end; found != end; ++found)
      all.push_back(joined(found->str()));
  }

  std::vector<std::string> all;

 private:
  auto joined(const std::string& run) -> std::string {
    std::string text;
    for (std::sregex_iterator part(run.begin(), run.end(), kPart), end; part != end; ++part) {
      const auto& literal = (*part)[1];
      text += literal.matched ? literal.str() : macros_[part->str()];
    }
    return std::regex_replace(text, std::regex(R"(\\")"), "\"");
  }

  inline static const std::regex kMacro{R"(#define ([A-Z_]+) ((?:\\\n|[^\n])+))"};
  inline static const std::regex kRun{R"re((?:(?:"(?:[^"\\\n]|\\.)*"|\b[A-Z_]{4,}\b)\s*)+)re"};
  inline static const std::regex kPart{R"re("((?:[^"\\\n]|\\.)*)"|[A-Z_]{4,})re"};
  std::map<std::string, std::string> macros_;
};

// Every SELECT, UPDATE and DELETE of store/.
auto queries() -> std::vector<Query> {
  static const std::regex statement("^(SELECT|UPDATE|DELETE|WITH) .*");
  std::vector<Query> found;
  for (const auto& file : std::filesystem::directory_iterator(std::string(WORKMAIL_SOURCE_FOLDER) + "/store")) {
    const auto extension = file.path().extension();
    if (extension != ".cc" && extension != ".h") continue;
    for (const auto& text : Literals(source(file.path())).all) {
      if (std::regex_match(text, statement)) found.push_back({file.path().filename(), text});
    }
  }
  return found;
}

auto plan(Connection& connection, const Query& query) -> std::vector<std::string> {
  sqlite3_stmt* statement = nullptr;
  const std::string sql = "EXPLAIN QUERY PLAN " + query.sql;
  EXPECT_EQ(sqlite3_prepare_v2(connection.handle(), sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
      << query.file << ": " << sqlite3_errmsg(connection.handle()) << " in " << query.sql;
  std::vector<std::string> steps;
  while (statement != nullptr && sqlite3_step(statement) == SQLITE_ROW)
    steps.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3)));
  sqlite3_finalize(statement);
  return steps;
}

// Queries that may walk whole tables or sort, by how they begin.
const std::vector<std::string> kExceptions{
    // Everything is wanted: the state as a document, and counts for the metrics.
    "SELECT number, id, account, region, alias, state",
    "SELECT account, region, arn, name, instance_arn FROM identity_center_application ORDER BY number",
    "SELECT state, count(*) FROM organization",
    "SELECT kind, state, count(*) FROM entity",
    // The first row is enough.
    "SELECT 1 FROM organization UNION ALL",
    "SELECT at, what, subject FROM due",
    // What is walked is what the query itself has found.
    "WITH RECURSIVE inside",
    // The schema, and the five folders and fifty tags that an organization has at most.
    "SELECT type || ' ' || name",
    "SELECT name FROM sqlite_schema",

    "SELECT name, action, period FROM retention_folder",
    "SELECT key, value FROM tag",
};

auto begins_with(const std::string& text, const std::string& start) -> bool {
  return text.compare(0, start.size(), start) == 0;
}

auto is_excepted(const Query& query) -> bool {
  return std::any_of(kExceptions.begin(), kExceptions.end(),
                     [&](const std::string& start) { return begins_with(query.sql, start); });
}

auto walks(const std::string& step) -> bool {
  return begins_with(step, "SCAN ") && !begins_with(step, "SCAN CONSTANT ROW") &&
         !begins_with(step, "SCAN (subquery") && !begins_with(step, "SCAN pragma_");
}

auto sorts(const std::string& step) -> bool {
  return step.find("TEMP B-TREE") != std::string::npos;
}

TEST(QueryPlans, AreMadeForEveryStatement) {
  EXPECT_GT(queries().size(), 120U);
}

TEST(QueryPlans, NeitherWalkTablesNorSort) {
  Store store("");
  for (const auto& query : queries()) {
    for (const auto& step : plan(store.connection, query)) {
      const bool costly = walks(step) || sorts(step);
      EXPECT_TRUE(!costly || is_excepted(query)) << query.file << ": " << step << " in " << query.sql;
    }
  }
}

TEST(QueryPlans, NeedTheirExceptions) {
  Store store("");
  for (const auto& start : kExceptions) {
    bool needed = false;
    for (const auto& query : queries()) {
      if (!begins_with(query.sql, start)) continue;
      for (const auto& step : plan(store.connection, query)) needed = needed || walks(step) || sorts(step);
    }
    EXPECT_TRUE(needed) << start;
  }
}

// Without one, every row that goes walks the whole table that may refer to it.
TEST(ForeignKeys, AreIndexed) {
  Store store("");
  Statement missing(store.connection,
                    "SELECT tables.name || '.' || keys.\"from\" FROM sqlite_schema AS tables,"
                    " pragma_foreign_key_list(tables.name) AS keys WHERE tables.type = 'table' AND NOT EXISTS"
                    " (SELECT 1 FROM pragma_index_list(tables.name) AS list, pragma_index_info(list.name) AS part"
                    " WHERE part.seqno = 0 AND part.name = keys.\"from\" AND list.partial = 0)"
                    " AND NOT EXISTS (SELECT 1 FROM pragma_table_info(tables.name) AS column"
                    " WHERE column.pk = 1 AND column.name = keys.\"from\")");
  EXPECT_EQ(missing.all([](Rows& row) { return row.next<std::string>(); }), std::vector<std::string>());
}

}  // namespace

}  // namespace workmail::store
