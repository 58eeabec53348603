#include "server/emulator/journal.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "api/wire/codec.h"
#include "store/utf8.h"

namespace workmail::server {

namespace {

// "\u2026", at the end of a truncated body.
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

auto in_bytes(std::size_t size) -> std::string {
  return "(" + std::to_string(size) + " bytes)";
}

auto cut(std::string_view text, std::size_t size) -> std::string {
  return std::string(store::beginning(text, kBodyShown)).append(kEllipsis).append(" ").append(in_bytes(size));
}

// Stores the body, or the redacted text of a long one.
auto keep(std::string_view body, std::optional<std::string> text, std::size_t most, std::string& kept) -> Kept {
  if (!text) {
    kept = in_bytes(body.size());
    return Kept::Size;
  }
  const bool shown = text->size() <= kBodyShown;
  const bool whole = text->size() <= most;
  kept = whole ? *std::move(text) : cut(*text, body.size());
  return shown ? Kept::Whole : whole ? Kept::Long : Kept::Beginning;
}

// Not named "quoted", because GCC 14 would find std::quoted for a std::string.
auto json_string(std::string_view text) -> std::string {
  std::string json;
  api::Encoder(json).value(text);
  return json;
}

auto shown(const JournalEntry& entry, api::Side side, const std::string& body) -> std::string {
  auto json = api::redacted(entry.redact, entry.operation, side, body);
  return json ? *std::move(json) : json_string(in_bytes(body.size()));
}

// The memory of an entry and its texts. Uses their sizes, which do not change after the entry is stored.
auto bytes_of(const JournalEntry& entry) -> std::size_t {
  std::size_t bytes = sizeof entry;
  for (const auto* text :
       {&entry.operation, &entry.request_id, &entry.error, &entry.account, &entry.region, &entry.access_key_id,
        &entry.source_address, &entry.invocation, &entry.user_agent, &entry.fault, &entry.request, &entry.response}) {
    bytes += text->size();
  }
  if (entry.lost) bytes += entry.lost->error.size() + entry.lost->response.size();
  return bytes;
}

}  // namespace

void keep_request(JournalEntry& entry, std::string_view body) {
  entry.request_bytes = body.size();
  if (body.size() <= kBodyShown) {
    entry.request.assign(body);
    entry.request_kept = Kept::Whole;
  } else {
    auto text = api::redacted(entry.redact, entry.operation, api::Side::Input, body);
    entry.request_kept = keep(body, std::move(text), kRequestKept, entry.request);
  }
}

void keep_response(JournalEntry& entry, std::string_view body) {
  if (body.size() <= kBodyShown) {
    entry.response.assign(body);
    entry.response_kept = Kept::Whole;
  } else {
    // This program has written the response, so it is known to be JSON without reading it completely.
    auto text = api::redacted(entry.redact, entry.operation, api::Side::Output, body, kBodyShown);
    entry.response_kept = keep(body, std::move(text), kBodyShown, entry.response);
  }
}

auto shown_request(const JournalEntry& entry) -> std::string {
  if (entry.request_kept == Kept::Long) return json_string(cut(entry.request, entry.request_bytes));
  return entry.request_cut() ? json_string(entry.request) : shown(entry, api::Side::Input, entry.request);
}

auto shown_response(const JournalEntry& entry) -> std::string {
  if (entry.response.empty()) return {};
  return entry.response_cut() ? json_string(entry.response) : shown(entry, api::Side::Output, entry.response);
}

auto whole_request(const JournalEntry& entry) -> std::string {
  if (entry.request_kept == Kept::Long) return entry.request;
  if (entry.request_cut()) return {};
  return api::redacted(entry.redact, entry.operation, api::Side::Input, entry.request).value_or("");
}

void Journal::add(JournalEntry entry) {
  if (!enabled()) return;
  const auto bytes = bytes_of(entry);
  while (!entries_.empty() && (entries_.size() >= capacity_ || bytes_ + bytes > max_bytes_)) drop_oldest();
  entry.id = ++last_id_;
  entries_.push_back(std::move(entry));
  bytes_ += bytes;
  assert(entries_.size() <= capacity_ && "the ring is never longer than --journal");
  for (const auto& listener : listeners_) listener(entries_.back());
}

void Journal::drop_oldest() {
  last_dropped_ = entries_.front().id;
  assert(bytes_ >= bytes_of(entries_.front()) && "an entry takes what it took when it was added");
  bytes_ -= bytes_of(entries_.front());
  entries_.pop_front();
}

void Journal::clear() {
  entries_.clear();
  bytes_ = 0;
}

void Journal::remove_account(std::string_view account) {
  std::erase_if(entries_, [&](const JournalEntry& entry) {
    if (entry.account != account) return false;
    bytes_ -= bytes_of(entry);
    return true;
  });
}

}  // namespace workmail::server
