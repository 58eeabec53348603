#include "server/process/lasting_tasks.h"

#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

namespace workmail::server {

void LastingTasks::add(Begin begin) {
  tasks_.push_back({.begin = std::move(begin)});
}

void LastingTasks::start(asio::io_context& io) {
  for (auto& each : tasks_) {
    if (*each.running > 0 || *each.finished) continue;
    asio::co_spawn(io, run(Presence(each.running), each.begin()),
                   [finished = each.finished](const std::exception_ptr& error) {
                     if (error) std::rethrow_exception(error);  // to the caller that runs the loop
                     *finished = true;
                   });
  }
}

auto LastingTasks::run(Presence presence, Task<void> task) -> Task<void> {
  const Presence running(std::move(presence));
  co_await std::move(task);
}

}  // namespace workmail::server
