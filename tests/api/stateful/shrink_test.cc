// What is left of a failing sequence, with numbers for moves.
#include "tests/api/stateful/shrink.h"

#include <gtest/gtest.h>

#include <numeric>

namespace workmail::test {
namespace {

using Numbers = std::vector<int>;

auto has(const Numbers& numbers, int number) -> bool {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

auto smaller(int number) -> Numbers {
  Numbers found(static_cast<std::size_t>(number));
  std::iota(found.begin(), found.end(), 0);
  return found;
}

auto hundred() -> Numbers {
  return smaller(100);
}

TEST(Shrink, LeavesOnlyWhatIsNeeded) {
  const auto fails = [](const Numbers& numbers) { return has(numbers, 17) && has(numbers, 63); };
  EXPECT_EQ(without_what_can_go(hundred(), fails), (Numbers{17, 63}));
}

TEST(Shrink, LeavesNothingWhenNothingIsNeeded) {
  EXPECT_EQ(without_what_can_go(hundred(), [](const Numbers&) { return true; }), Numbers());
}

TEST(Shrink, LeavesEverythingWhenEverythingIsNeeded) {
  EXPECT_EQ(without_what_can_go(hundred(), [](const Numbers& numbers) { return numbers.size() == 100; }), hundred());
}

TEST(Shrink, TakesSimplerElements) {
  const auto fails = [](const Numbers& numbers) { return numbers.size() == 2 && numbers[0] > 10 && numbers[1] > 3; };
  EXPECT_EQ(with_simpler_elements(Numbers{17, 63}, fails, smaller), (Numbers{11, 4}));
}

TEST(Shrink, LetsGoWhatSimplerElementsMakeNeedless) {
  const auto fails = [](const Numbers& numbers) {
    return numbers == Numbers{3, 2} || numbers == Numbers{3, 0} || numbers == Numbers{0};
  };
  EXPECT_EQ(shrink(Numbers{3, 2}, fails, smaller), Numbers{0});
}

}  // namespace
}  // namespace workmail::test
