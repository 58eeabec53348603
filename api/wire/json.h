// RapidJSON as this program uses it: include this instead of <rapidjson/…>.
#pragma once

#include <stdexcept>

// A misuse of RapidJSON is a bug of this program. It becomes a logged 500 instead of an abort.
#define RAPIDJSON_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : throw std::logic_error("RapidJSON: " #condition))
#define RAPIDJSON_NOEXCEPT_ASSERT(condition) static_cast<void>(0)

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>

#include <string_view>

namespace workmail::api {

using Json = rapidjson::Value;

inline auto text_of(const Json& json) -> std::string_view {
  return {json.GetString(), json.GetStringLength()};
}

}  // namespace workmail::api
