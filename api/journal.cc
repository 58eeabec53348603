#include "api/journal.h"

#include <algorithm>
#include <utility>

#include "api/codec.h"
#include "api/redaction.h"

namespace workmail::api {

namespace {

// "\u2026", after what is left of a cut body.
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

auto in_bytes(std::size_t size) -> std::string {
  return "(" + std::to_string(size) + " bytes)";
}

// The beginning of a text, without half of a code point at its end.
auto beginning(std::string_view text, std::size_t size) -> std::string_view {
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return text.substr(0, size);
}

// Answers whether the body was cut.
auto keep(std::string_view operation, Side side, std::string_view body, std::string& kept) -> bool {
  if (body.size() <= kBodyShown) {
    kept.assign(body);
    return false;
  }
  // An answer is our own work, so that its rest need not be read to know that it is JSON.
  const auto enough = side == Side::Output ? kBodyShown : std::string_view::npos;
  auto text = redacted(operation, side, body, enough);
  if (text && text->size() <= kBodyShown) {
    kept = *std::move(text);
    return false;
  }
  kept = text ? std::string(beginning(*text, kBodyShown)).append(kEllipsis).append(" ") : "";
  kept += in_bytes(body.size());
  return true;
}

auto shown(std::string_view operation, Side side, const std::string& kept, bool cut) -> std::string {
  if (!cut) {
    if (auto json = redacted(operation, side, kept)) return *std::move(json);
  }
  std::string json;
  Encoder(json).value(cut ? kept : in_bytes(kept.size()));
  return json;
}

// What an entry takes: itself and its texts, by their sizes, which do not change once it is kept.
auto bytes_of(const JournalEntry& entry) -> std::size_t {
  std::size_t bytes = sizeof entry;
  for (const auto* text :
       {&entry.operation, &entry.request_id, &entry.error, &entry.account, &entry.region, &entry.access_key_id,
        &entry.source_address, &entry.invocation, &entry.user_agent, &entry.fault, &entry.request, &entry.response}) {
    bytes += text->size();
  }
  return bytes;
}

}  // namespace

void keep_request(JournalEntry& entry, std::string_view body) {
  entry.request_cut = keep(entry.operation, Side::Input, body, entry.request);
}

void keep_response(JournalEntry& entry, std::string_view body) {
  entry.response_cut = keep(entry.operation, Side::Output, body, entry.response);
}

auto shown_request(const JournalEntry& entry) -> std::string {
  return shown(entry.operation, Side::Input, entry.request, entry.request_cut);
}

auto shown_response(const JournalEntry& entry) -> std::string {
  if (entry.response.empty()) return {};
  return shown(entry.operation, Side::Output, entry.response, entry.response_cut);
}

void Journal::add(JournalEntry entry) {
  if (!enabled()) return;
  const auto bytes = bytes_of(entry);
  while (!entries_.empty() && (entries_.size() >= capacity_ || bytes_ + bytes > max_bytes_)) drop_oldest();
  entry.id = ++last_id_;
  entries_.push_back(std::move(entry));
  bytes_ += bytes;
  for (const auto& listener : listeners_) listener(entries_.back());
}

void Journal::drop_oldest() {
  last_dropped_ = entries_.front().id;
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

}  // namespace workmail::api
