// Every operation that changes something, for tests that call them at random.
#pragma once

#include <vector>

namespace workmail::test {

// An operation and its members, in which <a|b> is one of the words, and <user> one of the identifiers that there are.
struct Move {
  const char* operation;
  const char* members = "";
  int weight = 1;  // how often it is chosen, against the others
};

auto moves() -> const std::vector<Move>&;

}  // namespace workmail::test
