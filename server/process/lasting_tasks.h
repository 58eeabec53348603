// Coroutines that must run as long as the server. When memory is exhausted, Asio destroys a coroutine and passes the
// exception to the caller that runs the loop, which starts the coroutine again.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <memory>

#include "server/process/asio.h"

namespace workmail::server {

// Counts something as long as this object exists, for example until a coroutine ends for any reason.
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

  // Creates the task each time it must start. A task that ends without an exception is not started again.
  void add(Begin begin);
  // Starts the tasks that do not run. Throws if memory is still exhausted.
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
