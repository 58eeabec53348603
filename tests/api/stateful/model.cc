#include "tests/api/stateful/model.h"

#include <algorithm>

namespace workmail::test::stateful {

auto Model::call(const Move& move, const std::string& made) -> Reply {
  const auto& place = now_.places.of(move);
  rapidjson::Document input;
  input.Parse(now_.places.input(move).c_str());
  auto reply = now_.reference.call(place.account, place.region, move.form->operation, input, made);
  if (reply.error.empty()) now_.places.learn(move, made);
  return reply;
}

void Model::happen(const Move& move) {
  const std::string_view event = move.form->operation;
  if (event == "advance hours") now_.reference.advance(number(move) * kHour);
  if (event == "take snapshot") taken_.insert_or_assign(number(move), now_);
  if (event == "restore snapshot" && taken_.contains(number(move))) now_ = taken_.at(number(move));
  if (event == "reset account") now_.reference.reset_account(now_.places.of(move).account);
}

auto Model::has_organization(const Move& move) const -> bool {
  const auto& organizations = now_.reference.organizations();
  return std::any_of(organizations.begin(), organizations.end(), [&](const Organization& organization) {
    return organization.id == now_.places.of(move).organization && organization.state == "Active";
  });
}

auto random_sequence(std::uint32_t seed, std::size_t steps, const Reference& reference) -> std::vector<Move> {
  constexpr int kTries = 8;             // attempts to find words with which the operation succeeds
  constexpr unsigned kAnyWords = 6;     // one in so many steps uses the first words
  constexpr unsigned kBeginAgain = 15;  // one in so many steps, while the first organization does not exist
  std::mt19937 random(seed);
  Model model(reference);
  int made = 0;
  // Failed steps change nothing. An organization in the place of another would only hide the other.
  const auto succeeds = [&](const Move& move) {
    if (move.form->operation == std::string_view("CreateOrganization") && model.has_organization(move)) return false;
    return model.call(move, "made-" + std::to_string(++made)).error.empty();
  };
  std::vector<Move> sequence;
  while (sequence.size() < steps) {
    if (sequence.empty() || (!model.has_organization(sequence.front()) && random() % kBeginAgain == 0)) {
      for (const auto& move : first_moves()) {
        succeeds(move);
        sequence.push_back(move);
      }
    }
    const auto& form = random_form(random);
    auto move = random_move(random, form);
    const int tries = random() % kAnyWords == 0 ? 1 : kTries;
    if (is_event(move)) model.happen(move);
    for (int i = 1; !is_event(move) && !succeeds(move) && i < tries; ++i) move = random_move(random, form);
    sequence.push_back(move);
  }
  return sequence;
}

}  // namespace workmail::test::stateful
