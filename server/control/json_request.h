// Reads the JSON object that an endpoint of the control plane takes. Ask for every member that the endpoint knows, then
// finish(): it refuses the request with all that is wrong, unknown members included, each with its path. Values that
// were asked for mean nothing before that.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/json.h"
#include "store/time.h"

namespace workmail::server::control {

class JsonRequest {
 public:
  // An empty body counts as {}. The body is changed and must stay. Throws BadRequest when it is not a JSON object.
  explicit JsonRequest(std::string& body);

  // Optional members; null counts as absent.
  auto text(const char* name) -> std::optional<std::string_view>;
  auto one_of(const char* name, std::initializer_list<std::string_view> words) -> std::optional<std::string_view>;
  auto flag(const char* name) -> std::optional<bool>;
  auto time(const char* name) -> std::optional<Time>;
  auto duration(const char* name) -> std::optional<Duration>;

  // For a member that must be there: the value, or a violation and an empty one.
  template <class Value>
  auto required(const char* name, std::optional<Value> value) -> Value {
    if (!value && !present(name)) violation(name, "is missing");
    return value.value_or(Value());
  }

  [[nodiscard]] auto present(std::string_view name) const -> bool { return peek(name) != nullptr; }
  void violation(std::string_view path, std::string_view what);

  void finish();

 private:
  [[nodiscard]] auto peek(std::string_view name) const -> const api::Json*;
  auto member(std::string_view name) -> const api::Json*;

  rapidjson::Document document_;
  std::vector<std::string_view> known_;
  std::string violations_;
};

}  // namespace workmail::server::control
