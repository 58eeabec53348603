#include "api/model/rest_model.h"

namespace modelgen {

namespace {

constexpr int kUsualStatus = 400;

// A member of an input is in the body, or a segment of the path. Members of the path are added to the body before
// decoding, so the generator treats all alike.
void take_locations(rapidjson::Document& model, const std::string& operation, const std::string& shape) {
  for (auto& member : model["shapes"][shape.c_str()]["members"].GetObject()) {
    const std::string location = string_or(member.value, "location", "body");
    if (location == "body") continue;
    const std::string key = member.name.GetString();
    const std::string uri = string_of(model["operations"][operation.c_str()]["http"], "requestUri");
    if (location != "uri" || string_or(member.value, "locationName", "") != key ||
        uri.find("{" + key + "}") == std::string::npos) {
      throw ModelError("shape " + shape + " has its member " + key + " where it cannot be read");
    }
    member.value.RemoveMember("location");
    member.value.RemoveMember("locationName");
  }
}

// An output is JSON, or consists of the bytes of its only member.
void check_output(const Json& shapes, const std::string& shape) {
  const Json& json = shapes[shape.c_str()];
  for (const auto& member : json["members"].GetObject()) {
    const bool bytes = string_of(shapes[string_of(member.value, "shape").c_str()], "type") == "blob";
    const bool payload = string_or(json, "payload", "") == member.name.GetString();
    if (bytes != payload || (payload && json["members"].MemberCount() != 1)) {
      throw ModelError("shape " + shape + " has its member " + member.name.GetString() + " where it cannot be written");
    }
  }
}

auto status_of(const Json& shapes, const std::string& error) -> int {
  const Json& shape = shapes[error.c_str()];
  return shape.HasMember("error") ? shape["error"]["httpStatusCode"].GetInt() : kUsualStatus;
}

}  // namespace

void prepare_rest_operations(rapidjson::Document& model, const Json& others) {
  auto& allocator = model.GetAllocator();
  for (auto& operation : model["operations"].GetObject()) {
    take_locations(model, operation.name.GetString(), string_of(operation.value["input"], "shape"));
    check_output(model["shapes"], string_of(operation.value["output"], "shape"));
    for (auto& error : operation.value["errors"].GetArray())
      error.AddMember("status", status_of(model["shapes"], string_of(error, "shape")), allocator);
    operation.value.AddMember("rest", true, allocator);
  }
  for (const auto& name : names_of(model["shapes"])) {
    if (!others.HasMember(name.c_str())) continue;
    if (!flag(model["shapes"][name.c_str()], "exception")) throw ModelError("shape " + name + " is in two models");
    model["shapes"].RemoveMember(name.c_str());
  }
}

}  // namespace modelgen
