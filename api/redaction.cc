#include "api/redaction.h"

#include <algorithm>
#include <span>
#include <vector>

#include "api/codec.h"
#include "api/json.h"
#include "api/json_text.h"
#include "api/operation.h"

namespace workmail::api {

namespace {

// Takes the parser's events and writes the same JSON, with something else in the place of secrets. A method answers
// false to end the parsing.
class Redactor {
 public:
  using Ch = char;
  using Size = rapidjson::SizeType;

  Redactor(std::span<const std::string_view> secrets, std::size_t enough, std::string& out)
      : secrets_(secrets), enough_(enough), out_(out) {}

  // Whether parsing ended because there was enough.
  [[nodiscard]] auto full() const -> bool { return full_; }

  auto Null() -> bool { return plain("null"); }
  auto Bool(bool value) -> bool { return plain(value ? "true" : "false"); }
  auto RawNumber(const Ch* text, Size length, bool /*copy*/) -> bool { return plain({text, length}); }
  // Numbers come as they are written, so these never happen.
  auto Int(int /*value*/) -> bool { return false; }
  auto Uint(unsigned /*value*/) -> bool { return false; }
  auto Int64(std::int64_t /*value*/) -> bool { return false; }
  auto Uint64(std::uint64_t /*value*/) -> bool { return false; }
  auto Double(double /*value*/) -> bool { return false; }

  auto String(const Ch* text, Size length, bool /*copy*/) -> bool {
    if (levels_.empty()) return false;
    if (begin_value()) write_text({text, length});
    return end_value();
  }

  auto Key(const Ch* text, Size length, bool /*copy*/) -> bool {
    if (hidden_ > 0) return true;
    const std::string_view name(text, length);
    separate();
    write_text(name);
    out_ += ':';
    path_.resize(levels_.back().path);
    if (!path_.empty()) path_ += '.';
    path_ += name;
    return true;
  }

  auto StartObject() -> bool { return open('{', '}'); }
  auto StartArray() -> bool { return !levels_.empty() && open('[', ']'); }
  auto EndObject(Size /*count*/) -> bool { return close(); }
  auto EndArray(Size /*count*/) -> bool { return close(); }

 private:
  struct Level {
    std::size_t path;  // the length of its own path
    char end;
    bool empty = true;
  };

  auto plain(std::string_view json) -> bool {
    if (levels_.empty()) return false;
    if (begin_value()) out_ += json;
    return end_value();
  }

  auto open(char begin, char end) -> bool {
    if (levels_.size() + hidden_ >= kMaximumDepth) return false;
    if (!begin_value()) {
      ++hidden_;
      return true;
    }
    out_ += begin;
    levels_.push_back({path_.size(), end});
    return true;
  }

  auto close() -> bool {
    if (hidden_ > 0) {
      --hidden_;
      return true;
    }
    out_ += levels_.back().end;
    path_.resize(levels_.back().path);
    levels_.pop_back();
    return end_value();
  }

  // Answers whether the value is to be written; a secret is written as what stands for it.
  auto begin_value() -> bool {
    if (hidden_ > 0) return false;
    const bool element = !levels_.empty() && levels_.back().end == ']';
    if (element) separate();
    const bool secret = std::find(secrets_.begin(), secrets_.end(), path_) != secrets_.end();
    if (secret) write_text(kRedacted);
    return !secret;
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

  std::span<const std::string_view> secrets_;
  std::size_t enough_;
  std::string& out_;
  std::string path_;           // of the value that comes next; lists leave no trace in it
  std::vector<Level> levels_;  // objects and lists around it
  std::size_t hidden_ = 0;     // objects and lists around it that are part of a secret
  bool full_ = false;
};

auto secrets_of(const Operation* operation, Side side) -> std::span<const std::string_view> {
  if (operation == nullptr) return {};
  return side == Side::Input ? operation->input_secrets : operation->output_secrets;
}

}  // namespace

auto redacted(std::string_view operation, Side side, std::string_view body, std::size_t enough)
    -> std::optional<std::string> {
  using rapidjson::ParseFlag;
  constexpr unsigned kFlags =
      ParseFlag::kParseIterativeFlag | ParseFlag::kParseValidateEncodingFlag | ParseFlag::kParseNumbersAsStringsFlag;
  const Operation* known = find_operation(operation);
  if (known == nullptr && side == Side::Input) return std::nullopt;
  if (body.empty()) return "{}";
  const auto secrets = secrets_of(known, side);
  // An answer is our own work: without secrets it is shown as it is. One byte more than enough tells that there is
  // more.
  if (known != nullptr && side == Side::Output && secrets.empty()) {
    const bool more_than_enough = body.size() > enough;
    return std::string(more_than_enough ? body.substr(0, enough + 1) : body);
  }
  if (body.find('\0') != std::string_view::npos) return std::nullopt;  // would end the parser's text early

  std::string out;
  Redactor redactor(secrets, enough, out);
  rapidjson::MemoryStream bytes(body.data(), body.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> text(bytes);
  require_memory_for_json(body.size());
  rapidjson::Reader reader;
  const bool read = !reader.Parse<kFlags>(text, redactor).IsError() || redactor.full();
  return read ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace workmail::api
