#include "api/wire/codec.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "api/wire/error.h"
#include "api/wire/excerpt.h"
#include "api/wire/time_text.h"
#include "store/utf8.h"

namespace workmail::api {

namespace {

// AWS: the messages of Coral's JSON parser, as observed in other services of AWS.
auto wrong_type_sentence(const Json& json, std::string_view wanted) -> std::string {
  if (json.IsObject()) return "Start of structure or map found where not expected.";
  if (json.IsArray()) return "Start of list found where not expected";
  std::string found = "NULL_VALUE";
  if (json.IsString()) found = "STRING_VALUE";
  if (json.IsNumber()) found = json.IsDouble() ? "DECIMAL_VALUE" : "NUMBER_VALUE";
  if (json.IsBool()) found = json.GetBool() ? "TRUE_VALUE" : "FALSE_VALUE";
  return found + " can not be converted to " + std::string(wanted);
}

auto at_most(std::string_view what, std::size_t limit) -> std::string {
  return "Member must have " + std::string(what) + " less than or equal to " + std::to_string(limit);
}

auto at_least(std::string_view what, std::size_t limit) -> std::string {
  return "Member must have " + std::string(what) + " greater than or equal to " + std::to_string(limit);
}

// Under the same limits as parse_time().
auto time_of_seconds(double seconds) -> std::optional<Time> {
  const double milliseconds = std::round(seconds * 1000);
  if (!(milliseconds >= 0 && milliseconds <= static_cast<double>(kLatestTime.time_since_epoch().count()))) return {};
  return Time(Duration(static_cast<std::int64_t>(milliseconds)));
}

auto pattern_constraint(const Pattern& pattern) -> std::string {
  return "Member must satisfy regular expression pattern: " + std::string(pattern.source());
}

auto keeps(std::string_view text, const StringRule& rule) -> bool {
  const auto length = store::code_points(text);
  return length <= rule.max && length >= rule.min && (rule.pattern == nullptr || rule.pattern->matches(text));
}

// All constraints of an element of a list, for the one message about all elements.
auto element_constraints(const StringRule& rule) -> std::string {
  std::vector<std::string> parts;
  if (rule.max != kUnlimited) parts.push_back(at_most("length", rule.max));
  if (rule.min > 0) parts.push_back(at_least("length", rule.min));
  if (rule.pattern != nullptr) parts.push_back(pattern_constraint(*rule.pattern));
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

// The bytes that must be escaped in JSON, and those that begin a multi-byte character.
constexpr std::array<bool, 256> kSpecial = [] {
  std::array<bool, 256> special{};
  for (std::size_t control = 0; control < 0x20; ++control) special[control] = true;
  special['"'] = special['\\'] = true;
  for (std::size_t part = 0x80; part < special.size(); ++part) special[part] = true;
  return special;
}();

auto is_special(char character) -> bool {
  return kSpecial[static_cast<unsigned char>(character)];
}

// The next special byte, or the end. Looks at eight bytes at a time, because most texts have none.
auto find_special(const char* from, const char* end) -> const char* {
  constexpr std::uint64_t kEach = 0x0101010101010101;
  std::uint64_t bytes = 0;
  for (; end - from >= std::ptrdiff_t{sizeof bytes}; from += sizeof bytes) {
    std::memcpy(&bytes, from, sizeof bytes);
    // The highest bit of a byte becomes 1 if it is special. Then it may become 1 in those behind it as well.
    const auto controls = bytes - kEach * 0x20;
    const auto quotes = (bytes ^ (kEach * '"')) - kEach;
    const auto backslashes = (bytes ^ (kEach * '\\')) - kEach;
    if (((bytes | controls | quotes | backslashes) & (kEach * 0x80)) != 0) break;
  }
  return std::find_if(from, end, is_special);
}

auto is_escaped(char character) -> bool {
  return is_special(character) && static_cast<unsigned char>(character) < 0x80;
}

}  // namespace

auto Path::text(PathStyle style) const -> std::string {
  if (parent_ == nullptr) return {};
  std::string result = parent_->text(style);
  if (index_ > 0) {
    return style == PathStyle::Aws ? result + "." + std::to_string(index_) + ".member"
                                   : result + "[" + std::to_string(index_ - 1) + "]";
  }
  if (!result.empty()) result += '.';
  const auto start = result.size();
  result += member_;
  if (style == PathStyle::Aws) {
    result[start] = static_cast<char>(std::tolower(static_cast<unsigned char>(result[start])));
  }
  return result;
}

void Decoder::find_members(const Json& json, const Path& path, const std::string_view* names, const Json** found,
                           std::size_t count) {
  if (!json.IsObject()) wrong_type(json, path, "a structure");
  for (const auto& member : json.GetObject()) {
    const auto* const name = std::find(names, names + count, text_of(member.name));
    if (name != names + count) {
      found[name - names] = member.value.IsNull() ? nullptr : &member.value;
    } else {
      unknown_member(path, text_of(member.name));
    }
  }
}

void Decoder::unknown_member(const Path& parent, std::string_view name) {
  const bool is_violation = unknown_ == UnknownMembers::Violations;
  if (is_violation ? !count_violation() : unknown_members_.size() >= kMaxUnknownShown) return;
  const std::string shown = excerpt(name, kMaxNameShown);
  const Path place = parent / shown;
  if (is_violation)
    violations_.push_back("Unknown member '" + place.text(style_) + "'");
  else
    unknown_members_.push_back(place.text(PathStyle::Plain));
}

auto Decoder::violations() const -> std::vector<std::string> {
  auto all = violations_;
  if (violation_count_ > all.size())
    all.push_back("and at least " + std::to_string(violation_count_ - all.size()) + " more");
  return all;
}

// AWS does not report the path, but authors of documents need it.
void Decoder::wrong_type(const Json& json, const Path& path, std::string_view wanted) const {
  const std::string sentence = wrong_type_sentence(json, wanted);
  const std::string place = style_ == PathStyle::Plain ? path.text(style_) : "";
  throw SerializationException(place.empty() ? sentence : place + ": " + sentence);
}

void Decoder::take_bytes(std::size_t bytes, const Path& path) {
  if (bytes > bytes_left_)
    throw SerializationException(path.text(style_) + ": the document has too many elements; divide it into several");
  bytes_left_ -= bytes;
}

auto Decoder::string(const Json& json, const Path& path) const -> std::string_view {
  if (!json.IsString()) wrong_type(json, path, "a String");
  return text_of(json);
}

void Decoder::value(const Json& json, const Path& path, const StringRule& rule, std::string& out) {
  const std::string_view text = string(json, path);
  out.assign(text);
  const auto length = store::code_points(text);
  const bool matches = rule.pattern == nullptr || rule.pattern->matches(text);
  if (length <= rule.max && length >= rule.min && matches) return;
  const std::string shown = rule.sensitive ? "" : quoted(text);
  if (length > rule.max) violation(shown, path, at_most("length", rule.max));
  if (length < rule.min) violation(shown, path, at_least("length", rule.min));
  if (!matches) violation(shown, path, pattern_constraint(*rule.pattern));
}

void Decoder::value(const Json& json, const Path& path, const IntegerRule& rule, std::int32_t& out) {
  if (!json.IsInt()) wrong_type(json, path, "an Integer");
  out = json.GetInt();
  if (out <= rule.max && out >= rule.min) return;
  const std::string shown = "'" + std::to_string(out) + "'";
  if (out > rule.max) violation(shown, path, at_most("value", static_cast<std::size_t>(rule.max)));
  if (out < rule.min) violation(shown, path, at_least("value", static_cast<std::size_t>(rule.min)));
}

void Decoder::value(const Json& json, const Path& path, const BooleanRule& /*rule*/, bool& out) {
  if (!json.IsBool()) wrong_type(json, path, "a Boolean");
  out = json.GetBool();
}

void Decoder::value(const Json& json, const Path& path, const DoubleRule& rule, double& out) {
  if (!json.IsNumber()) wrong_type(json, path, "a Double");
  out = json.GetDouble();
  if (out < rule.min)
    violation("'" + std::to_string(out) + "'", path, at_least("value", static_cast<std::size_t>(rule.min)));
}

void Decoder::value(const Json& json, const Path& path, const TimestampRule& /*rule*/, Time& out) {
  if (json.IsNumber()) {
    const double seconds = json.GetDouble();
    const auto time = time_of_seconds(seconds);
    if (time) out = *time;
    if (!time) violation("'" + std::to_string(seconds) + "'", path, "Member must be a time from 1970 to 9999");
    return;
  }
  const auto time = parse_time(string(json, path));
  if (time) out = *time;
  if (!time) violation(quoted(text_of(json)), path, "Member must be a time as in RFC 3339, from 1970 to 9999");
}

void Decoder::value(const Json& json, const Path& path, const ListRule<StringRule>& rule,
                    std::vector<std::string>& out) {
  if (!list_size(json, path, rule.min, rule.max, {})) return;
  take_bytes(json.Size() * sizeof(std::string), path);
  bool kept = true;
  for (const std::string_view text : strings(json, path)) {
    out.emplace_back(text);
    kept = kept && keeps(text, rule.element);
  }
  if (!kept)
    violation(list_text(json), path, "Member must satisfy constraint: [" + element_constraints(rule.element) + "]");
}

auto Decoder::strings(const Json& json, const Path& path) -> std::vector<std::string_view> {
  if (!json.IsArray()) wrong_type(json, path, "a list");
  std::vector<std::string_view> texts;
  for (rapidjson::SizeType i = 0; i < json.Size(); ++i) {
    if (json[i].IsNull())
      absent(path.element(i));
    else
      texts.push_back(string(json[i], path.element(i)));
  }
  return texts;
}

auto Decoder::list_size(const Json& json, const Path& path, std::size_t min, std::size_t max, std::string_view element)
    -> bool {
  if (!json.IsArray()) wrong_type(json, path, "a list");
  if (json.Size() <= max && json.Size() >= min) return true;
  violation(list_text(json, element), path, json.Size() > max ? at_most("length", max) : at_least("length", min));
  return false;
}

auto Decoder::enum_constraint(const std::string_view* names, std::size_t count) -> std::string {
  std::string text = "Member must satisfy enum value set: [";
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + std::string(names[i]);
  return text + "]";
}

auto Decoder::quoted(std::string_view text) -> std::string {
  return "'" + excerpt(text, kMaxValueShown) + "'";
}

// AWS prints elements that are structures as Java object addresses; this program prints the name of their type instead.
auto Decoder::list_text(const Json& json, std::string_view element) -> std::string {
  std::string text = "[";
  for (rapidjson::SizeType i = 0; i < json.Size() && text.size() <= kMaxListShown; ++i) {
    if (i > 0) text += ", ";
    if (!element.empty())
      text += element;
    else
      text += json[i].IsString() ? excerpt(text_of(json[i]), kMaxValueShown) : "null";
  }
  return "'" + excerpt(text + "]", kMaxListShown) + "'";
}

void Decoder::absent(const Path& path) {
  // AWS: in these words. Emulator: messages about documents of this program are shorter, because no client parses them.
  if (!count_violation()) return;
  const std::string place = path.text(style_);
  const bool plain = style_ == PathStyle::Plain && !place.ends_with(']');
  violations_.push_back(plain ? "Missing member '" + place + "'"
                              : "Value null at '" + place + "' failed to satisfy constraint: Member must not be null");
}

void Decoder::violation(const std::string& value, const Path& path, const std::string& constraint) {
  if (!count_violation()) return;
  violations_.push_back("Value " + value + (value.empty() ? "" : " ") + "at '" + path.text(style_) +
                        "' failed to satisfy constraint: " + constraint);
}

void Encoder::value(std::string_view text) {
  out_ += '"';
  const char* const end = text.data() + text.size();
  const char* plain = text.data();  // the start of the part that needs no escaping
  for (const char* next = plain;;) {
    next = find_special(next, end);
    if (next == end) break;
    const std::string_view rest(next, static_cast<std::size_t>(end - next));
    const auto length = is_escaped(*next) ? 0 : store::utf8_length(rest);
    if (length == 0) {
      out_.append(plain, static_cast<std::size_t>(next - plain));
      escape(*next);
      plain = next + 1;
    }
    next += std::max<std::size_t>(length, 1);
  }
  out_.append(plain, static_cast<std::size_t>(end - plain));
  out_ += '"';
}

void Encoder::escape(char character) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  switch (character) {
    case '"':
    case '\\':
      (out_ += '\\') += character;
      break;
    case '\n':
      out_ += "\\n";
      break;
    case '\r':
      out_ += "\\r";
      break;
    case '\t':
      out_ += "\\t";
      break;
    default:
      if (!is_escaped(character)) {
        out_ += "\xEF\xBF\xBD";  // the replacement character, for bytes that are not UTF-8
        break;
      }
      out_ += "\\u00";
      out_ += kHex[static_cast<unsigned char>(character) >> 4U];
      out_ += kHex[static_cast<unsigned char>(character) & 0xFU];
  }
}

void Encoder::value(std::int64_t content) {
  std::array<char, 24> digits{};
  const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), content).ptr;
  out_.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void Encoder::value(double content) {
  if (!std::isfinite(content)) throw std::range_error("JSON has no number that is infinite");
  std::array<char, 40> digits{};
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), content).ptr;
  const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out_ += text;
  if (text.find_first_of(".e") == std::string_view::npos) out_ += ".0";
}

void Encoder::value(Time content) {
  if (times_ == TimeFormat::Rfc3339) return value(std::string_view(format_time(content)));
  auto milliseconds = content.time_since_epoch().count();
  if (milliseconds < 0) {
    out_ += '-';
    milliseconds = -milliseconds;
  }
  value(milliseconds / 1000);
  const auto fraction = static_cast<int>(milliseconds % 1000);
  const std::array digits{'.', static_cast<char>('0' + fraction / 100), static_cast<char>('0' + fraction / 10 % 10),
                          static_cast<char>('0' + fraction % 10)};
  out_.append(digits.data(), digits.size());
}

}  // namespace workmail::api
