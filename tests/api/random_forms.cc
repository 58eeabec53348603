#include "tests/api/random_forms.h"

namespace workmail::test {

auto weighted(const std::vector<Form>& forms) -> std::vector<const Form*> {
  std::vector<const Form*> all;
  for (const auto& form : forms) all.insert(all.end(), static_cast<std::size_t>(form.weight), &form);
  return all;
}

auto wishes(std::string_view members) -> std::vector<std::string_view> {
  std::vector<std::string_view> found;
  while (true) {
    const auto open = members.find('<');
    if (open == std::string_view::npos) return found;
    const auto close = members.find('>', open);
    found.push_back(members.substr(open + 1, close - open - 1));
    members.remove_prefix(close + 1);
  }
}

auto alternatives(std::string_view wish) -> std::vector<std::string> {
  std::vector<std::string> words(1);
  for (const char letter : wish) {
    if (letter == '|')
      words.emplace_back();
    else
      words.back() += letter;
  }
  return words;
}

auto filled(std::string_view members, const WordFor& word) -> std::optional<std::string> {
  std::string text;
  for (std::size_t number = 0;; ++number) {
    const auto open = members.find('<');
    text += members.substr(0, open);
    if (open == std::string_view::npos) return text;
    const auto close = members.find('>', open);
    const auto found = word(members.substr(open + 1, close - open - 1), number);
    if (!found) return std::nullopt;
    text += *found;
    members.remove_prefix(close + 1);
  }
}

}  // namespace workmail::test
