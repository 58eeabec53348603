// A reader that does not read the program's output blocks neither calls nor the end of the program; missing lines are
// logged.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "running.h"
#include "server/process/output.h"

namespace workmail::server {
namespace {

constexpr int kPatienceMilliseconds = 20'000;
constexpr int kSmall = 4096;

auto lines_in(const std::string& text) -> long {
  return std::count(text.begin(), text.end(), '\n');
}

// The number before this text; 0 if it is absent.
auto number_before(const std::string& text, const std::string& what) -> long {
  const auto end = text.find(what);
  if (end == std::string::npos) return 0;
  const auto begin = text.find_last_not_of("0123456789", end - 1) + 1;
  return std::stol(text.substr(begin, end - begin));
}

// The reader's end of a pipe with the minimum capacity.
class Reader {
 public:
  explicit Reader(int end) : end_(end) { ::fcntl(end_, F_SETPIPE_SZ, kSmall); }
  ~Reader() { ::close(end_); }
  Reader(const Reader&) = delete;
  auto operator=(const Reader&) -> Reader& = delete;

  // False if the other end is closed, or nothing arrives for a long time.
  auto read_more() -> bool {
    pollfd waiting{.fd = end_, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, kPatienceMilliseconds) <= 0) return false;
    char buffer[kSmall];
    const auto size = ::read(end_, buffer, sizeof buffer);
    if (size > 0) text_.append(buffer, static_cast<std::size_t>(size));
    return size > 0;
  }
  auto read_until(const std::string& text) -> bool {
    while (text_.find(text) == std::string::npos) {
      if (!read_more()) return false;
    }
    return true;
  }
  [[nodiscard]] auto text() const -> const std::string& { return text_; }

 private:
  int end_;
  std::string text_;
};

// Both ends of a pipe; the program gets the writing end.
struct Pipe {
  Pipe() { EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0); }
  // Closes the writing end when the program has it.
  void close_mine() {
    ::close(ends[1]);
    ends[1] = -1;
  }
  ~Pipe() {
    if (ends[1] >= 0) ::close(ends[1]);
  }
  Pipe(const Pipe&) = delete;
  auto operator=(const Pipe&) -> Pipe& = delete;

  int ends[2] = {-1, -1};
};

const std::string kLongPath = "/" + std::string(450, 'x');

// More log lines than the pipe and the program have room for.
constexpr long kTooMany = static_cast<long>(Output::kKept) / 500 + 100;

void ask_often(const Running& program, long times) {
  Client client(program.port());
  for (long i = 0; i < times; ++i) {
    client.send(request_text("GET", kLongPath, ""));
    ASSERT_EQ(client.receive().status, 404) << i;
  }
}

TEST(UnreadLog, LosesLinesAndNoCallsAndLogsHowMany) {
  Pipe pipe;
  Reader reader(pipe.ends[0]);
  Running program({}, {}, 0, {.errors = pipe.ends[1]});
  pipe.close_mine();
  ask_often(program, kTooMany);
  // Arrives when there is room again, without another call.
  ASSERT_TRUE(reader.read_until(" lines are missing here: ")) << reader.text().substr(0, 2000);
  ASSERT_TRUE(reader.read_until("error was blocked.\"\n"));
  const long missing = number_before(reader.text(), " lines are missing here");
  EXPECT_GT(missing, 0);
  EXPECT_EQ(lines_in(reader.text()) - 1 + missing, kTooMany);

  program.ask("GET", "/read-again");
  EXPECT_TRUE(reader.read_until("/read-again"));
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
}

TEST(UnreadLog, IsCompleteAtTheEnd) {
  constexpr long kLines = 50;
  Pipe pipe;
  Reader reader(pipe.ends[0]);
  Running program({}, {}, 0, {.errors = pipe.ends[1]});
  pipe.close_mine();
  ask_often(program, kLines);
  program.signal(SIGTERM);
  while (reader.read_more()) {
  }
  EXPECT_EQ(lines_in(reader.text()), kLines);
  EXPECT_EQ(program.wait(), 0);
}

TEST(UnreadLog, DoesNotBlockTheEnd) {
  Pipe pipe;
  const Reader reader(pipe.ends[0]);
  Running program({}, {}, 0, {.errors = pipe.ends[1]});
  ask_often(program, 50);
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
}

TEST(UnreadOutput, BlocksNeitherTheStartNorTheCalls) {
  const Folder folder;
  const std::string port_file = folder.file("port");
  Pipe pipe;
  Reader reader(pipe.ends[0]);
  ASSERT_EQ(::write(pipe.ends[1], std::string(kSmall, '.').data(), kSmall), kSmall);
  Program program({"--listen", "localhost:0", "--port-file", port_file}, {}, 0, {.output = pipe.ends[1]});
  Program check({"healthcheck", "--wait", "20s", "--listen", "localhost:0", "--port-file", port_file});
  EXPECT_EQ(check.wait(), 0) << check.errors();
  EXPECT_TRUE(reader.read_until("\nReady.\n")) << reader.text();
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
}

TEST(UnreadCloudTrail, WaitsForNoReader) {
  const Folder folder;
  const std::string path = folder.file("trail");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  Running program({"--cloudtrail", path});
  EXPECT_EQ(program.call("ListOrganizations", "{}").status, 200);
  EXPECT_EQ(program.call("ListOrganizations", "{}").status, 200);
  EXPECT_TRUE(program.has_said(path + " cannot be written: the pipe has no reader.")) << program.errors();

  Reader reader(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  EXPECT_EQ(program.call("CreateOrganization", R"({"Alias":"read"})").status, 200);
  ASSERT_TRUE(reader.read_until("\n"));
  EXPECT_NE(reader.text().find(R"("eventName":"CreateOrganization")"), std::string::npos) << reader.text();
  EXPECT_TRUE(program.has_said("can be written again; 2 records are missing.")) << program.errors();
}

TEST(UnreadCloudTrail, LosesRecordsAndNoCallsAndLogsHowMany) {
  const Folder folder;
  const std::string path = folder.file("trail");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  Reader reader(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  Running program({"--cloudtrail", path, "--log-level", "warning"});
  const std::string input = R"({"Alias":")" + std::string(3000, 'x') + "\"}";
  Client client(program.port());
  long calls = 0;
  const auto call = [&] {
    client.send(call_text("CreateOrganization", input));
    ASSERT_EQ(client.receive().status, 400);
    ++calls;
  };
  for (std::size_t sent = 0; sent < Output::kKept + 2 * kSmall; sent += input.size()) call();
  ASSERT_TRUE(program.has_said("the reader of the pipe is too slow")) << program.errors();

  // Buffered text arrives without another call.
  while (reader.text().size() < Output::kKept / 2) ASSERT_TRUE(reader.read_more());
  const std::string again = "can be written again; ";
  while (program.errors().find(again) == std::string::npos) {
    ASSERT_TRUE(reader.read_more());
    call();
  }
  EXPECT_TRUE(program.has_said(" records are missing."));
  const long missing = number_before(program.errors(), " records are missing.");
  EXPECT_GT(missing, 0);
  program.signal(SIGTERM);
  while (reader.read_more()) {
  }
  EXPECT_EQ(lines_in(reader.text()) + missing, calls);
  EXPECT_EQ(program.wait(), 0);
}

}  // namespace
}  // namespace workmail::server
