// Writes metrics in Prometheus's text format 0.0.4: families of samples with labels. Does not know the individual
// metrics.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace workmail::server {

class PrometheusText {
 public:
  static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

  struct Label {
    std::string_view name;
    std::string_view value;
  };
  using Labels = std::initializer_list<Label>;

  // Appends to `out`.
  explicit PrometheusText(std::string& out) : out_(out) {}

  // Begins a family, before its samples. `type` is counter, gauge or histogram.
  void family(std::string_view name, std::string_view type, std::string_view help);
  void sample(std::uint64_t value, Labels labels = {}) { write(family_, "", labels, std::to_string(value)); }
  void sample(double value, Labels labels = {}) { write(family_, "", labels, text_of(value)); }
  // The samples of a histogram: "_bucket" with the label le, "_sum", "_count".
  void part(std::string_view suffix, std::uint64_t value, Labels labels) {
    write(family_, suffix, labels, std::to_string(value));
  }
  void part(std::string_view suffix, double value, Labels labels) { write(family_, suffix, labels, text_of(value)); }

  // A family with one sample without labels.
  template <class Value>
  void single(std::string_view name, std::string_view type, std::string_view help, Value value) {
    family(name, type, help);
    sample(value);
  }

  // The shortest text that represents this number exactly.
  static auto text_of(double value) -> std::string;

 private:
  void write(std::string_view name, std::string_view suffix, Labels labels, std::string_view value);

  std::string& out_;
  std::string_view family_;
};

}  // namespace workmail::server
