// Header fields that have parameters: Content-Type and Content-Disposition (RFC 2045, RFC 2183), with values in
// charsets and in several pieces (RFC 2231).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::api {

class FieldWithParameters {
 public:
  // Any text can be given: what cannot be read is left out.
  explicit FieldWithParameters(std::string_view value);

  // What stands in front of the parameters, in lower case.
  [[nodiscard]] auto value() const -> const std::string& { return value_; }
  // The bytes of a parameter that is protocol, such as a boundary; the name is in lower case.
  [[nodiscard]] auto bytes(std::string_view name) const -> std::optional<std::string>;
  // A parameter for readers, such as the name of a file, in UTF-8. Encoded words in it are decoded: they are not
  // allowed there, but most mail programs write and read them.
  [[nodiscard]] auto text(std::string_view name) const -> std::optional<std::string>;

 private:
  struct Parameter {
    std::string name;
    std::string value;
  };
  // Bytes and charset of a value in the form of RFC 2231.
  struct Extended {
    std::string bytes;
    std::string charset;
  };

  [[nodiscard]] auto find(const std::string& name) const -> const std::string*;
  [[nodiscard]] auto find_extended(const std::string& name) const -> std::optional<Extended>;

  std::string value_;
  std::vector<Parameter> parameters_;
};

}  // namespace workmail::api
