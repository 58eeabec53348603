#include "program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "server/options.h"

namespace workmail::server {

namespace {

constexpr int kPatienceMilliseconds = 20'000;

// The environment variables of this process without those of the program, and the given ones.
auto variables_with(const Program::Variables& wanted) -> std::vector<std::string> {
  std::vector<std::string> entries;
  for (const auto& [name, value] : environment()) {
    if (!name.starts_with("WORKMAIL_")) entries.push_back(name + "=" + value);
  }
  for (const auto& [name, value] : wanted) entries.push_back(name + "=" + value);
  return entries;
}

auto pointers_to(std::vector<std::string>& texts) -> std::vector<char*> {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments, const Variables& variables, unsigned descriptors,
                 Streams streams) {
  std::string errors_file = std::filesystem::temp_directory_path() / "workmail-errors-XXXXXX";
  const int errors = ::mkostemp(errors_file.data(), O_CLOEXEC);
  errors_file_ = errors_file;
  int ends[2];
  EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);

  std::vector<std::string> words{WORKMAIL_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  auto entries = variables_with(variables);
  const auto word_pointers = pointers_to(words);
  const auto entry_pointers = pointers_to(entries);
  process_ = ::fork();
  EXPECT_NE(process_, -1);
  if (process_ == 0) {
    ::dup2(streams.output < 0 ? ends[1] : streams.output, STDOUT_FILENO);
    ::dup2(streams.errors < 0 ? errors : streams.errors, STDERR_FILENO);
    const rlimit limit{descriptors, descriptors};
    if (descriptors != 0) ::setrlimit(RLIMIT_NOFILE, &limit);
    ::execve(WORKMAIL_PROGRAM, word_pointers.data(), entry_pointers.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  ::close(errors);
  pipe_ = ends[0];
}

Program::~Program() {
  if (process_ > 0) {  // -1 would be every process of the machine
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  ::close(pipe_);
  std::filesystem::remove(errors_file_);
}

auto Program::read_more() -> bool {
  pollfd waiting{.fd = pipe_, .events = POLLIN, .revents = 0};
  EXPECT_GT(::poll(&waiting, 1, kPatienceMilliseconds), 0) << "the program writes nothing: " << output_ << errors();
  if (waiting.revents == 0) return false;
  char buffer[4096];
  const auto size = ::read(pipe_, buffer, sizeof buffer);
  if (size <= 0) return false;
  output_.append(buffer, static_cast<std::size_t>(size));
  return true;
}

auto Program::wait_until_ready() -> bool {
  while (!output_.ends_with("\nReady.\n")) {
    if (!read_more()) return false;
  }
  return true;
}

void Program::signal(int number) const {
  ASSERT_GT(process_, 0);
  ::kill(process_, number);
}

void Program::limit_memory(std::size_t more) const {
  rlim_t pages = 0;
  std::ifstream("/proc/" + std::to_string(process_) + "/statm") >> pages;
  ASSERT_GT(pages, 0U);
  const rlim_t bytes = pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + more;
  const rlimit limit{bytes, bytes};
  ASSERT_EQ(::prlimit(process_, RLIMIT_AS, &limit, nullptr), 0);
}

auto Program::wait() -> int {
  while (read_more()) {
  }
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

auto Program::has_said(const std::string& text) const -> bool {
  for (int waited = 0; waited < kPatienceMilliseconds; ++waited) {
    if (errors().find(text) != std::string::npos) return true;
    ::poll(nullptr, 0, 1);
  }
  return false;
}

auto Program::errors() const -> std::string {
  return read_file(errors_file_);
}

auto Program::port() const -> std::uint16_t {
  const auto colon = output_.find(':', output_.find("Endpoint: http://") + 17);
  return static_cast<std::uint16_t>(std::atoi(output_.c_str() + colon + 1));
}

Folder::Folder() {
  std::string path = std::filesystem::temp_directory_path() / "workmail-test-XXXXXX";
  EXPECT_NE(::mkdtemp(path.data()), nullptr);
  path_ = path;
}

Folder::~Folder() {
  std::filesystem::remove_all(path_);
}

auto read_file(const std::string& path) -> std::string {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace workmail::server
