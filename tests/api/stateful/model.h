// The part of the test that needs no service: the reference, the places that steps refer to, and snapshots. Also
// generates the random sequences.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/api/stateful/moves.h"
#include "tests/api/stateful/reference.h"

namespace workmail::test::stateful {

class Model {
 public:
  explicit Model(const Reference& reference) : now_{reference, {}} {}

  // Applies a step with an operation. `made` is the identifier that the service returned for a new object.
  auto call(const Move& move, const std::string& made) -> Reply;
  // Applies a step with an event outside the API.
  void happen(const Move& move);
  // Whether the step's organization exists and is Active.
  [[nodiscard]] auto has_organization(const Move& move) const -> bool;

  [[nodiscard]] auto reference() -> Reference& { return now_.reference; }
  [[nodiscard]] auto places() const -> const Places& { return now_.places; }

 private:
  struct World {
    Reference reference;
    Places places;
  };

  World now_;
  std::map<int, World> taken_;
};

// Generates a sequence in which most steps succeed for the reference.
auto random_sequence(std::uint32_t seed, std::size_t steps, const Reference& reference) -> std::vector<Move>;

}  // namespace workmail::test::stateful
