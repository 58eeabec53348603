// Writes metrics as Prometheus reads them (text format 0.0.4): families of samples, each sample with labels. Knows no
// metric.
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

  // What is written is appended to `out`.
  explicit PrometheusText(std::string& out) : out_(out) {}

  // Begins a family; its samples follow. `type` is counter, gauge or histogram.
  void family(std::string_view name, std::string_view type, std::string_view help);
  void sample(std::uint64_t value, Labels labels = {}) { write(family_, "", labels, std::to_string(value)); }
  void sample(double value, Labels labels = {}) { write(family_, "", labels, text_of(value)); }
  // Of a histogram: "_bucket" with the label le, "_sum", "_count".
  void part(std::string_view suffix, std::uint64_t value, Labels labels) {
    write(family_, suffix, labels, std::to_string(value));
  }
  void part(std::string_view suffix, double value, Labels labels) { write(family_, suffix, labels, text_of(value)); }

  // A family of one sample without labels.
  template <class Value>
  void single(std::string_view name, std::string_view type, std::string_view help, Value value) {
    family(name, type, help);
    sample(value);
  }

  // The shortest text that is read as this number.
  static auto text_of(double value) -> std::string;

 private:
  void write(std::string_view name, std::string_view suffix, Labels labels, std::string_view value);

  std::string& out_;
  std::string_view family_;
};

}  // namespace workmail::server
