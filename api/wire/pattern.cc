#include "api/wire/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <cstdint>
#include <stdexcept>
#include <string>

namespace workmail::api {

namespace {

// Far more than any pattern of the model needs for a value of a valid length.
constexpr std::uint32_t kMatchLimit = 1'000'000;

auto match_context() -> pcre2_match_context* {
  static pcre2_match_context* const context = [] {
    auto* created = pcre2_match_context_create(nullptr);
    pcre2_set_match_limit(created, kMatchLimit);
    return created;
  }();
  return context;
}

auto match_data() -> pcre2_match_data* {
  static pcre2_match_data* const data = pcre2_match_data_create(1, nullptr);
  return data;
}

auto compile(std::string_view source) -> pcre2_code* {
  int error = 0;
  PCRE2_SIZE offset = 0;
  // ALT_BSUX enables Java's \uXXXX. Java's matches() is anchored on both sides.
  pcre2_code* code = pcre2_compile(
      reinterpret_cast<PCRE2_SPTR>(source.data()), source.size(),
      PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_ALT_BSUX | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_DOLLAR_ENDONLY,
      &error, &offset, nullptr);
  if (code == nullptr) throw std::logic_error("the model has a pattern that does not compile: " + std::string(source));
  pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);  // if this fails, the interpreter is used
  return code;
}

}  // namespace

auto pcre2_version() -> std::string {
  std::string text(static_cast<std::size_t>(pcre2_config(PCRE2_CONFIG_VERSION, nullptr)), '\0');
  pcre2_config(PCRE2_CONFIG_VERSION, text.data());
  // "10.42 2022-12-11" and a terminating zero.
  return text.substr(0, text.find(' '));
}

auto Pattern::matches(std::string_view text) const -> bool {
  if (code_ == nullptr) code_ = compile(source_);
  const int result = pcre2_match(static_cast<pcre2_code*>(code_), reinterpret_cast<PCRE2_SPTR>(text.data()),
                                 text.size(), 0, PCRE2_NO_UTF_CHECK, match_data(), match_context());
  return result >= 0;
}

}  // namespace workmail::api
