// The steps ("moves") of the stateful test, as data. A move has an operation and selects its words by numbers instead
// of the identifiers of a run, so that a part of a sequence has the same meaning as in the whole.
#pragma once

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/api/random_forms.h"

namespace workmail::test::stateful {

// Operations, and events outside the API in lower case. A move selects the words; <new …> is the place that stores the
// identifier of the new object.
auto forms() -> const std::vector<Form>&;

struct Move {
  const Form* form = nullptr;
  int organization = 0;      // the place
  std::vector<int> choices;  // one for each <…>
};

// The places of organizations and entities that moves refer to. The first places are of different kinds; the last one
// is never filled, for an unknown identifier.
struct Place {
  std::string account;
  std::string region;
  std::string organization = "m-ffffffffffffffffffffffffffffffff";
  std::string alias = "nobody";
  std::array<std::string, 13> entities;
};

constexpr int kOrganizations = 3;
constexpr int kPlaces = kOrganizations + 2;

class Places {
 public:
  Places();

  [[nodiscard]] auto of(const Move& move) const -> const Place&;
  // The input of the move's operation as JSON.
  [[nodiscard]] auto input(const Move& move) const -> std::string;
  // Stores the identifier of the object that the move has created.
  void learn(const Move& move, const std::string& made);

 private:
  std::array<Place, kPlaces> places_;
};

auto is_event(const Move& move) -> bool;
// The number in the word of the event.
auto number(const Move& move) -> int;

auto random_form(std::mt19937& random) -> const Form&;
auto random_move(std::mt19937& random, const Form& form) -> Move;
// A fixed sequence at the start: organizations, domains and entities.
auto first_moves() -> std::vector<Move>;
// The same move with one word replaced by a simpler one.
auto simpler(const Move& move) -> std::vector<Move>;
// A text for developers.
auto line(const Move& move) -> std::string;

}  // namespace workmail::test::stateful
