// Operations with random members, as data, for both random tests. state_identity_test.cc has a form for every operation
// that writes (every_change.h), and selects identifiers that exist. stateful/ has forms for the operations of its
// reference, and selects numbers instead, so that a failing sequence can be shrunk.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::test {

// An operation and its members, with placeholders <…>: <a|b> is one of these words, others have a name.
struct Form {
  const char* operation;
  const char* members = "";
  int weight = 1;  // the relative frequency
};

// The forms, each repeated by its weight.
auto weighted(const std::vector<Form>& forms) -> std::vector<const Form*>;

// The placeholders of a form, in their order.
auto wishes(std::string_view members) -> std::vector<std::string_view>;

// The words of <a|b|c>.
auto alternatives(std::string_view wish) -> std::vector<std::string>;

// The members with all placeholders replaced by `word(placeholder, index)`; nothing if it returns no word.
using WordFor = std::function<std::optional<std::string>(std::string_view wish, std::size_t number)>;
auto filled(std::string_view members, const WordFor& word) -> std::optional<std::string>;

}  // namespace workmail::test
