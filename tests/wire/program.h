// The built program as a child process, as users start it.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace workmail::server {

class Program {
 public:
  using Variables = std::map<std::string, std::string>;

  // Where it writes, when that is not to be read here: -1 for what is.
  struct Streams {
    int output = -1;
    int errors = -1;
  };

  // Starts it without any WORKMAIL_ variable but these. `descriptors`: how many files it may have open, 0 for no limit
  // of its own.
  explicit Program(const std::vector<std::string>& arguments, const Variables& variables = {}, unsigned descriptors = 0,
                   Streams streams = {.output = -1, .errors = -1});
  ~Program();
  Program(const Program&) = delete;
  auto operator=(const Program&) -> Program& = delete;

  // Reads standard output to the line "Ready."; false when the program ends without it.
  auto wait_until_ready() -> bool;
  void signal(int number) const;
  // From now on it may take so many bytes of address space more than it has.
  void limit_memory(std::size_t more) const;
  // Reads on until the program has ended; its exit status, or minus the signal that ended it.
  auto wait() -> int;

  // What it wrote, as far as it was read.
  [[nodiscard]] auto output() const -> const std::string& { return output_; }
  [[nodiscard]] auto errors() const -> std::string;
  // Waits until it has written this to standard error.
  [[nodiscard]] auto has_said(const std::string& text) const -> bool;
  // Out of the line with the endpoint.
  [[nodiscard]] auto port() const -> std::uint16_t;

 private:
  auto read_more() -> bool;

  pid_t process_ = 0;
  int pipe_ = -1;
  std::string output_;
  std::string errors_file_;
};

// An empty folder of its own, removed at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  auto operator=(const Folder&) -> Folder& = delete;
  [[nodiscard]] auto file(const std::string& name) const -> std::string { return path_ / name; }

 private:
  std::filesystem::path path_;
};

auto read_file(const std::string& path) -> std::string;

}  // namespace workmail::server
