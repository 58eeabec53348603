#include "server/process/lasting_tasks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <new>
#include <string>

#include "server/process/rare_warnings.h"

namespace workmail::server {
namespace {

auto fail_until(int last, int& begun) -> Task<void> {
  if (++begun < last) throw std::bad_alloc();
  co_return;
}

TEST(LastingTasks, StartAgainUntilTheyEndWithoutAnException) {
  asio::io_context io{1};
  LastingTasks tasks;
  int begun = 0;
  tasks.add([&] { return fail_until(3, begun); });
  for (int i = 0; i < 2; ++i) {
    tasks.start(io);
    EXPECT_THROW(io.run(), std::bad_alloc);
    io.restart();
  }
  for (int i = 0; i < 2; ++i) {
    tasks.start(io);
    io.run();
    io.restart();
  }
  EXPECT_EQ(begun, 3);
}

auto wait_for_ever(Timer& timer, int& begun) -> Task<void> {
  ++begun;
  co_await timer.async_wait(kAwait);
}

TEST(LastingTasks, DoNotBeginWhileTheyRun) {
  asio::io_context io{1};
  Timer timer(io.get_executor(), Steady::time_point::max());
  LastingTasks tasks;
  int begun = 0;
  tasks.add([&] { return wait_for_ever(timer, begun); });
  for (int i = 0; i < 3; ++i) {
    tasks.start(io);
    io.poll();
  }
  EXPECT_EQ(begun, 1);
}

auto be_present(Presence presence, Timer& timer) -> Task<void> {
  const Presence present(std::move(presence));
  co_await timer.async_wait(kAwait);
}

TEST(Presence, EndsWithTheCoroutineWhateverEndsThat) {
  const auto count = std::make_shared<std::size_t>(0);
  {
    asio::io_context io{1};
    Timer timer(io.get_executor(), Steady::time_point::max());
    asio::co_spawn(io, be_present(Presence(count), timer), asio::detached);
    io.poll();
    EXPECT_EQ(*count, 1U);
  }
  EXPECT_EQ(*count, 0U);
}

TEST(RareWarnings, AreLoggedOnceASecond) {
  testing::internal::CaptureStderr();
  {
    Log log(LogFormat::Text, LogLevel::Info);
    RareWarnings warnings(log);
    const Steady::time_point start{};
    for (const int milliseconds : {0, 0, 500, 999, 1000, 1999, 2000}) {
      warnings.warn("Nothing works", "no memory", start + std::chrono::milliseconds(milliseconds));
    }
  }
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 3) << log;
  EXPECT_NE(log.find("message=\"Nothing works: no memory.\""), std::string::npos) << log;
  EXPECT_NE(log.find("(3 more were not logged)."), std::string::npos) << log;
  EXPECT_NE(log.find("(1 more were not logged)."), std::string::npos) << log;
}

}  // namespace
}  // namespace workmail::server
