// JSON of whatever members inside the structures of the control plane's model, and names that are not the model's.
#pragma once

#include <memory>
#include <string>

#include "api/wire/codec.h"
#include "api/wire/json.h"

namespace workmail::server::control {

// An object of an input; null when it is absent.
using Document = std::shared_ptr<const rapidjson::Document>;

// A value of an answer that is JSON already.
struct RawJson {
  std::string text;
};

inline void encode(api::Encoder& encoder, const RawJson& json) {
  encoder.value(api::JsonText{json.text});
}

// The name of a member as the encoder takes it, with quotes and colon.
inline auto key_of(const std::string& name) -> std::string {
  std::string key;
  api::Encoder(key).value(name);
  return key + ":";
}

}  // namespace workmail::server::control
