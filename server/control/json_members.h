// Reads the members of a JSON object in an input, for the generated decode functions. Violations, including unknown
// members, are noted in the Reading; invalid values stay absent.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/wire/json.h"
#include "server/control/free_json.h"
#include "server/control/input_rules.h"
#include "server/control/reading.h"
#include "store/time.h"

namespace workmail::server::control {

// The body of a request as a JSON object.
class JsonBody {
 public:
  // An empty body counts as {}. The body is changed and must outlive this object. Throws BadRequest if it is not a JSON
  // object.
  explicit JsonBody(std::string& body);

  [[nodiscard]] auto object() const -> const api::Json& { return document_; }

 private:
  // Allocated in small pieces, because fragmented memory may have no large one.
  static constexpr std::size_t kChunk = std::size_t{4} * 1024;
  rapidjson::MemoryPoolAllocator<> allocator_{kChunk};
  rapidjson::Document document_;
};

class JsonMembers {
 public:
  // More than there are operations.
  static constexpr std::size_t kMaxTexts = 100;

  // `path` is the path of the object, with a dot at its end.
  JsonMembers(Reading& reading, const api::Json& object, std::string path = {})
      : reading_(reading), object_(object), path_(std::move(path)), index_(reading.begin_object(path_)) {}

  // A member that is null counts as absent.
  template <class Rule, class Value>
  void optional(std::string_view name, const Rule& rule, std::optional<Value>& out) {
    const auto* json = find(name);
    reading_.note(index_, name, out, json != nullptr);
    if (json != nullptr && !value(*json, name, rule, out.emplace())) out.reset();
  }
  template <class Rule, class Value>
  void required(std::string_view name, const Rule& rule, Value& out) {
    const auto* json = find(name);
    reading_.note(index_, name, out, json != nullptr);
    if (json == nullptr)
      violation(name, "is missing");
    else
      value(*json, name, rule, out);
  }

  // The text that selects the alternative of a union; empty if it is not a text.
  [[nodiscard]] auto discriminator(std::string_view name) const -> std::string_view;
  // The other members depend on the discriminator, so only its violation is reported.
  template <std::size_t Count>
  [[noreturn]] void refuse_discriminator(std::string_view name, const std::array<std::string_view, Count>& names) {
    refuse(name, choices_text(names.data(), Count));
  }

  // Call this after all members of the structure were read.
  void judge_unknown();

 private:
  [[nodiscard]] auto peek(std::string_view name) const -> const api::Json*;
  auto find(std::string_view name) -> const api::Json*;
  [[noreturn]] void refuse(std::string_view name, const std::string& what) const;
  void violation(std::string_view name, std::string_view what) { reading_.violation(index_, name, what); }

  // False for an invalid value, which is noted as a violation.
  auto text(const api::Json& json, std::string_view name, std::string_view& out) -> bool;
  auto value(const api::Json& json, std::string_view name, const TextRule& rule, std::string& out) -> bool;
  auto value(const api::Json& json, std::string_view name, const TextsRule& rule, std::vector<std::string>& out)
      -> bool;
  auto value(const api::Json& json, std::string_view name, const FlagRule& rule, bool& out) -> bool;
  auto value(const api::Json& json, std::string_view name, const TimeRule& rule, Time& out) -> bool;
  auto value(const api::Json& json, std::string_view name, const DurationRule& rule, Duration& out) -> bool;
  auto value(const api::Json& json, std::string_view name, const CountRule& rule, std::uint64_t& out) -> bool;
  auto value(const api::Json& json, std::string_view name, const NumberRule& rule, double& out) -> bool;
  auto value(const api::Json& json, std::string_view name, const DocumentRule& rule, Document& out) -> bool;

  template <class Enum>
  auto value(const api::Json& json, std::string_view name, const ChoiceRule<Enum>& /*rule*/, Enum& out) -> bool {
    std::string_view word;
    if (!text(json, name, word)) return false;
    const auto found = api::from_string<Enum>(word);
    if (found) out = *found;
    if (!found) violation(name, choices_text<Enum>());
    return found.has_value();
  }

  template <class Structure>
  auto value(const api::Json& json, std::string_view name, const StructureRule& /*rule*/, Structure& out) -> bool {
    if (!json.IsObject()) {
      violation(name, "must be an object");
      return false;
    }
    JsonMembers members(reading_, json, path_ + std::string(name) + ".");
    decode(members, out);
    members.judge_unknown();
    return true;
  }

  Reading& reading_;
  const api::Json& object_;
  std::string path_;
  std::size_t index_;  // the index of the object in the Reading
  std::vector<std::string_view> known_;
};

}  // namespace workmail::server::control
