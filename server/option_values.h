// Parses values of options. server/options.cc has the type of each option, and where its value is stored.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "server/mail/http_endpoint.h"

namespace workmail::server {

// What a value must be, for the message of a BadUsage.
struct BadValue {
  const char* expected;
  bool shown = true;  // whether the message may contain the value
};

template <class Value>
auto or_refuse(std::optional<Value> value, const char* expected) -> Value {
  if (!value) throw BadValue{expected};
  return *std::move(value);
}

template <class Value>
auto one_of(const std::string& text, std::initializer_list<std::pair<const char*, Value>> words, const char* expected)
    -> Value {
  for (const auto& [word, value] : words) {
    if (text == word) return value;
  }
  throw BadValue{expected};
}

// These throw BadValue.
auto parse_account(const std::string& text) -> std::string;
auto parse_region(const std::string& text) -> std::string;
auto parse_number(const std::string& text, std::size_t min, std::size_t max, const char* expected) -> std::size_t;
// A text of characters that are valid in a header.
auto parse_token(const std::string& text) -> std::string;
auto parse_origin(const std::string& text) -> std::string;
auto parse_host(const std::string& text) -> std::string;
auto parse_endpoint(const std::string& text) -> HttpEndpoint;

}  // namespace workmail::server
