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

  // Descriptors for its output; -1 for output that is read here.
  struct Streams {
    int output = -1;
    int errors = -1;
  };

  // Starts the program with only these WORKMAIL_ variables. `descriptors` limits its open files; 0 for no limit.
  explicit Program(const std::vector<std::string>& arguments, const Variables& variables = {}, unsigned descriptors = 0,
                   Streams streams = {.output = -1, .errors = -1});
  ~Program();
  Program(const Program&) = delete;
  auto operator=(const Program&) -> Program& = delete;

  // Reads standard output up to the line "Ready."; false if the program ends without it.
  auto wait_until_ready() -> bool;
  void signal(int number) const;
  // From now on, its address space may grow only by this number of bytes.
  void limit_memory(std::size_t more) const;
  // Reads until the program has ended; returns its exit status, or the negated signal that ended it.
  auto wait() -> int;

  // Its output, as far as it was read.
  [[nodiscard]] auto output() const -> const std::string& { return output_; }
  [[nodiscard]] auto errors() const -> std::string;
  // Waits until the text appears on standard error.
  [[nodiscard]] auto has_said(const std::string& text) const -> bool;
  // The port in the line with the endpoint.
  [[nodiscard]] auto port() const -> std::uint16_t;

 private:
  auto read_more() -> bool;

  pid_t process_ = 0;
  int pipe_ = -1;
  std::string output_;
  std::string errors_file_;
};

// A temporary folder, removed at the end.
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
