// What stands by in every test of the API and must not change: an organization of the same account and region, one of
// another region and one of another account. They hold a row of everything, under the same names and identifiers as
// what tests make, so that a condition which forgets whose row it is finds theirs. Nothing of theirs is scheduled
// before the year 9999.
#pragma once

#include "store/store.h"
#include "tests/api/tables.h"

namespace workmail::test {

enum class Neighbors {
  All,
  Elsewhere,  // none in the account and region that tests begin with, for those that list its organizations
  None,       // for tests of all that is stored
};

// The one that tests which look at its rows call.
constexpr const char* kNeighborId = "m-fffffffffffffffffffffffffffffff1";

// Fills an empty store with them.
void make_neighbors(store::Store& store, Neighbors which);

// What make_neighbors() makes.
auto tables_of(Neighbors which) -> const Tables&;

}  // namespace workmail::test
