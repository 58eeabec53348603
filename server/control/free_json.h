// Arbitrary JSON in the structures of the control plane's model, and member names outside the model.
#pragma once

#include <memory>
#include <string>

#include "api/wire/codec.h"
#include "api/wire/json.h"

namespace workmail::server::control {

// An object in an input; null if it is absent.
using Document = std::shared_ptr<const rapidjson::Document>;

// A value in a response that is already JSON.
struct RawJson {
  std::string text;
};

inline void encode(api::Encoder& encoder, const RawJson& json) {
  encoder.value(api::JsonText{json.text});
}

// The name of a member in quotes, with the colon, for the encoder.
inline auto key_of(const std::string& name) -> std::string {
  std::string key;
  api::Encoder(key).value(name);
  return key + ":";
}

}  // namespace workmail::server::control
