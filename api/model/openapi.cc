#include "api/model/openapi.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace modelgen {

namespace {

using Members = std::vector<std::pair<std::string, std::string>>;  // the values are JSON

constexpr std::string_view kJson = "application/json";

auto object(const Members& members) -> std::string {
  std::string text = "{";
  for (const auto& [name, value] : members) text += (text.size() > 1 ? "," : "") + quoted(name) + ":" + value;
  return text + "}";
}

auto array(const std::vector<std::string>& elements) -> std::string {
  std::string text = "[";
  for (const auto& element : elements) text += (text.size() > 1 ? "," : "") + element;
  return text + "]";
}

auto strings(const std::vector<std::string>& texts) -> std::string {
  std::vector<std::string> elements;
  for (const auto& text : texts) elements.push_back(quoted(text));
  return array(elements);
}

auto number(const Json& json) -> std::string {
  return json.IsInt64() ? std::to_string(json.GetInt64()) : std::to_string(json.GetDouble());
}

auto reference(const std::string& name) -> std::string {
  return object({{"$ref", quoted("#/components/schemas/" + name)}});
}

// readClock of ReadClock.
auto operation_id(std::string name) -> std::string {
  name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
  return name;
}

void add(Members& members, const char* name, const Json& shape, const char* attribute) {
  if (shape.HasMember(attribute)) members.emplace_back(name, number(shape[attribute]));
}

void add_documentation(Members& members, const Json& json) {
  if (json.HasMember("documentation")) members.emplace_back("description", quoted(string_of(json, "documentation")));
}

class Document {
 public:
  Document(const Json& model, const Json& service) : model_(model), shapes_(model["shapes"]), service_(service) {}

  auto text(const std::string& version) -> std::string {
    const std::string paths = write_paths();
    const std::string schemas = object(write_schemas());
    return object({
        {"openapi", quoted("3.1.0")},
        {"info", object({{"title", quoted(string_of(model_, "title"))},
                         {"version", quoted(version)},
                         {"description", quoted(string_of(model_, "documentation"))}})},
        {"servers", array({object({{"url", quoted("/")}})})},
        {"security", array({object({}), object({{"token", "[]"}})})},
        {"paths", paths},
        {"components", object({{"schemas", schemas}, {"securitySchemes", security_schemes()}})},
    });
  }

 private:
  static auto security_schemes() -> std::string {
    return object({{"token", object({{"type", quoted("http")},
                                     {"scheme", quoted("bearer")},
                                     {"description", quoted("The token of --control-token.")}})}});
  }

  // The control plane's own shapes take precedence over AWS's with the same name.
  [[nodiscard]] auto shape(const std::string& name) const -> const Json& {
    return shapes_.HasMember(name.c_str()) ? shapes_[name.c_str()] : service_[name.c_str()];
  }

  auto write_paths() -> std::string {
    std::vector<std::string> order;
    std::map<std::string, Members> operations;
    for (const auto& endpoint : model_["endpoints"].GetObject()) {
      const std::string path = string_of(model_, "root") + string_of(endpoint.value, "path");
      if (!operations.contains(path)) order.push_back(path);
      std::string method = string_of(endpoint.value, "method");
      for (char& c : method) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      operations[path].emplace_back(method, write_operation(endpoint.name.GetString(), endpoint.value));
    }
    Members paths;
    for (const auto& path : order) paths.emplace_back(path, object(operations[path]));
    return object(paths);
  }

  auto write_operation(const std::string& name, const Json& endpoint) -> std::string {
    Members members{{"operationId", quoted(operation_id(name))},
                    {"description", quoted(string_of(endpoint, "documentation"))}};
    if (flag(endpoint, "open")) members.emplace_back("security", "[]");
    const auto parameters = write_parameters(endpoint);
    if (!parameters.empty()) members.emplace_back("parameters", array(parameters));
    if (endpoint.HasMember("input")) {
      const std::string input = string_of(endpoint, "input");
      const bool required = shape(input).HasMember("required") || shape(input).HasMember("discriminator");
      members.emplace_back("requestBody", body(std::string(kJson), schema(input), required));
    } else if (endpoint.HasMember("inputContent")) {
      members.emplace_back("requestBody", body(string_of(endpoint, "inputContent"), object({}), false));
    }
    members.emplace_back("responses", write_responses(endpoint));
    return object(members);
  }

  static auto body(const std::string& content, const std::string& schema, bool required) -> std::string {
    Members members{{"content", object({{content, object({{"schema", schema}})}})}};
    if (required) members.emplace_back("required", "true");
    return object(members);
  }

  auto parameter(const std::string& name, const char* place, const std::string& shape_name, const Json* member,
                 bool required) -> std::string {
    Members members{{"name", quoted(name)}, {"in", quoted(place)}};
    if (required) members.emplace_back("required", "true");
    if (member != nullptr) add_documentation(members, *member);
    members.emplace_back("schema", schema(shape_name));
    return object(members);
  }

  auto write_parameters(const Json& endpoint) -> std::vector<std::string> {
    std::vector<std::string> parameters;
    for (const auto* place : {"parameters", "headers"}) {
      if (!endpoint.HasMember(place)) continue;
      const bool in_path = place == std::string("parameters");
      for (const auto& one : endpoint[place].GetObject()) {
        parameters.push_back(
            parameter(one.name.GetString(), in_path ? "path" : "header", one.value.GetString(), nullptr, in_path));
      }
    }
    if (!endpoint.HasMember("query")) return parameters;
    const Json& query = shape(string_of(endpoint, "query"));
    for (const auto& member : query["members"].GetObject()) {
      parameters.push_back(
          parameter(member.name.GetString(), "query", string_of(member.value, "shape"), &member.value, false));
    }
    return parameters;
  }

  auto write_responses(const Json& endpoint) -> std::string {
    Members responses;
    for (const auto& answer : endpoint["answers"].GetArray()) {
      responses.emplace_back(std::to_string(answer["status"].GetInt()), write_answer(answer));
    }
    std::map<int, std::vector<std::string>> errors;
    for (const auto* list : {&endpoint, &model_}) {
      for (const auto& name : strings_of(*list, list == &endpoint ? "errors" : "commonErrors")) {
        errors[model_["errors"][name.c_str()]["status"].GetInt()].push_back(name);
      }
    }
    for (const auto& [status, names] : errors) responses.emplace_back(std::to_string(status), error_response(names));
    responses.emplace_back(
        "default",
        object({{"description", quoted("Any other error, by the name that HTTP has for it.")},
                {"content",
                 object({{std::string(kJson), object({{"schema", schema(string_of(model_, "errorAnswer"))}})}})}}));
    return object(responses);
  }

  auto write_answer(const Json& answer) -> std::string {
    const auto contents = strings_of(answer, "content");
    Members content;
    if (contents.empty() && answer.HasMember("shape")) {
      content.emplace_back(kJson, object({{"schema", schema(string_of(answer, "shape"))}}));
    }
    for (const auto& type : contents) {
      // For text, the schema describes the content: the data of events.
      Members text{{"type", quoted("string")}};
      if (answer.HasMember("shape")) {
        text.emplace_back("contentMediaType", quoted(kJson));
        text.emplace_back("contentSchema", schema(string_of(answer, "shape")));
      }
      content.emplace_back(type, object({{"schema", type.rfind("text/", 0) == 0 ? object(text) : object({})}}));
    }
    Members members{{"description", quoted(string_or(answer, "documentation", "Success."))}};
    if (answer["status"].GetInt() >= 300) members[0].second = quoted("The answer of a web server.");
    if (!content.empty()) members.emplace_back("content", object(content));
    return object(members);
  }

  auto error_response(const std::vector<std::string>& names) -> std::string {
    std::string description;
    std::vector<std::string> schemas;
    for (const auto& name : names) {
      const std::string text = string_of(model_["errors"][name.c_str()], "documentation");
      description += (description.empty() ? "" : " ") + text;
      schemas.push_back(reference(name));
    }
    const std::string schema = schemas.size() == 1 ? schemas.front() : object({{"oneOf", array(schemas)}});
    return object({{"description", quoted(description)},
                   {"content", object({{std::string(kJson), object({{"schema", schema}})}})}});
  }

  static auto structure(const Members& properties, const std::vector<std::string>& required, Members members = {})
      -> std::string {
    members.emplace_back("type", quoted("object"));
    members.emplace_back("properties", object(properties));
    if (!required.empty()) members.emplace_back("required", strings(required));
    members.emplace_back("additionalProperties", "false");
    return object(members);
  }

  static auto error_schema(const std::string& code_schema, const std::string& documentation) -> std::string {
    const std::string text = object({{"type", quoted("string")}});
    return structure({{"error", structure({{"code", code_schema}, {"message", text}}, {"code", "message"})}}, {"error"},
                     {{"description", quoted(documentation)}});
  }

  // Everything that schema() referred to, directly and indirectly.
  auto write_schemas() -> Members {
    Members schemas;
    std::set<std::string> written;
    while (written.size() < wanted_.size()) {
      const auto wanted = wanted_;
      for (const auto& name : wanted) {
        if (written.insert(name).second) schemas.emplace_back(name, component(name));
      }
    }
    for (const auto& error : model_["errors"].GetObject()) {
      const std::string name = error.name.GetString();
      if (written.contains(name)) throw ModelError("shape " + name + " has the name of an error");
      schemas.emplace_back(name, error_schema(object({{"type", quoted("string")}, {"enum", strings({name})}}),
                                              string_of(error.value, "documentation")));
    }
    std::sort(schemas.begin(), schemas.end());
    return schemas;
  }

  // A structure, a union or an enumeration, whose name appears in generated clients.
  auto component(const std::string& name) -> std::string {
    const Json& json = shape(name);
    Members members;
    add_documentation(members, json);
    if (json.HasMember("enum")) {
      members.emplace_back("type", quoted("string"));
      members.emplace_back("enum", strings(strings_of(json, "enum")));
      return object(members);
    }
    if (json["members"].IsArray()) {
      std::vector<std::string> alternatives;
      for (const auto& member : strings_of(json, "members")) alternatives.push_back(schema(member));
      members.emplace_back("oneOf", array(alternatives));
      return object(members);
    }
    Members properties;
    for (const auto& member : json["members"].GetObject()) {
      properties.emplace_back(member.name.GetString(), property(member.value));
    }
    return structure(properties, strings_of(json, "required"), members);
  }

  auto property(const Json& member) -> std::string {
    std::string value = schema(string_of(member, "shape"));
    if (!member.HasMember("documentation")) return value;
    const std::string description = quoted("description") + ":" + quoted(string_of(member, "documentation"));
    return value == "{}" ? "{" + description + "}" : value.substr(0, value.size() - 1) + "," + description + "}";
  }

  auto schema(const std::string& name) -> std::string {
    const Json& json = shape(name);
    const std::string type = string_of(json, "type");
    if (json.HasMember("enum") || (json.HasMember("members") && type != "error")) {
      wanted_.insert(name);
      return reference(name);
    }
    Members members;
    if (type == "string") return string_schema(name, json);
    if (type == "boolean") return object({{"type", quoted("boolean")}});
    if (type == "time") return object({{"type", quoted("string")}, {"format", quoted("date-time")}});
    if (type == "timestamp") {
      return object(
          {{"type", strings({"string", "number"})}, {"description", quoted("RFC 3339, or seconds since 1970.")}});
    }
    if (type == "duration") {
      return object({{"type", strings({"string", "number"})},
                     {"description", quoted("As ISO 8601 such as PT20S, or in seconds.")}});
    }
    if (type == "map") {
      return object({{"type", quoted("object")}, {"additionalProperties", schema(string_of(json["value"], "shape"))}});
    }
    if (type == "json") {
      const auto kinds = strings_of(json, "kinds");
      return kinds.empty() ? object({}) : object({{"type", strings(kinds)}});
    }
    if (type == "document") return object({{"type", quoted("object")}});
    if (type == "list") return list_schema(json);
    if (type == "strings") {
      const auto one = schema(string_of(json["member"], "shape"));
      Members many{{"type", quoted("array")}, {"items", one}, {"minItems", "1"}};
      add(many, "maxItems", json, "max");
      return object({{"oneOf", array({one, object(many)})}});
    }
    members.emplace_back("type", quoted(type == "double" || type == "number" ? "number" : "integer"));
    if (type == "count") members.emplace_back("minimum", "0");
    add(members, "minimum", json, "min");
    add(members, "maximum", json, "max");
    return object(members);
  }

  auto list_schema(const Json& json) -> std::string {
    Members members{{"type", quoted("array")}, {"items", schema(string_of(json["member"], "shape"))}};
    add(members, "minItems", json, "min");
    add(members, "maxItems", json, "max");
    return object(members);
  }

  [[nodiscard]] auto string_schema(const std::string& name, const Json& json) const -> std::string {
    Members members{{"type", quoted("string")}};
    add(members, "minLength", json, "min");
    add(members, "maxLength", json, "max");
    // AWS's patterns are Java regular expressions, which not every reader of schemas supports.
    if (json.HasMember("pattern") && shapes_.HasMember(name.c_str())) {
      members.emplace_back("pattern", quoted("^(?:" + string_of(json, "pattern") + ")$"));
    }
    return object(members);
  }

  const Json& model_;
  const Json& shapes_;
  const Json& service_;
  std::set<std::string> wanted_;
};

}  // namespace

auto openapi_document(const Json& model, const Json& service, const std::string& version) -> std::string {
  return Document(model, service).text(version);
}

auto openapi_source(const std::string& document) -> std::string {
  constexpr std::size_t kPiece = 100;
  std::string text = std::string(kNote) +
                     "#include \"server/control/openapi.h\"\n\nnamespace workmail::server::control {\n\n"
                     "auto openapi_text() -> std::string_view {\n  return";
  for (std::size_t begin = 0; begin < document.size(); begin += kPiece) {
    text += "\n      " + quoted(std::string_view(document).substr(begin, kPiece));
  }
  return text + ";\n}\n\n}  // namespace workmail::server::control\n";
}

}  // namespace modelgen
