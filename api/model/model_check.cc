#include "api/model/model_check.h"

#include <algorithm>
#include <set>

namespace modelgen {

namespace {

// AWS's annotations that do not affect the generated code.
const std::vector<std::string> kIgnored{"documentation", "box",   "deprecated", "deprecatedMessage",
                                        "synthetic",     "error", "fault"};

const std::vector<KnownType> kServiceTypes{
    {"structure", {"members", "required", "exception", "payload"}},
    {"string", {"min", "max", "pattern", "sensitive", "enum"}},
    {"blob", {"streaming"}},
    {"list", {"member", "min", "max"}},
    {"boolean", {}},
    {"integer", {"min", "max"}},
    {"long", {}},
    {"double", {"min"}},
    {"timestamp", {}},
};

const std::vector<KnownType> kControlTypes{
    {"structure", {"members", "required"}},
    {"union", {"members", "discriminator"}},
    {"string", {"min", "max", "pattern", "enum", "message"}},
    {"strings", {"member", "max", "message"}},
    {"list", {"member"}},
    {"map", {"value"}},
    {"boolean", {}},
    {"integer", {}},
    {"count", {"max", "message"}},
    {"number", {"min", "message"}},
    {"time", {}},
    {"duration", {"max", "message"}},
    {"document", {"max"}},
    {"json", {"kinds"}},
};

const std::vector<std::string> kMemberAttributes{"shape", "documentation", "idempotencyToken"};

auto contains(const std::vector<std::string>& all, const std::string& one) -> bool {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// The checks of one set of shapes. Every message begins with the name of the shape.
class Check {
 public:
  Check(const Json& shapes, const std::vector<KnownType>& types, const Json* others = nullptr)
      : shapes_(shapes), types_(types), others_(others) {}

  void all() {
    for (const auto& name : names_of(shapes_)) {
      check_type(name);
      check_references(name);
      check_required(name);
      std::vector<std::string> path;
      check_recursion(name, path);
    }
  }

  [[noreturn]] static void refuse(const std::string& name, const std::string& why) {
    throw ModelError("shape " + name + " " + why);
  }

  void check_reference(const std::string& from, const std::string& to) const {
    const bool known = shapes_.HasMember(to.c_str()) || (others_ != nullptr && others_->HasMember(to.c_str()));
    if (!known) refuse(from, "refers to " + to + ", which does not exist");
  }

 private:
  [[nodiscard]] auto shape(const std::string& name) const -> const Json& { return shapes_[name.c_str()]; }

  void check_type(const std::string& name) const {
    const std::string type = string_or(shape(name), "type", "");
    const auto known =
        std::find_if(types_.begin(), types_.end(), [&](const KnownType& one) { return one.type == type; });
    if (known == types_.end()) refuse(name, "has the type \"" + type + "\", which cannot be written");
    for (const auto& attribute : names_of(shape(name))) {
      if (attribute == "type" || contains(kIgnored, attribute) || contains(known->attributes, attribute)) continue;
      refuse(name, "has \"" + attribute + "\", which cannot be written for the type \"" + type + "\"");
    }
    if (shape(name).HasMember("enum")) check_enum(name);
  }

  void check_enum(const std::string& name) const {
    std::set<std::string> enumerators;
    for (const auto& value : strings_of(shape(name), "enum")) {
      const auto written = enumerator(value);
      if (written.empty() || std::isdigit(static_cast<unsigned char>(written[0])) != 0) {
        refuse(name, "has the value \"" + value + "\", which is no enumerator");
      }
      if (!enumerators.insert(written).second) refuse(name, "has two values that are written " + written);
    }
  }

  // The names of the shapes that this shape refers to.
  [[nodiscard]] auto parts(const std::string& name) const -> std::vector<std::string> {
    const Json& json = shape(name);
    if (json.HasMember("member")) return {string_of(json["member"], "shape")};
    if (json.HasMember("value")) return {string_of(json["value"], "shape")};
    if (!json.HasMember("members")) return {};
    if (json["members"].IsArray()) return strings_of(json, "members");
    std::vector<std::string> found;
    for (const auto& member : json["members"].GetObject()) found.push_back(string_of(member.value, "shape"));
    return found;
  }

  void check_references(const std::string& name) const {
    for (const auto& part : parts(name)) check_reference(name, part);
    const Json& json = shape(name);
    if (json.HasMember("member")) check_element(name, string_of(json["member"], "shape"));
    if (!json.HasMember("members") || !json["members"].IsObject()) return;
    std::set<std::string> written;
    for (const auto& member : json["members"].GetObject()) {
      const std::string key = member.name.GetString();
      if (!written.insert(snake_case(key)).second) refuse(name, "has two members that are written " + snake_case(key));
      for (const auto& attribute : names_of(member.value)) {
        if (contains(kMemberAttributes, attribute)) continue;
        refuse(name, "has \"" + attribute + "\" at its member " + key + ", which cannot be written");
      }
    }
  }

  // The elements of lists must be strings or structures.
  void check_element(const std::string& name, const std::string& element) const {
    const std::string type = shapes_.HasMember(element.c_str()) ? string_of(shape(element), "type") : "structure";
    if (type == "string" || type == "structure") return;
    refuse(name, "is a list of " + element + ", whose type \"" + type + "\" cannot be written in lists");
  }

  void check_required(const std::string& name) const {
    for (const auto& member : strings_of(shape(name), "required")) {
      if (!shape(name)["members"].HasMember(member.c_str())) {
        refuse(name, "requires " + member + ", which is no member of it");
      }
    }
  }

  void check_recursion(const std::string& name, std::vector<std::string>& path) {
    if (contains(path, name)) refuse(name, "contains itself, which no structure can");
    if (!shapes_.HasMember(name.c_str()) || !finite_.insert(name).second) return;
    path.push_back(name);
    for (const auto& part : parts(name)) check_recursion(part, path);
    path.pop_back();
  }

  const Json& shapes_;
  const std::vector<KnownType>& types_;
  const Json* others_;
  std::set<std::string> finite_;  // shapes that check_recursion() has checked
};

void check_union(const Json& shapes, const std::string& name) {
  const std::string discriminator = string_of(shapes[name.c_str()], "discriminator");
  for (const auto& member : strings_of(shapes[name.c_str()], "members")) {
    const Json& structure = shapes[member.c_str()];
    if (string_of(structure, "type") != "structure" || !is_required(structure, discriminator) ||
        !shapes[string_of(structure["members"][discriminator.c_str()], "shape").c_str()].HasMember("enum")) {
      Check::refuse(name, "has " + member + ", which does not require an enumeration " + discriminator);
    }
  }
}

// Each constraint needs the text of its error; the text for an element is in its list.
void check_message(const Json& shape, const std::string& name) {
  const std::string type = string_of(shape, "type");
  const bool has_rule =
      shape.HasMember("pattern") || shape.HasMember("min") || (type == "duration" && shape.HasMember("max"));
  if (has_rule && type != "string" && !shape.HasMember("message")) {
    Check::refuse(name, "has a constraint and no \"message\" for it");
  }
}

void check_endpoint(const Json& model, const std::string& name, const Check& check) {
  const Json& endpoint = model["endpoints"][name.c_str()];
  const std::string from = "of endpoint " + name;
  for (const auto* member : {"query", "input"}) {
    if (endpoint.HasMember(member)) check.check_reference(from, string_of(endpoint, member));
  }
  for (const auto& answer : endpoint["answers"].GetArray()) {
    if (answer.HasMember("shape")) check.check_reference(from, string_of(answer, "shape"));
    if (!answer.HasMember("shape") && !answer.HasMember("content") && answer["status"].GetInt() != 304) {
      throw ModelError("endpoint " + name + " has an answer without a shape or content");
    }
  }
  for (const auto& error : strings_of(endpoint, "errors")) {
    if (!model["errors"].HasMember(error.c_str())) {
      throw ModelError("endpoint " + name + " has the error " + error + ", which does not exist");
    }
  }
  const std::string path = string_of(endpoint, "path");
  for (auto begin = path.find('{'); begin != std::string::npos; begin = path.find('{', begin + 1)) {
    const std::string parameter = path.substr(begin + 1, path.find('}', begin) - begin - 1);
    if (!endpoint.HasMember("parameters") || !endpoint["parameters"].HasMember(parameter.c_str())) {
      throw ModelError("endpoint " + name + " has no shape for its parameter " + parameter);
    }
  }
}

}  // namespace

void check_service_shapes(const Json& shapes) {
  Check(shapes, kServiceTypes).all();
}

void check_control_model(const Json& model, const Json& service) {
  const Json& shapes = model["shapes"];
  Check check(shapes, kControlTypes, &service);
  check.all();
  for (const auto& name : names_of(shapes)) {
    check_message(shapes[name.c_str()], name);
    if (string_of(shapes[name.c_str()], "type") == "union") check_union(shapes, name);
  }
  for (const auto& name : names_of(model["endpoints"])) check_endpoint(model, name, check);
}

}  // namespace modelgen
