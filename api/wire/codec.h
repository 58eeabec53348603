// Converts JSON to structures and back, for the generated decode and encode functions. A wrong JSON type stops decoding
// at once (SerializationException). Violated constraints are collected in AWS's words, up to a hundred (violations()),
// and the caller decides what to do with them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/wire/json.h"
#include "api/wire/shape_rules.h"
#include "store/time.h"

namespace workmail::api {

// Two notations for a place in an input: AWS's, rules.1.member.effect, and that of this program's documents,
// Rules[0].Effect.
enum class PathStyle { Aws, Plain };

// The path of a value in the input. Built on the stack while decoding, and converted to text only for a violation.
class Path {
 public:
  constexpr Path() = default;
  [[nodiscard]] auto operator/(std::string_view member) const -> Path { return {this, member, 0}; }
  [[nodiscard]] auto element(std::size_t index) const -> Path { return {this, {}, index + 1}; }
  [[nodiscard]] auto text(PathStyle style = PathStyle::Aws) const -> std::string;

 private:
  Path(const Path* parent, std::string_view member, std::size_t index)
      : parent_(parent), member_(member), index_(index) {}

  const Path* parent_ = nullptr;
  std::string_view member_;
  std::size_t index_ = 0;  // starts at 1; 0 for a member
};

// Whether unknown members are ignored, as AWS does, or are violations.
enum class UnknownMembers { Ignored, Violations };

class Decoder {
 public:
  // The elements of all lists may take up to `max_bytes`; more stops decoding, like a wrong type.
  explicit Decoder(UnknownMembers unknown = UnknownMembers::Ignored, PathStyle style = PathStyle::Aws,
                   std::size_t max_bytes = std::numeric_limits<std::size_t>::max())
      : unknown_(unknown), style_(style), bytes_left_(max_bytes) {}

  // The members of an object by name, nullptr where one is absent or null.
  template <std::size_t Count>
  auto members(const Json& json, const Path& path, const std::array<std::string_view, Count>& names)
      -> std::array<const Json*, Count> {
    std::array<const Json*, Count> found{};
    find_members(json, path, names.data(), found.data(), Count);
    return found;
  }

  template <class Rule, class Value>
  void required(const Json* json, const Path& path, const Rule& rule, Value& out) {
    if (json == nullptr) return absent(path);
    value(*json, path, rule, out);
  }

  template <class Rule, class Value>
  void optional(const Json* json, const Path& path, const Rule& rule, std::optional<Value>& out) {
    if (json != nullptr) value(*json, path, rule, out.emplace());
  }

  // The number of violations that are kept; further ones are only counted.
  static constexpr std::size_t kMaxViolations = 100;

  // In the order of the model; empty if the input satisfies every constraint. If there are too many, the last text is
  // how many more there are.
  [[nodiscard]] auto violations() const -> std::vector<std::string>;
  // The number of violations found: the elements of a list of a wrong size are not checked.
  [[nodiscard]] auto violation_count() const -> std::size_t { return violation_count_; }
  // The paths of the first few members that the model does not have.
  [[nodiscard]] auto unknown_members() const -> const std::vector<std::string>& { return unknown_members_; }

 private:
  void value(const Json& json, const Path& path, const StringRule& rule, std::string& out);
  void value(const Json& json, const Path& path, const IntegerRule& rule, std::int32_t& out);
  void value(const Json& json, const Path& path, const BooleanRule& rule, bool& out);
  void value(const Json& json, const Path& path, const DoubleRule& rule, double& out);
  // RFC 3339, or epoch seconds as the API writes them.
  void value(const Json& json, const Path& path, const TimestampRule& rule, Time& out);

  template <class Enum>
  void value(const Json& json, const Path& path, const EnumRule<Enum>& /*rule*/, Enum& out) {
    const std::string_view name = string(json, path);
    const auto found = from_string<Enum>(name);
    if (found)
      out = *found;
    else
      not_in_enum(name, path, enum_names(Enum{}));
  }

  template <class Structure>
  void value(const Json& json, const Path& path, const StructureRule& /*rule*/, Structure& out) {
    decode(*this, json, path, out);
  }

  // AWS: the elements of a list of structures are checked one by one, those of a list of scalars together.
  template <class Structure>
  void value(const Json& json, const Path& path, const ListRule<StructureRule>& rule, std::vector<Structure>& out) {
    if (!list_size(json, path, rule.min, rule.max, rule.element.name)) return;
    for (rapidjson::SizeType i = 0; i < json.Size(); ++i) {
      const Path place = path.element(i);
      if (json[i].IsNull()) {
        absent(place);
      } else if (is_full()) {
        // The types are checked and the violations counted, but the element is not kept, because an input with so many
        // violations is rejected.
        Structure judged{};
        value(json[i], place, rule.element, judged);
      } else {
        take_bytes(sizeof(Structure), path);
        value(json[i], place, rule.element, out.emplace_back());
      }
    }
  }
  void value(const Json& json, const Path& path, const ListRule<StringRule>& rule, std::vector<std::string>& out);
  template <class Enum>
  void value(const Json& json, const Path& path, const ListRule<EnumRule<Enum>>& /*rule*/, std::vector<Enum>& out) {
    bool known = true;
    for (const std::string_view name : strings(json, path)) {
      const auto found = from_string<Enum>(name);
      known = known && found;
      if (found) out.push_back(*found);
    }
    if (!known) element_not_in_enum(json, path, enum_names(Enum{}));
  }

  void find_members(const Json& json, const Path& path, const std::string_view* names, const Json** found,
                    std::size_t count);
  // The memory that the elements of lists may still take.
  void take_bytes(std::size_t bytes, const Path& path);
  [[noreturn]] void wrong_type(const Json& json, const Path& path, std::string_view wanted) const;
  [[nodiscard]] auto string(const Json& json, const Path& path) const -> std::string_view;
  auto strings(const Json& json, const Path& path) -> std::vector<std::string_view>;
  // False for a list of a wrong size, whose elements are not checked.
  auto list_size(const Json& json, const Path& path, std::size_t min, std::size_t max, std::string_view element)
      -> bool;

  template <std::size_t Count>
  void not_in_enum(std::string_view name, const Path& path, const std::array<std::string_view, Count>& names) {
    violation(quoted(name), path, enum_constraint(names.data(), Count));
  }
  template <std::size_t Count>
  void element_not_in_enum(const Json& json, const Path& path, const std::array<std::string_view, Count>& names) {
    violation(list_text(json), path, "Member must satisfy constraint: [" + enum_constraint(names.data(), Count) + "]");
  }
  static auto enum_constraint(const std::string_view* names, std::size_t count) -> std::string;
  // Texts of the input, as they appear in messages.
  static auto quoted(std::string_view text) -> std::string;
  static auto list_text(const Json& json, std::string_view element = {}) -> std::string;

  void absent(const Path& path);
  // `value` as it appears in the message: in quotes, or empty if it is sensitive.
  void violation(const std::string& value, const Path& path, const std::string& constraint);
  void unknown_member(const Path& parent, std::string_view name);
  // Counts a violation; returns whether it must be kept.
  auto count_violation() -> bool { return ++violation_count_ <= kMaxViolations; }
  [[nodiscard]] auto is_full() const -> bool { return violation_count_ >= kMaxViolations; }

  UnknownMembers unknown_;
  PathStyle style_;
  std::size_t bytes_left_;
  static constexpr std::size_t kMaxUnknownShown = 10;
  std::vector<std::string> violations_;
  std::size_t violation_count_ = 0;
  std::vector<std::string> unknown_members_;
};

enum class TimeFormat { EpochSeconds, Rfc3339 };

// A value that is already JSON.
struct JsonText {
  std::string_view text;
};

// Appends JSON to a text. Unset optionals are left out.
class Encoder {
 public:
  // With `redact`, sensitive values become "********". AWS: times are epoch seconds with milliseconds.
  explicit Encoder(std::string& out, bool redact = false, TimeFormat times = TimeFormat::EpochSeconds)
      : out_(out), redact_(redact), times_(times) {}

  // A response that is not JSON.
  void bytes(std::string_view content) { out_ += content; }

  void begin_object() { out_ += '{'; }
  void end_object() { close('}'); }

  // `key` is the member's name in quotes, with the colon.
  template <class Value>
  void member(std::string_view key, const Value& content) {
    out_ += key;
    value(content);
    out_ += ',';
  }
  template <class Value>
  void member(std::string_view key, const std::optional<Value>& content) {
    if (content) member(key, *content);
  }
  template <class Value>
  void secret(std::string_view key, const Value& content) {
    member(key, content);
  }
  void secret(std::string_view key, const std::string& content) {
    if (redact_)
      member(key, std::string_view("********"));
    else
      member(key, content);
  }
  void secret(std::string_view key, const std::optional<std::string>& content) {
    if (content) secret(key, *content);
  }

  void value(std::string_view text);
  void value(bool content) { out_ += content ? "true" : "false"; }
  void value(std::int32_t content) { value(static_cast<std::int64_t>(content)); }
  void value(std::int64_t content);
  void value(double content);
  void value(Time content);
  template <class Enum>
  requires std::is_enum_v<Enum>
  void value(Enum content) { value(to_string(content)); }
  template <class Structure>
  requires std::is_class_v<Structure>
  void value(const Structure& content) { encode(*this, content); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(JsonText json) { out_ += json.text; }
  template <class Element>
  void value(const std::vector<Element>& elements) {
    out_ += '[';
    for (const auto& element : elements) {
      value(element);
      out_ += ',';
    }
    close(']');
  }

 private:
  void escape(char character);
  // Every value is followed by a comma; the last comma is replaced by the closing bracket.
  void close(char bracket) {
    if (out_.back() == ',')
      out_.back() = bracket;
    else
      out_ += bracket;
  }

  std::string& out_;
  bool redact_;
  TimeFormat times_;
};

}  // namespace workmail::api
