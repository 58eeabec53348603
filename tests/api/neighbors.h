// Organizations that exist in every test of the API and must not change: one of the same account and region, one of
// another region and one of another account. They have a row in every table, with the same names and identifiers as in
// tests, so that a query without the condition for the organization finds their rows. Their events are scheduled after
// the year 9998.
#pragma once

#include "store/store.h"
#include "tests/api/tables.h"

namespace workmail::test {

enum class Neighbors {
  All,
  Elsewhere,  // none in the account and region of tests, for tests that list organizations
  None,       // for tests of the whole database
};

// The id of the neighbor in the same account and region.
constexpr const char* kNeighborId = "m-fffffffffffffffffffffffffffffff1";

// Adds the neighbors to an empty store.
void make_neighbors(store::Store& store, Neighbors which);

// The rows that make_neighbors() creates.
auto tables_of(Neighbors which) -> const Tables&;

}  // namespace workmail::test
