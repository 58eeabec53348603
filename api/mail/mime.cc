#include "api/mail/mime.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "api/mail/parameters.h"
#include "store/ascii.h"

namespace workmail::api {

namespace {

// A media type is two tokens (RFC 2045, 5.1).
auto is_media_type(std::string_view text) -> bool {
  const auto slash = text.find('/');
  const auto is_of_token = [](char c) {
    return c > ' ' && c <= '~' && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
  };
  const auto is_token = [&](std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), is_of_token);
  };
  return slash != std::string_view::npos && is_token(text.substr(0, slash)) && is_token(text.substr(slash + 1));
}

auto file_name(const Headers& headers, const FieldWithParameters& content_type) -> std::string {
  const auto disposition = headers.first("Content-Disposition");
  auto name = disposition ? FieldWithParameters(*disposition).text("filename") : std::nullopt;
  if (!name || name->empty()) name = content_type.text("name");
  return name.value_or("");
}

// Messages must not be encoded (RFC 2046, 5.2.1). An encoded one is treated as a file, as in other programs.
auto is_encoded(const Headers& headers) -> bool {
  const auto encoding = store::lower_case(unfolded(headers.first("Content-Transfer-Encoding").value_or("")));
  return encoding == "base64" || encoding == "quoted-printable";
}

class Walk {
 public:
  explicit Walk(std::string_view message) : rest_(message) {}

  auto run() -> Parts {
    read_part();
    while (!rest_.empty() && result_.limit.empty()) {
      const auto delimiter = delimiter_in(take_line(rest_));
      if (delimiter) meet(*delimiter);
    }
    return std::move(result_);
  }

 private:
  // A part that contains others, and their boundary; a message has no boundary.
  struct Container {
    std::string boundary;
    std::size_t part;
  };
  struct Delimiter {
    std::size_t container;
    bool is_final;
  };

  // A boundary of an outer multipart also ends the inner ones (RFC 2046, 5.1.2).
  [[nodiscard]] auto delimiter_in(std::string_view line) const -> std::optional<Delimiter> {
    if (!line.starts_with("--")) return std::nullopt;
    const auto text = trimmed(line.substr(2));
    for (std::size_t level = containers_.size(); level-- > 0;) {
      const auto& boundary = containers_[level].boundary;
      if (boundary.empty() || !text.starts_with(boundary)) continue;
      const auto behind = text.substr(boundary.size());
      if (behind.empty() || behind == "--") return Delimiter{.container = level, .is_final = !behind.empty()};
    }
    return std::nullopt;
  }

  void meet(const Delimiter& delimiter) {
    containers_.resize(delimiter.container + 1);
    if (delimiter.is_final) {
      result_.parts[containers_.back().part].closed = true;
      containers_.pop_back();
    } else {
      read_part();
    }
  }

  // The header of a part, of the message that it contains, and so on.
  void read_part() {
    bool holds_message = true;
    while (holds_message && result_.limit.empty()) {
      if (result_.parts.size() == kMaxParts) {
        result_.limit = "has more than 10,000 parts";
        return;
      }
      const auto headers =
          read_headers(rest_, [this](std::string_view line) { return delimiter_in(line).has_value(); });
      rest_ = headers.body;
      holds_message = add_part(headers);
    }
  }

  // Returns whether the header of a message follows.
  auto add_part(const Headers& headers) -> bool {
    const FieldWithParameters content_type(headers.first("Content-Type").value_or(""));
    auto media_type = is_media_type(content_type.value()) ? content_type.value() : default_type();
    const bool holds_message = media_type == "message/rfc822" && !is_encoded(headers);
    const bool is_multipart = media_type.starts_with("multipart/");
    const auto boundary = is_multipart ? content_type.bytes("boundary") : std::nullopt;
    result_.parts.push_back(
        {.media_type = std::move(media_type), .file_name = file_name(headers, content_type), .closed = !is_multipart});
    if (!holds_message && !is_multipart) return false;
    if (containers_.size() == kMaxPartDepth) {
      result_.limit = "has parts that are nested deeper than 20 levels";
      return false;
    }
    containers_.push_back({.boundary = std::string(trimmed(boundary.value_or(""))), .part = result_.parts.size() - 1});
    return holds_message;
  }

  // The default in a digest is a message (RFC 2046, 5.1.5).
  [[nodiscard]] auto default_type() const -> std::string {
    const bool in_digest =
        !containers_.empty() && result_.parts[containers_.back().part].media_type == "multipart/digest";
    return in_digest ? "message/rfc822" : "text/plain";
  }

  std::string_view rest_;
  std::vector<Container> containers_;
  Parts result_;
};

}  // namespace

auto parts_of(std::string_view message) -> Parts {
  return Walk(message).run();
}

}  // namespace workmail::api
