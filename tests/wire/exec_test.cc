// The command exec: another program beside the server.
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "program.h"
#include "server/exec.h"
#include "wire.h"

namespace workmail::server {
namespace {

using Words = std::vector<std::string>;

// The built program with this behind `exec`.
auto exec(Words words) -> Words {
  words.insert(words.begin(), "exec");
  return words;
}

auto shell(const std::string& script) -> Words {
  return exec({"--", "sh", "-c", script});
}

// The lines NAME=value in the output of a program.
auto variables_in(const std::string& output) -> Environment {
  Environment variables;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    if (equals != std::string::npos) variables[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return variables;
}

// Empty variables count as unset, independently of this process.
auto with_no_proxies(Program::Variables variables) -> Program::Variables {
  variables.insert({{"no_proxy", ""}, {"NO_PROXY", ""}});
  return variables;
}

TEST(Exec, RunsTheProgramAndEndsWithItsStatus) {
  Program program(shell("echo out; echo err >&2; exit 7"));
  EXPECT_EQ(program.wait(), 7);
  EXPECT_EQ(program.output(), "out\n");
  EXPECT_EQ(program.errors(), "err\n");
}

TEST(Exec, PassesTheWordsAsTheyAre) {
  Program program(exec({"--", "printf", "<%s>", "a b", "", "--data", "--", "$HOME"}));
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(program.output(), "<a b><><--data><--><$HOME>");
}

TEST(Exec, PassesTheAddressOfTheServerToTheProgram) {
  Program program(exec({"--account", "111122223333", "--region", "eu-west-1", "--", "env"}));
  EXPECT_EQ(program.wait(), 0);
  auto variables = variables_in(program.output());
  EXPECT_TRUE(variables["WORKMAIL_URL"].starts_with("http://localhost:")) << variables["WORKMAIL_URL"];
  EXPECT_EQ(variables["AWS_ENDPOINT_URL_WORKMAIL"], variables["WORKMAIL_URL"]);
  EXPECT_EQ(variables["AWS_ENDPOINT_URL_WORKMAILMESSAGEFLOW"], variables["WORKMAIL_URL"]);
  EXPECT_EQ(variables["AWS_ACCESS_KEY_ID"], "111122223333");
  EXPECT_NE(variables["AWS_SECRET_ACCESS_KEY"], "");
  EXPECT_EQ(variables["AWS_REGION"], "eu-west-1");
  EXPECT_EQ(variables["AWS_DEFAULT_REGION"], "eu-west-1");
}

TEST(Exec, RemovesVariablesThatPointElsewhere) {
  Program program(exec({"--", "env"}), {{"AWS_PROFILE", "production"},
                                        {"AWS_SESSION_TOKEN", "token"},
                                        {"AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"},
                                        {"AWS_ENDPOINT_URL_WORKMAIL", "http://elsewhere"},
                                        {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"},
                                        {"KEPT", "as it is"}});
  EXPECT_EQ(program.wait(), 0);
  auto variables = variables_in(program.output());
  EXPECT_EQ(variables.count("AWS_PROFILE"), 0U);
  EXPECT_EQ(variables.count("AWS_SESSION_TOKEN"), 0U);
  EXPECT_EQ(variables.count("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), 0U);
  EXPECT_EQ(variables["AWS_ACCESS_KEY_ID"], "000000000000");
  EXPECT_EQ(variables["AWS_ENDPOINT_URL_WORKMAIL"], variables["WORKMAIL_URL"]);
  EXPECT_EQ(variables["KEPT"], "as it is");
}

TEST(Exec, KeepsProxiesOutOfTheWay) {
  const std::string here = "localhost,127.0.0.1,::1";
  const std::tuple<Program::Variables, std::string, std::string> cases[] = {
      {{}, here, here},
      {{{"NO_PROXY", "corp.example"}}, "corp.example," + here, "corp.example," + here},
      {{{"no_proxy", "corp.example"}}, "corp.example," + here, "corp.example," + here},
      {{{"no_proxy", "small"}, {"NO_PROXY", "LARGE"}}, "small," + here, "LARGE," + here},
      {{{"NO_PROXY", "::1,x.localhost,localhost"}},
       "::1,x.localhost,localhost,127.0.0.1",
       "::1,x.localhost,localhost,127.0.0.1"},
      {{{"NO_PROXY", "*"}}, "*", "*"},
  };
  for (const auto& [given, small, large] : cases) {
    Program program(exec({"--", "env"}), with_no_proxies(given));
    EXPECT_EQ(program.wait(), 0);
    auto variables = variables_in(program.output());
    EXPECT_EQ(variables["no_proxy"], small);
    EXPECT_EQ(variables["NO_PROXY"], large);
  }
}

TEST(Exec, LogsRequestsWhenALogIsWanted) {
  const std::string ask =
      "exec 3<>/dev/tcp/localhost/${WORKMAIL_URL##*:}; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3";
  Program quiet(exec({"--", "bash", "-c", ask}));
  EXPECT_EQ(quiet.wait(), 0);
  EXPECT_NE(quiet.output().find("200 OK"), std::string::npos) << quiet.output() << quiet.errors();
  EXPECT_EQ(quiet.errors(), "");
  Program logged(exec({"--log", "text", "--", "bash", "-c", ask}));
  EXPECT_EQ(logged.wait(), 0);
  EXPECT_NE(logged.errors().find("operation=\"GET /\" status=200"), std::string::npos) << logged.errors();
}

TEST(Exec, TakesThePortFileAwayAtTheEnd) {
  const Folder folder;
  const std::string file = folder.file("port");
  Program program(exec({"--port-file", file, "--", "cat", file}));
  EXPECT_EQ(program.wait(), 0);
  EXPECT_TRUE(std::regex_match(program.output(), std::regex("[0-9]+\n"))) << program.output();
  EXPECT_FALSE(std::filesystem::exists(file));
}

// Waits for a signal; the sleep is never completed.
const std::string kWaiting =
    "trap 'kill $!; echo HUP; exit 3' HUP; trap 'kill $!; echo INT; exit 4' INT; trap 'kill $!; echo TERM; exit 5' "
    "TERM;"
    "sleep 1000 > /dev/null 2>&1 & echo; echo Ready.; wait";

TEST(Exec, ServesWhileTheProgramRuns) {
  Program program(shell("echo $WORKMAIL_URL;" + kWaiting));
  ASSERT_TRUE(program.wait_until_ready()) << program.errors();
  const auto port = static_cast<std::uint16_t>(std::stoi(program.output().substr(17)));
  Client client(port);
  client.send(call_text("CreateOrganization", R"({"Alias":"acme"})"));
  EXPECT_EQ(client.receive().status, 200);
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 5);
}

TEST(Exec, RunsSideBySideAndInsideItself) {
  const auto nested = shell("echo $WORKMAIL_URL; exec \"$0\" exec -- sh -c 'echo $WORKMAIL_URL'");
  auto words = nested;
  words.emplace_back(WORKMAIL_PROGRAM);
  Program first(words);
  Program second(words);
  EXPECT_EQ(first.wait(), 0) << first.errors();
  EXPECT_EQ(second.wait(), 0) << second.errors();
  const auto lines = [](const std::string& output) { return std::count(output.begin(), output.end(), '\n'); };
  EXPECT_EQ(lines(first.output()), 2);
  EXPECT_EQ(lines(second.output()), 2);
  EXPECT_NE(first.output().substr(0, first.output().find('\n')), first.output().substr(first.output().find('\n') + 1));
}

TEST(Exec, StaysOnLoopbackDespiteTheVariablesOfTheImage) {
  Program program(shell("echo $WORKMAIL_URL"), {{"WORKMAIL_LISTEN", "[::]:9675"}});
  EXPECT_EQ(program.wait(), 0);
  EXPECT_TRUE(program.output().starts_with("http://localhost:"));
  EXPECT_NE(program.output(), "http://localhost:9675\n");
}

TEST(Exec, EndsLikeAProgramThatASignalEnded) {
  Program program(shell("kill -TERM $$"));
  EXPECT_EQ(program.wait(), 128 + SIGTERM);
}

TEST(Exec, DistinguishesAMissingProgramFromOneThatCannotRun) {
  Program missing(exec({"--", "no-such-program"}));
  EXPECT_EQ(missing.wait(), 127);
  EXPECT_EQ(missing.errors(), "workmail-local: no-such-program cannot be run: No such file or directory\n");
  Program folder(exec({"--", "/"}));
  EXPECT_EQ(folder.wait(), 126);
  EXPECT_NE(folder.errors().find("Permission denied"), std::string::npos) << folder.errors();
}

TEST(Exec, NeedsAProgramAndNoPort) {
  const std::pair<Words, const char*> cases[] = {{{}, "--"},
                                                 {{"--"}, "exec needs a program"},
                                                 {{"true"}, "true"},
                                                 {{"--listen", "localhost:1", "--", "true"}, "--listen"}};
  for (const auto& [words, part] : cases) {
    Program program(exec(words));
    EXPECT_EQ(program.wait(), 2);
    EXPECT_NE(program.errors().find(part), std::string::npos) << program.errors();
  }
  Program server({"--", "true"});
  EXPECT_EQ(server.wait(), 2);
  EXPECT_NE(server.errors().find("Only exec"), std::string::npos) << server.errors();
}

TEST(Exec, DoesNotStartTheProgramWhenTheServerCannotRun) {
  const Folder folder;
  Program program(exec({"--data", folder.file("missing/data.sqlite"), "--", "echo", "started"}));
  EXPECT_EQ(program.wait(), 2);
  EXPECT_EQ(program.output(), "");
}

// An incomplete request delays the end of a stopping server.
TEST(Exec, EndsAtOnceOnASignalAfterTheProgramHasEnded) {
  Program program(shell("echo $WORKMAIL_URL; echo $$;" + kWaiting));
  ASSERT_TRUE(program.wait_until_ready()) << program.errors();
  std::istringstream lines(program.output().substr(17));
  int port = 0;
  pid_t child = 0;
  lines >> port >> child;
  Client client(static_cast<std::uint16_t>(port));
  client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{");
  Client other(static_cast<std::uint16_t>(port));
  other.send(request_text("GET", "/", ""));
  EXPECT_EQ(other.receive().status, 200);  // so that the other request has been read

  const auto begin = std::chrono::steady_clock::now();
  program.signal(SIGTERM);
  while (::kill(child, 0) == 0) ::poll(nullptr, 0, 1);
  program.signal(SIGINT);
  EXPECT_EQ(program.wait(), 5);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(8));
}

TEST(Exec, PassesSignalsOn) {
  const std::tuple<int, const char*, int> cases[] = {{SIGHUP, "HUP", 3}, {SIGINT, "INT", 4}, {SIGTERM, "TERM", 5}};
  for (const auto& [number, name, status] : cases) {
    Program program(shell(kWaiting));
    ASSERT_TRUE(program.wait_until_ready()) << program.errors();
    program.signal(number);
    EXPECT_EQ(program.wait(), status);
    EXPECT_EQ(program.output(), "\nReady.\n" + std::string(name) + "\n");
  }
}

TEST(Exec, GivesTheProgramItsSignalsUnblockedAndUnignored) {
  Program program(exec({"--", "grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"}));
  EXPECT_EQ(program.wait(), 0);
  // All signals except two that glibc uses internally.
  EXPECT_TRUE(std::regex_match(program.output(), std::regex("SigBlk:\t0{16}\nSigIgn:\t0{7}[01][08]0{7}\n")))
      << program.output();
}

TEST(Exec, KeepsIgnoringHangUpsUnderNohup) {
  ::signal(SIGHUP, SIG_IGN);
  Program program(exec({"--", "grep", "-E", "^SigIgn", "/proc/self/status"}));
  ::signal(SIGHUP, SIG_DFL);
  EXPECT_EQ(program.wait(), 0);
  EXPECT_TRUE(program.output().ends_with("1\n")) << program.output();
}

TEST(Exec, SurvivesAParentThatIgnoresTheEndOfItsChildren) {
  ::signal(SIGCHLD, SIG_IGN);
  Program program(exec({"--", "sh", "-c", "exit 7"}));
  ::signal(SIGCHLD, SIG_DFL);
  EXPECT_EQ(program.wait(), 7);
}

TEST(Exec, HandsOnTheFirstKeyOfTheCredentials) {
  const Folder folder;
  std::ofstream(folder.file("keys"))
      << "[a]\naws_access_key_id = K\naws_secret_access_key = S\n"
         "aws_session_token = T\n[b]\naws_access_key_id = L\naws_secret_access_key = M\n";
  Program program(exec({"--signatures", "verify", "--credentials", folder.file("keys"), "--", "env"}));
  EXPECT_EQ(program.wait(), 0);
  auto variables = variables_in(program.output());
  EXPECT_EQ(variables["AWS_ACCESS_KEY_ID"], "K");
  EXPECT_EQ(variables["AWS_SECRET_ACCESS_KEY"], "S");
  EXPECT_EQ(variables["AWS_SESSION_TOKEN"], "T");
}

TEST(Exec, GivesTheProgramNoneOfTheServersDescriptors) {
  const Folder folder;
  Program program(exec({"--data", folder.file("data.sqlite"), "--", "ls", "-l", "/proc/self/fd"}));
  EXPECT_EQ(program.wait(), 0);
  for (const auto* part : {"socket:", "signalfd", "eventpoll", "data.sqlite"}) {
    EXPECT_EQ(program.output().find(part), std::string::npos) << program.output();
  }
}

// A new terminal, with the program as its session.
class Terminal {
 public:
  explicit Terminal(Words words) {
    words.insert(words.begin(), WORKMAIL_PROGRAM);
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    process_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (process_ < 0) return;
    if (process_ == 0) {
      ::execv(WORKMAIL_PROGRAM, pointers.data());
      ::_exit(127);
    }
  }
  ~Terminal() {
    if (process_ > 0) {  // -1 would be every process of the machine
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
    if (terminal_ >= 0) ::close(terminal_);
  }
  Terminal(const Terminal&) = delete;
  auto operator=(const Terminal&) -> Terminal& = delete;

  // For example, a chroot has no terminals.
  [[nodiscard]] auto exists() const -> bool { return process_ > 0; }
  void type(std::string_view keys) const { EXPECT_EQ(::write(terminal_, keys.data(), keys.size()), keys.size()); }
  void signal(int number) const { ::kill(process_, number); }

  // Reads until the text appears; false if the program ends before.
  auto read_until(const std::string& text) -> bool {
    char buffer[1024];
    while (output_.find(text) == std::string::npos) {
      const auto size = ::read(terminal_, buffer, sizeof buffer);
      if (size <= 0) return false;
      output_.append(buffer, static_cast<std::size_t>(size));
    }
    return true;
  }
  auto wait() -> int {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  [[nodiscard]] auto output() const -> const std::string& { return output_; }

 private:
  int terminal_ = -1;
  pid_t process_ = 0;
  std::string output_;
};

TEST(Exec, LetsAnInterruptOfTheTerminalReachTheProgramOnce) {
  Terminal terminal(
      shell("trap 'n=$((n+1)); echo interrupted' INT; trap 'kill $!; echo count=$n; exit 6' TERM;"
            "sleep 1000 & echo Ready.; while :; do wait; done"));
  if (!terminal.exists()) GTEST_SKIP() << "there are no terminals here: " << std::strerror(errno);
  ASSERT_TRUE(terminal.read_until("Ready.")) << terminal.output();
  terminal.type("\x03");
  ASSERT_TRUE(terminal.read_until("interrupted")) << terminal.output();
  // A forwarded interrupt would arrive before the next signal.
  terminal.signal(SIGTERM);
  EXPECT_TRUE(terminal.read_until("count=1")) << terminal.output();
  EXPECT_EQ(terminal.wait(), 6);
}

}  // namespace
}  // namespace workmail::server
