// Writes text to a file descriptor without ever waiting for its reader, as a write to a full pipe would. What there is
// no room for is kept, up to a limit, and written later.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace workmail::server {

class Output {
 public:
  // How much is kept. It bridges the time until a slow reader of busy calls gets its turn.
  static constexpr std::size_t kKept = std::size_t{1} << 20;

  // The descriptor stays the caller's, and open for as long as this lives.
  explicit Output(int descriptor);
  ~Output();
  Output(const Output&) = delete;
  auto operator=(const Output&) -> Output& = delete;

  // Returns whether the text is written or kept; it is never divided.
  auto write(std::string_view text) -> bool;
  // Writes of what is kept as much as there is room for. Returns whether nothing is left.
  auto flush() -> bool;
  // The same, waiting for the reader for as long as it goes on reading, and `patience` beyond.
  auto flush_at_end(std::chrono::milliseconds patience) -> bool;

 private:
  enum class Kind {
    Closed,       // from the start, so that the number may become that of something else
    Plain,        // a file, which has no reader to wait for
    NonBlocking,  // reopened for this alone, because the flags of the given one are shared with other processes
    AnySocket,    // with the flag not to wait at each write
    MustBeAsked,  // whether it has room, before each write
  };

  auto write_some(std::string_view text) const -> std::size_t;

  int descriptor_;
  Kind kind_ = Kind::Closed;
  std::string kept_;
};

}  // namespace workmail::server
