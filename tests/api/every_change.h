// Every operation that writes, for tests with random calls.
#pragma once

#include <vector>

#include "tests/api/random_forms.h"

namespace workmail::test {

// Besides <a|b>, wishes are for words of the place, such as <user>, one of the identifiers that there are.
auto every_change() -> const std::vector<Form>&;

}  // namespace workmail::test
