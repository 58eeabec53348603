// Reads the JSON object that an endpoint of the control plane takes. Ask for every member that the endpoint knows, then
// finish(): it refuses the request with what is wrong, unknown members included, each with its path. Values that were
// asked for mean nothing before that.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/wire/json.h"
#include "server/control/violations.h"
#include "store/time.h"

namespace workmail::server::control {

class JsonRequest {
 public:
  // More than there are operations, and than the journal keeps of a body.
  static constexpr std::size_t kMaxTexts = 100;
  static constexpr std::size_t kMaxDocument = std::size_t{8} * 1024;

  // An empty body counts as {}. The body is changed and must stay. Throws BadRequest when it is not a JSON object.
  explicit JsonRequest(std::string& body);

  // Optional members; null counts as absent.
  auto text(const char* name) -> std::optional<std::string_view>;
  auto one_of(const char* name, std::initializer_list<std::string_view> words) -> std::optional<std::string_view>;
  auto flag(const char* name) -> std::optional<bool>;
  auto time(const char* name) -> std::optional<Time>;
  auto duration(const char* name) -> std::optional<Duration>;
  auto number(const char* name) -> std::optional<double>;
  // A number without fraction, up to 4294967295.
  auto count(const char* name) -> std::optional<std::uint32_t>;
  // One text, or a list of up to kMaxTexts.
  auto texts(const char* name) -> std::vector<std::string>;
  // An object of whatever members, of up to kMaxDocument bytes without white space, as a document of its own; nullptr
  // when absent.
  auto document(const char* name) -> std::shared_ptr<const rapidjson::Document>;
  // An object whose members are to be asked for like these, and are judged by this finish(); absent, it has none.
  auto object(const char* name) -> JsonRequest&;

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
  JsonRequest(const api::Json* object, std::string path) : object_(object), path_(std::move(path)) {}

  void judge_unknown();
  [[nodiscard]] auto peek(std::string_view name) const -> const api::Json*;
  auto member(std::string_view name) -> const api::Json*;

  // In small pieces, because in a fragmented memory there may be no large one any more.
  static constexpr std::size_t kChunk = std::size_t{4} * 1024;
  rapidjson::MemoryPoolAllocator<> allocator_{kChunk};
  rapidjson::Document document_;
  const api::Json* object_;  // nullptr: no members
  std::string path_;         // of the object, with a dot at its end
  std::vector<std::unique_ptr<JsonRequest>> inner_;
  std::vector<std::string_view> known_;
  Violations violations_;
};

}  // namespace workmail::server::control
