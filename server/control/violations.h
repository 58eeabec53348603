// What is wrong with a request of the control plane, in the order in which it is found: the first hundred, and how many
// more there are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::server::control {

class Violations {
 public:
  static constexpr std::size_t kMax = 100;

  void add(std::string_view path, std::string_view what) {
    if (++count_ <= kMax) kept_.push_back(std::string(path).append(": ").append(what));
  }
  void append(const Violations& others) {
    for (const auto& violation : others.kept_) {
      if (kept_.size() < kMax) kept_.push_back(violation);
    }
    count_ += others.count_;
  }

  [[nodiscard]] auto empty() const -> bool { return count_ == 0; }
  [[nodiscard]] auto text() const -> std::string {
    std::string text;
    for (const auto& violation : kept_) text.append(text.empty() ? "" : "; ").append(violation);
    if (count_ > kept_.size()) text.append("; and ").append(std::to_string(count_ - kept_.size())).append(" more");
    return text;
  }

 private:
  std::vector<std::string> kept_;
  std::size_t count_ = 0;
};

}  // namespace workmail::server::control
