// Generates the C++ of the control plane's model: structures of inputs and responses with their codecs, errors, and the
// table of endpoints. An endpoint without a handler does not link.
#pragma once

#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "api/model/model_text.h"

namespace modelgen {

class ControlCode {
 public:
  // Throws ModelError.
  explicit ControlCode(const Json& model);

  void write_shapes(std::ostream& out) const;     // control_shapes.h
  void write_codec(std::ostream& out) const;      // control_codec.cc
  void write_errors(std::ostream& out) const;     // control_errors.h
  void write_endpoints(std::ostream& out) const;  // control_endpoints.h

 private:
  [[nodiscard]] auto shape(const std::string& name) const -> const Json& { return shapes_[name.c_str()]; }
  void reach(const std::string& name, std::set<std::string>& found) const;
  void order(const std::string& name);
  [[nodiscard]] auto is_used(const std::string& name) const -> bool;
  [[nodiscard]] auto type(const std::string& name) const -> std::string;
  [[nodiscard]] auto rule(const std::string& name, bool is_element = false) const -> std::string;
  void write_declaration(std::ostream& out, const std::string& name) const;
  void write_patterns(std::ostream& out) const;
  void write_decode(std::ostream& out, const std::string& name, const std::string& reader) const;
  void write_union(std::ostream& out, const std::string& name) const;
  void write_encode(std::ostream& out, const std::string& name) const;

  const Json& model_;
  const Json& shapes_;
  std::set<std::string> queries_;      // shapes that occur in parameters,
  std::set<std::string> inputs_;       // in inputs,
  std::set<std::string> answers_;      // and in responses
  std::vector<std::string> in_order_;  // the structures, unions and maps of all three, parts first
};

}  // namespace modelgen
