// The query plan of every statement must use an index. The connection lists the statements of a store; a trace of
// SQLite lists those that are prepared for a single use.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "store/census.h"
#include "store/store.h"

namespace workmail::store {

namespace {

auto note_sql(unsigned /*event*/, void* queries, void* statement, void* /*text*/) -> int {
  const std::string sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
  // SQLite implements table-valued pragma functions with pragmas.
  if (sql.find("PRAGMA") == std::string::npos) static_cast<std::set<std::string>*>(queries)->insert(sql);
  return 0;
}

// The queries of the counts for metrics and the overview.
auto queries_of_census(Store& store) -> std::set<std::string> {
  std::set<std::string> queries;
  sqlite3_trace_v2(store.connection.handle(), SQLITE_TRACE_STMT, &note_sql, &queries);
  take_census(store.connection);
  places(store.connection);
  database_bytes(store.connection);
  sqlite3_trace_v2(store.connection.handle(), 0, nullptr, nullptr);
  return queries;
}

auto queries(Store& store) -> std::set<std::string> {
  auto queries = queries_of_census(store);
  for (const auto* statement : store.connection.statements()) queries.insert(statement->sql());
  return queries;
}

auto plan(Connection& connection, const std::string& query) -> std::vector<std::string> {
  sqlite3_stmt* statement = nullptr;
  const std::string sql = "EXPLAIN QUERY PLAN " + query;
  EXPECT_EQ(sqlite3_prepare_v2(connection.handle(), sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
      << sqlite3_errmsg(connection.handle()) << " in " << query;
  std::vector<std::string> steps;
  while (statement != nullptr && sqlite3_step(statement) == SQLITE_ROW)
    steps.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3)));
  sqlite3_finalize(statement);
  return steps;
}

// Queries that may scan whole tables or sort, by prefix.
const std::vector<std::string> kExceptions{
    // All rows are needed: for the state document, and for the counts of overview and metrics.
    "SELECT number, id, account, region, alias, state",
    "SELECT account, region, arn, name, instance_arn FROM identity_center_application ORDER BY number",
    "SELECT account, region, count(*) FROM organization",
    "SELECT state, count(*) FROM organization",
    "SELECT kind, state, count(*) FROM entity",
    // Only the first row is read.
    "SELECT 1 FROM organization UNION ALL",
    "SELECT at, what, subject FROM due",
    // Only scans rows that the query itself has found.
    "WITH RECURSIVE inside",
    // An organization has at most five folders and fifty tags.
    "SELECT name, action, period FROM retention_folder",
    "SELECT key, value FROM tag",
    // There are at most a thousand messages.
    "SELECT coalesce(sum(bytes), 0) FROM message",
    "SELECT count(*) FROM message",
    "SELECT number FROM message WHERE",
};

auto begins_with(const std::string& text, const std::string& start) -> bool {
  return text.compare(0, start.size(), start) == 0;
}

auto is_excepted(const std::string& query) -> bool {
  return std::any_of(kExceptions.begin(), kExceptions.end(),
                     [&](const std::string& start) { return begins_with(query, start); });
}

auto walks(const std::string& step) -> bool {
  return begins_with(step, "SCAN ") && !begins_with(step, "SCAN CONSTANT ROW") &&
         !begins_with(step, "SCAN (subquery") && !begins_with(step, "SCAN pragma_");
}

auto sorts(const std::string& step) -> bool {
  return step.find("TEMP B-TREE") != std::string::npos;
}

TEST(QueryPlans, AreMadeForEveryStatement) {
  Store store("");
  EXPECT_GT(queries(store).size(), 150U);
  EXPECT_EQ(queries_of_census(store).size(), 4U);
}

TEST(QueryPlans, NeitherWalkTablesNorSort) {
  Store store("");
  for (const auto& query : queries(store)) {
    for (const auto& step : plan(store.connection, query)) {
      const bool costly = walks(step) || sorts(step);
      EXPECT_TRUE(!costly || is_excepted(query)) << step << " in " << query;
    }
  }
}

TEST(QueryPlans, NeedTheirExceptions) {
  Store store("");
  for (const auto& start : kExceptions) {
    bool needed = false;
    for (const auto& query : queries(store)) {
      if (!begins_with(query, start)) continue;
      for (const auto& step : plan(store.connection, query)) needed = needed || walks(step) || sorts(step);
    }
    EXPECT_TRUE(needed) << start;
  }
}

// Without an index, each removed row scans all tables that may refer to it.
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
