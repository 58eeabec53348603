#include "server/process/output.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <climits>

namespace workmail::server {

namespace {

auto has_room(int descriptor, std::chrono::milliseconds patience) -> bool {
  pollfd asked{.fd = descriptor, .events = POLLOUT, .revents = 0};
  return ::poll(&asked, 1, static_cast<int>(patience.count())) > 0 && (asked.revents & POLLOUT) != 0;
}

}  // namespace

Output::Output(int descriptor) : descriptor_(descriptor) {
  struct stat opened {};
  if (::fstat(descriptor, &opened) != 0) return;
  kind_ = S_ISREG(opened.st_mode) ? Kind::Plain : S_ISSOCK(opened.st_mode) ? Kind::AnySocket : Kind::MustBeAsked;
  if (kind_ != Kind::MustBeAsked) return;
  const std::string name = "/proc/self/fd/" + std::to_string(descriptor);
  const int own = ::open(name.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (own < 0) return;
  descriptor_ = own;
  kind_ = Kind::NonBlocking;
}

Output::~Output() {
  if (kind_ == Kind::NonBlocking) ::close(descriptor_);
}

auto Output::write(std::string_view text) -> bool {
  if (kind_ == Kind::Closed) return true;
  if (flush()) text.remove_prefix(write_some(text));
  if (text.empty()) return true;
  // A text that was partly written must be completed, even beyond the limit.
  const bool may_have_begun = kept_.empty();
  if (!may_have_begun && kept_.size() + text.size() > kKept) return false;
  kept_ += text;
  return true;
}

auto Output::flush() -> bool {
  if (kept_.empty()) return true;
  kept_.erase(0, write_some(kept_));
  if (kept_.empty()) kept_.shrink_to_fit();
  return kept_.empty();
}

auto Output::flush_at_end(std::chrono::milliseconds patience) -> bool {
  while (!flush()) {
    const auto before = kept_.size();
    if (!has_room(descriptor_, patience)) return false;
    if (!flush() && kept_.size() == before) return false;
  }
  return true;
}

// Writes without waiting; returns the number of bytes.
auto Output::write_some(std::string_view text) const -> std::size_t {
  std::size_t written = 0;
  while (written < text.size()) {
    auto part = text.substr(written);
    // A pipe that is writable has room for at least this many bytes.
    if (kind_ == Kind::MustBeAsked) part = part.substr(0, PIPE_BUF);
    if (kind_ == Kind::MustBeAsked && !has_room(descriptor_, std::chrono::milliseconds(0))) break;
    const auto size = kind_ == Kind::AnySocket
                          ? ::send(descriptor_, part.data(), part.size(), MSG_DONTWAIT | MSG_NOSIGNAL)
                          : ::write(descriptor_, part.data(), part.size());
    if (size <= 0) break;
    written += static_cast<std::size_t>(size);
  }
  return written;
}

}  // namespace workmail::server
