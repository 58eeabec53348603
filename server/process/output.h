// Writes text to a file descriptor without ever waiting for its reader, unlike a plain write to a full pipe. Text for
// which there is no room is buffered, up to a limit, and written later.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace workmail::server {

class Output {
 public:
  // The limit of the buffer, enough until a slow reader gets processor time.
  static constexpr std::size_t kKept = std::size_t{1} << 20;

  // The caller owns the descriptor, and keeps it open as long as this object exists.
  explicit Output(int descriptor);
  ~Output();
  Output(const Output&) = delete;
  auto operator=(const Output&) -> Output& = delete;

  // Returns whether the text was written or buffered; it is never split.
  auto write(std::string_view text) -> bool;
  // Writes as much of the buffer as there is room for. Returns whether nothing is left.
  auto flush() -> bool;
  // The same, but waits as long as the reader makes progress, and for `patience` without progress.
  auto flush_at_end(std::chrono::milliseconds patience) -> bool;

 private:
  enum class Kind {
    Closed,       // from the start; the number may be reused for something else
    Plain,        // a file, which has no reader to wait for
    NonBlocking,  // reopened, because the flags of the original are shared with other processes
    AnySocket,    // each write has the flag not to wait
    MustBeAsked,  // polled for room before each write
  };

  auto write_some(std::string_view text) const -> std::size_t;

  int descriptor_;
  Kind kind_ = Kind::Closed;
  std::string kept_;
};

}  // namespace workmail::server
