// Generates the C++ of AWS's service model and of the seed document: structures, rules, codecs, errors and the table of
// operations. An operation without a handler does not link.
#pragma once

#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "api/model/model_text.h"

namespace modelgen {

class ServiceCode {
 public:
  // `model` includes the shapes of the seed document. Throws ModelError.
  explicit ServiceCode(const Json& model);

  void write_shapes(std::ostream& out) const;             // shapes.h
  void write_errors(std::ostream& out) const;             // errors.h
  void write_operations_header(std::ostream& out) const;  // operations.h
  void write_operations(std::ostream& out) const;         // operations.cc
  void write_codec_header(std::ostream& out) const;       // codec.h
  void write_decode(std::ostream& out) const;             // decode.cc
  void write_encode(std::ostream& out) const;             // encode.cc

 private:
  [[nodiscard]] auto input(const std::string& operation) const -> std::string;
  [[nodiscard]] auto output(const std::string& operation) const -> std::string;
  [[nodiscard]] auto secrets(const std::string& name, const std::string& path) const -> std::vector<std::string>;
  void reach(const std::string& name, std::set<std::string>& found) const;
  void order(const std::string& name);
  [[nodiscard]] auto type(const std::string& name) const -> std::string;
  [[nodiscard]] auto rule(const std::string& name) const -> std::string;
  void write_structure(std::ostream& out, const std::string& name) const;
  void write_rule(std::ostream& out, const std::string& name, const Json& shape) const;
  void write_decode_of(std::ostream& out, const std::string& name) const;

  const Json& model_;
  const Json& shapes_;
  std::vector<std::string> names_;       // of the operations, sorted
  std::set<std::string> inputs_;         // structures that occur in inputs
  std::vector<std::string> structures_;  // parts first
};

}  // namespace modelgen
