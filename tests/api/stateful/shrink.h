// Shrinks a failing sequence: first removes parts, large ones first, then replaces elements by simpler ones. Does not
// know the elements; `fails` runs a sequence from the start.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace workmail::test {

// Removes as many elements as possible: parts of half the length, a quarter and so on, down to single elements, until
// none can be removed.
template <class Element, class Fails>
auto without_what_can_go(std::vector<Element> sequence, Fails fails) -> std::vector<Element> {
  for (std::size_t part = std::max<std::size_t>(sequence.size() / 2, 1);;) {
    const auto before = sequence.size();
    for (std::size_t begin = 0; begin < sequence.size();) {
      const auto end = std::min(begin + part, sequence.size());
      auto shorter = sequence;
      shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(begin),
                    shorter.begin() + static_cast<std::ptrdiff_t>(end));
      if (fails(shorter))
        sequence = std::move(shorter);
      else
        begin = end;
    }
    if (part > 1)
      part /= 2;
    else if (sequence.size() == before)
      return sequence;
  }
}

// Replaces each element by the first of simpler(element) with which the sequence still fails.
template <class Element, class Fails, class Simpler>
auto with_simpler_elements(std::vector<Element> sequence, Fails fails, Simpler simpler) -> std::vector<Element> {
  for (std::size_t i = 0; i < sequence.size();) {
    const auto candidates = simpler(sequence[i]);
    const auto found = std::find_if(candidates.begin(), candidates.end(), [&](const Element& candidate) {
      auto changed = sequence;
      changed[i] = candidate;
      return fails(changed);
    });
    if (found == candidates.end())
      ++i;
    else
      sequence[i] = *found;
  }
  return sequence;
}

template <class Element, class Fails, class Simpler>
auto shrink(std::vector<Element> sequence, Fails fails, Simpler simpler) -> std::vector<Element> {
  sequence = without_what_can_go(std::move(sequence), fails);
  sequence = with_simpler_elements(std::move(sequence), fails, simpler);
  return without_what_can_go(std::move(sequence), fails);
}

}  // namespace workmail::test
