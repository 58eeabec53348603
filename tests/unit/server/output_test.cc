#include "server/process/output.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

namespace workmail::server {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kNoPatience{0};

auto read_all(int descriptor) -> std::string {
  std::string text;
  char buffer[4096];
  for (;;) {
    const auto size = ::read(descriptor, buffer, sizeof buffer);
    if (size <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(size));
  }
}

auto capacity_of(int pipe) -> std::size_t {
  return static_cast<std::size_t>(::fcntl(pipe, F_GETPIPE_SZ));
}

struct Pipe {
  Pipe() {
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    ::fcntl(ends[0], F_SETPIPE_SZ, 4096);
  }
  ~Pipe() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  Pipe(const Pipe&) = delete;
  auto operator=(const Pipe&) -> Pipe& = delete;
  int ends[2] = {-1, -1};
};

// Fills the pipe and the buffer, and checks that every accepted text is complete.
void expect_no_waiting(int written, int read) {
  Output output(written);
  EXPECT_TRUE(output.write("first\n"));
  EXPECT_EQ(read_all(read), "first\n");
  EXPECT_TRUE(output.flush());

  const std::string line = std::string(999, 'x') + '\n';
  std::string taken;
  while (output.write(line)) taken += line;
  EXPECT_GE(taken.size(), Output::kKept);
  EXPECT_LE(taken.size(), Output::kKept + line.size() + (std::size_t{1} << 20));
  EXPECT_FALSE(output.write(line));
  EXPECT_FALSE(output.flush());
  EXPECT_FALSE(output.flush_at_end(kNoPatience));

  std::string received;
  do {
    received += read_all(read);
  } while (!output.flush());
  received += read_all(read);
  EXPECT_TRUE(received == taken);
  EXPECT_TRUE(output.flush_at_end(kNoPatience));
  EXPECT_TRUE(output.write("last\n"));
  EXPECT_EQ(read_all(read), "last\n");
}

TEST(Output, NeverWaitsForAPipe) {
  const Pipe pipe;
  expect_no_waiting(pipe.ends[1], pipe.ends[0]);
  // Other processes share the descriptor and its flags.
  EXPECT_EQ(::fcntl(pipe.ends[1], F_GETFL) & O_NONBLOCK, 0);
}

TEST(Output, NeverWaitsForASocket) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  expect_no_waiting(ends[1], ends[0]);
  ::close(ends[0]);
  ::close(ends[1]);
}

// Like a pipe of another user.
TEST(Output, NeverWaitsForAPipeThatCannotBeReopened) {
  constexpr uid_t kNobody = 65534;
  const Pipe pipe;
  ASSERT_EQ(::fchmod(pipe.ends[1], 0), 0);
  const bool root = ::geteuid() == 0;
  if (root) {
    EXPECT_EQ(::seteuid(kNobody), 0);
  }
  expect_no_waiting(pipe.ends[1], pipe.ends[0]);
  if (root) {
    EXPECT_EQ(::seteuid(0), 0);
  }
}

TEST(Output, FinishesWhatHasBegun) {
  const Pipe pipe;
  Output output(pipe.ends[1]);
  const std::string text(capacity_of(pipe.ends[0]) + Output::kKept + 1, 'x');
  EXPECT_TRUE(output.write(text));
  EXPECT_FALSE(output.write("y"));
}

TEST(Output, IsLostWhenItsReaderHasGone) {
  Pipe pipe;
  Output output(pipe.ends[1]);
  ::close(pipe.ends[0]);
  pipe.ends[0] = -1;
  ::signal(SIGPIPE, SIG_IGN);
  EXPECT_TRUE(output.write("x"));
  EXPECT_FALSE(output.flush_at_end(std::chrono::seconds(10)));
  ::signal(SIGPIPE, SIG_DFL);
}

TEST(Output, IsKeptWhenTheFileIsFull) {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(full, 0);
  Output output(full);
  EXPECT_TRUE(output.write("x"));
  EXPECT_FALSE(output.flush());
  EXPECT_FALSE(output.flush_at_end(std::chrono::seconds(10)));
  ::close(full);
}

TEST(Output, IsDiscardedWhenTheDescriptorIsClosed) {
  constexpr int kClosed = 200;
  Output output(kClosed);
  // The number now belongs to another file, which must not be written.
  const Pipe pipe;
  ASSERT_EQ(::dup2(pipe.ends[1], kClosed), kClosed);
  EXPECT_TRUE(output.write("x"));
  EXPECT_TRUE(output.flush());
  EXPECT_EQ(read_all(pipe.ends[0]), "");
  ::close(kClosed);
}

}  // namespace
}  // namespace workmail::server
