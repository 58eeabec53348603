// The side of a sequence that needs no service: the reference, the places that moves speak of, and the snapshots taken.
// Makes the random sequences, too.
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

  // Makes the move of an operation. `made` is the identifier that the service gave to what it makes.
  auto call(const Move& move, const std::string& made) -> Reply;
  // Makes the move of an event outside the API.
  void happen(const Move& move);
  // Whether the move's place has an Active one.
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

// Most of its moves succeed, for the reference.
auto random_sequence(std::uint32_t seed, std::size_t steps, const Reference& reference) -> std::vector<Move>;

}  // namespace workmail::test::stateful
