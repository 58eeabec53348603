// What the stateful test does, as data: a move names an operation and chooses its words by numbers, never by the
// identifiers that a run gives, so that a part of a sequence means what it meant in the whole.
#pragma once

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/api/random_forms.h"

namespace workmail::test::stateful {

// Operations, and events outside the API: those are in small letters. A move chooses the words; <new …> is the place
// that remembers what is made.
auto forms() -> const std::vector<Form>&;

struct Move {
  const Form* form = nullptr;
  int organization = 0;      // the place
  std::vector<int> choices;  // one for each <…>
};

// Where the organizations and entities are that moves speak of. The first places are of different kinds, the last one
// is never filled: an identifier that nothing has.
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
  // Remembers the identifier of what the move has made.
  void learn(const Move& move, const std::string& made);

 private:
  std::array<Place, kPlaces> places_;
};

auto is_event(const Move& move) -> bool;
// The number in the event's word.
auto number(const Move& move) -> int;

auto random_form(std::mt19937& random) -> const Form&;
auto random_move(std::mt19937& random, const Form& form) -> Move;
// The same sequence each time: organizations, domains and entities, so that there is something to work on.
auto first_moves() -> std::vector<Move>;
// Moves that are the same but for one simpler word.
auto simpler(const Move& move) -> std::vector<Move>;
// For a person to read.
auto line(const Move& move) -> std::string;

}  // namespace workmail::test::stateful
