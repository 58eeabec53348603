// Every table in SQLite's list of the schema, so that a new one is not forgotten: the reset of an account removes its
// rows, and state documents contain them.
#include <map>
#include <string>

#include "tests/api/seeds.h"
#include "tests/api/tables.h"

namespace workmail::test {
namespace {

class EveryTable : public Seeds {
 protected:
  EveryTable() {
    restart_among(Neighbors::All);
    forget_neighbors();
  }

  // The number of rows of each table.
  auto counts() -> std::map<std::string, std::size_t> {
    std::map<std::string, std::size_t> counts;
    for (const auto& [name, table] : tables_of(*store_)) counts[name] = table.rows.size();
    return counts;
  }
};

// The tables that are not in state documents, with the reason.
const std::map<std::string, std::string> kNotInState{
    {"client_token", "the first answers to client tokens live for a day, and are no state of the service"},
};

TEST_F(EveryTable, HasRowsAmongTheNeighbors) {
  for (const auto& [name, count] : counts())
    EXPECT_GT(count, 0U) << "give the table " << name << " a row in tests/api/neighbors.cc";
}

TEST_F(EveryTable, IsEmptyWhenAllAccountsAreReset) {
  for (const char* account : {"000000000000", "999999999999"}) service_->baseline().reset_account(account);
  for (const auto& [name, count] : counts())
    EXPECT_EQ(count, 0U) << "the reset of an account (Store::remove_account) forgets the table " << name;
}

TEST_F(EveryTable, IsCarriedByTheState) {
  const auto before = counts();
  const auto document = state();
  service_->baseline().reset_to_empty();
  apply(document);
  for (const auto& [name, count] : counts()) {
    if (kNotInState.contains(name))
      EXPECT_EQ(count, 0U) << "the state carries " << name << ", which kNotInState lists";
    else
      EXPECT_EQ(count, before.at(name)) << "the state (api/seed/state.cc) or the seed forgets the table " << name;
  }
}

// tables_of() omits only the settings.
TEST_F(EveryTable, IsLookedAtButTheSettings) {
  store::Statement others(store_->connection,
                          "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  const auto all = others.first([](store::Rows& row) { return row.next<std::size_t>(); });
  EXPECT_EQ(all, counts().size() + 1)
      << "but setting: the clock and the counter of identifiers, which are the server's";
}

}  // namespace
}  // namespace workmail::test
