// Operations with members that are drawn at random, as data: the engine of both random tests. state_identity_test.cc
// has a form for every operation that changes something (every_change.h), and draws words that exist by then. stateful/
// has forms of what its reference knows, and draws numbers for words, so that a sequence on which the two disagree can
// be made small.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::test {

// An operation and its members, in which <…> is a wish for a word: <a|b> for one of these, anything else by its name.
struct Form {
  const char* operation;
  const char* members = "";
  int weight = 1;  // how often it is chosen, against the others
};

// Each form as often as its weight.
auto weighted(const std::vector<Form>& forms) -> std::vector<const Form*>;

// The wishes of a form, in their order.
auto wishes(std::string_view members) -> std::vector<std::string_view>;

// The words of <a|b|c>.
auto alternatives(std::string_view wish) -> std::vector<std::string>;

// The members with a word in every place; nothing when `word` has none for a wish, whose number it gets as well.
using WordFor = std::function<std::optional<std::string>(std::string_view wish, std::size_t number)>;
auto filled(std::string_view members, const WordFor& word) -> std::optional<std::string>;

}  // namespace workmail::test
