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
  // The input may be any text; malformed parameters are ignored.
  explicit FieldWithParameters(std::string_view value);

  // The value before the parameters, in lower case.
  [[nodiscard]] auto value() const -> const std::string& { return value_; }
  // The bytes of a parameter for programs, such as a boundary; the name is in lower case.
  [[nodiscard]] auto bytes(std::string_view name) const -> std::optional<std::string>;
  // A parameter for users, such as a file name, in UTF-8. Encoded words in it are decoded: they are not allowed there,
  // but common.
  [[nodiscard]] auto text(std::string_view name) const -> std::optional<std::string>;

 private:
  struct Parameter {
    std::string name;
    std::string value;
  };
  // The bytes and the charset of a value in the encoding of RFC 2231.
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
