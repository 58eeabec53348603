// Coroutines that have to run as long as the server does. When memory is out, Asio ends a coroutine by destroying it,
// and passes the exception to the caller that runs the loop, which starts the coroutine again.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <memory>

#include "server/process/asio.h"

namespace workmail::server {

// Counts something for as long as it exists, in a coroutine for as long as that has not ended, whatever ends it.
class Presence {
 public:
  explicit Presence(std::shared_ptr<std::size_t> count) : count_(std::move(count)) { ++*count_; }
  ~Presence() {
    if (count_) --*count_;
  }
  Presence(Presence&& other) noexcept : count_(std::move(other.count_)) {}
  Presence(const Presence&) = delete;
  auto operator=(const Presence&) -> Presence& = delete;
  auto operator=(Presence&&) -> Presence& = delete;

 private:
  std::shared_ptr<std::size_t> count_;
};

class LastingTasks {
 public:
  using Begin = std::function<Task<void>()>;

  // Makes the task, as often as it has to begin; it may end without an exception, and then does not begin again.
  void add(Begin begin);
  // Starts those that do not run. Throws when memory is still out.
  void start(asio::io_context& io);

 private:
  struct Each {
    Begin begin;
    std::shared_ptr<std::size_t> running = std::make_shared<std::size_t>(0);
    std::shared_ptr<bool> finished = std::make_shared<bool>(false);
  };

  static auto run(Presence presence, Task<void> task) -> Task<void>;

  std::list<Each> tasks_;
};

}  // namespace workmail::server
