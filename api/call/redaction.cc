#include "api/call/redaction.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "api/call/operation.h"
#include "api/wire/codec.h"
#include "api/wire/json.h"
#include "api/wire/json_text.h"

namespace workmail::api {

namespace {

// Parts of names, as plain_name() writes them.
constexpr std::array<std::string_view, 10> kSecretWords{"password",   "passwd",    "passphrase", "passcode",
                                                        "secret",     "accesskey", "credential", "authorization",
                                                        "privatekey", "apikey"};
constexpr std::array<std::string_view, 5> kSecretNames{"pass", "pin", "pw", "pwd", "bearer"};
constexpr std::string_view kToken = "token";
// AWS: idempotency tokens, places in a list, and what is named after personal access tokens.
constexpr std::array<std::string_view, 5> kHarmlessTokens{"clienttoken", "nexttoken", "personalaccesstokenid",
                                                          "personalaccesstokenconfiguration",
                                                          "personalaccesstokensummaries"};

// Only the letters, in lower case, and the digits.
auto plain_name(std::string_view name) -> std::string {
  std::string plain;
  for (const char c : name) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c - 'A' + 'a');
  }
  return plain;
}

template <class Names>
auto has(const Names& names, std::string_view name) -> bool {
  return std::find(names.begin(), names.end(), name) != names.end();
}

auto is_secret(std::string_view plain) -> bool {
  const auto is_part = [plain](std::string_view word) { return plain.find(word) != std::string_view::npos; };
  if (has(kSecretNames, plain) || std::any_of(kSecretWords.begin(), kSecretWords.end(), is_part)) return true;
  return is_part(kToken) && !has(kHarmlessTokens, plain);
}

// Names of members, as plain_name() writes them.
struct Names {
  std::vector<std::string> hidden;
  // Names of the structures that contain them. If the value is not a structure, it may be the secret itself.
  std::vector<std::string> around;
};

// The names in paths such as "EwsProvider.EwsPassword".
void add_names(std::string_view path, Names& names) {
  for (auto dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    names.around.push_back(plain_name(path.substr(0, dot)));
    path.remove_prefix(dot + 1);
  }
  names.hidden.push_back(plain_name(path));
}

auto sensitive_paths(const Operation& operation, Side side) -> std::span<const std::string_view> {
  return side == Side::Input ? operation.input_secrets : operation.output_secrets;
}

auto last_name(std::string_view path) -> std::string_view {
  return path.substr(path.rfind('.') + 1);
}

// The structures of all operations that have a secret.
auto names_of_secrets() -> Names {
  Names names;
  for (const auto& operation : operations()) {
    for (const Side side : {Side::Input, Side::Output}) {
      for (const auto path : sensitive_paths(operation, side)) {
        if (is_secret_name(last_name(path))) add_names(path, names);
      }
    }
  }
  return names;
}

auto secrets() -> const Names& {
  static const Names names = names_of_secrets();
  return names;
}

// What Redact::All hides in addition, for one operation.
auto sensitive_names(const Operation* operation, Side side) -> Names {
  Names names;
  if (operation == nullptr) return names;
  for (const auto path : sensitive_paths(*operation, side)) add_names(path, names);
  return names;
}

enum class Place { Plain, Hidden, Around };

class Places {
 public:
  Places(Redact what, const Operation* operation, Side side) {
    if (what == Redact::All) sensitive_ = sensitive_names(operation, side);
  }

  [[nodiscard]] auto place(std::string_view name) const -> Place {
    const std::string plain = plain_name(name);
    if (is_secret(plain) || has(sensitive_.hidden, plain)) return Place::Hidden;
    return has(secrets().around, plain) || has(sensitive_.around, plain) ? Place::Around : Place::Plain;
  }

 private:
  Names sensitive_;
};

// Handles the parser's events and writes the same JSON, with hidden values replaced. A method returns false to stop
// parsing.
class Redactor {
 public:
  using Ch = char;
  using Size = rapidjson::SizeType;

  Redactor(const Places& places, std::size_t enough, std::string& out) : places_(places), enough_(enough), out_(out) {}

  // Whether parsing stopped because the output is long enough.
  [[nodiscard]] auto full() const -> bool { return full_; }

  auto Null() -> bool { return plain("null"); }
  auto Bool(bool value) -> bool { return plain(value ? "true" : "false"); }
  auto RawNumber(const Ch* text, Size length, bool /*copy*/) -> bool { return plain({text, length}); }
  // Never called, because numbers are parsed as text.
  auto Int(int /*value*/) -> bool { return false; }
  auto Uint(unsigned /*value*/) -> bool { return false; }
  auto Int64(std::int64_t /*value*/) -> bool { return false; }
  auto Uint64(std::uint64_t /*value*/) -> bool { return false; }
  auto Double(double /*value*/) -> bool { return false; }

  auto String(const Ch* text, Size length, bool /*copy*/) -> bool {
    if (levels_.empty()) return false;
    if (begin_value(false)) write_text({text, length});
    return end_value();
  }

  auto Key(const Ch* text, Size length, bool /*copy*/) -> bool {
    if (hidden_ > 0) return true;
    separate();
    write_text({text, length});
    out_ += ':';
    levels_.back().place = places_.place({text, length});
    return true;
  }

  auto StartObject() -> bool { return open('{', '}', Place::Plain); }
  // The elements of a list have the place of the list.
  auto StartArray() -> bool { return !levels_.empty() && open('[', ']', levels_.back().place); }
  auto EndObject(Size /*count*/) -> bool { return close(); }
  auto EndArray(Size /*count*/) -> bool { return close(); }

 private:
  struct Level {
    char end;
    Place place;  // of the next value
    bool empty = true;
  };

  auto plain(std::string_view json) -> bool {
    if (levels_.empty()) return false;
    if (begin_value(json == "null")) out_ += json;
    return end_value();
  }

  auto open(char begin, char end, Place place) -> bool {
    if (levels_.size() + hidden_ >= kMaxDepth) return false;
    if (!begin_value(true)) {
      ++hidden_;
      return true;
    }
    out_ += begin;
    levels_.push_back({end, place});
    return true;
  }

  auto close() -> bool {
    if (hidden_ > 0) {
      --hidden_;
      return true;
    }
    out_ += levels_.back().end;
    levels_.pop_back();
    return end_value();
  }

  // Returns whether the value must be written; writes the replacement of a hidden one.
  auto begin_value(bool may_stand_around) -> bool {
    if (hidden_ > 0) return false;
    if (levels_.empty()) return true;
    if (levels_.back().end == ']') separate();
    const Place place = levels_.back().place;
    const bool hides = place == Place::Hidden || (place == Place::Around && !may_stand_around);
    if (hides) write_text(kRedacted);
    return !hides;
  }

  auto end_value() -> bool {
    full_ = out_.size() > enough_;
    return !full_;
  }

  void separate() {
    if (!levels_.back().empty) out_ += ',';
    levels_.back().empty = false;
  }

  void write_text(std::string_view text) { Encoder(out_).value(text); }

  const Places& places_;
  std::size_t enough_;
  std::string& out_;
  std::vector<Level> levels_;  // objects and lists around it
  std::size_t hidden_ = 0;     // those of them that are hidden
  bool full_ = false;
};

// Whether the responses of an operation never contain secrets. This program writes them, so no client can add members.
auto is_open(Redact what, const Operation& operation) -> bool {
  const auto paths = operation.output_secrets;
  return std::none_of(paths.begin(), paths.end(),
                      [what](std::string_view path) { return what == Redact::All || is_secret_name(last_name(path)); });
}

auto hides(const Places& places, const Json& part, Place place) -> bool {
  if (part.IsNull()) return false;
  if (place == Place::Hidden) return true;
  if (part.IsObject()) {
    return std::any_of(part.MemberBegin(), part.MemberEnd(), [&](const auto& member) {
      return hides(places, member.value, places.place(text_of(member.name)));
    });
  }
  if (part.IsArray()) {
    return std::any_of(part.Begin(), part.End(), [&](const Json& element) { return hides(places, element, place); });
  }
  return place == Place::Around;
}

}  // namespace

auto is_secret_name(std::string_view name) -> bool {
  return is_secret(plain_name(name));
}

auto redacted(Redact what, std::string_view operation, Side side, std::string_view body, std::size_t enough)
    -> std::optional<std::string> {
  using rapidjson::ParseFlag;
  constexpr unsigned kFlags =
      ParseFlag::kParseIterativeFlag | ParseFlag::kParseValidateEncodingFlag | ParseFlag::kParseNumbersAsStringsFlag;
  const Operation* known = find_operation(operation);
  if (known == nullptr && side == Side::Input) return std::nullopt;
  if (body.empty()) return "{}";
  // One byte more than `enough` shows that the body is longer.
  if (known != nullptr && side == Side::Output && is_open(what, *known)) {
    const bool more_than_enough = body.size() > enough;
    return std::string(more_than_enough ? body.substr(0, enough + 1) : body);
  }
  if (body.find('\0') != std::string_view::npos) return std::nullopt;  // the parser would stop at a NUL

  std::string out;
  const Places places(what, known, side);
  Redactor redactor(places, enough, out);
  rapidjson::MemoryStream bytes(body.data(), body.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> text(bytes);
  require_memory_for_json(body.size());
  rapidjson::Reader reader;
  const bool read = !reader.Parse<kFlags>(text, redactor).IsError() || redactor.full();
  return read ? std::optional(std::move(out)) : std::nullopt;
}

auto hides(Redact what, std::string_view operation, const Json& part) -> bool {
  const Operation* known = find_operation(operation);
  if (known == nullptr) return !part.IsObject() || part.MemberCount() > 0;
  const Places places(what, known, Side::Input);
  return hides(places, part, Place::Plain);
}

}  // namespace workmail::api
