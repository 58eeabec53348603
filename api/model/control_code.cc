#include "api/model/control_code.h"

#include <algorithm>
#include <map>

namespace modelgen {

namespace {

constexpr std::string_view kBegin = "namespace workmail::server::control {\n\n";
constexpr std::string_view kEnd = "}  // namespace workmail::server::control\n";

// The types that handlers of endpoints get.
constexpr std::string_view kState = "Plane";

// The C++ types of shapes that have no generated type.
const std::map<std::string, std::string> kScalars{
    {"string", "std::string"},  {"strings", "std::vector<std::string>"},
    {"boolean", "bool"},        {"integer", "std::int64_t"},
    {"count", "std::uint64_t"}, {"number", "double"},
    {"time", "Time"},           {"duration", "Duration"},
    {"document", "Document"},   {"json", "RawJson"},
};

auto literal(const Json& number) -> std::string {
  return number.IsUint64() ? std::to_string(number.GetUint64()) + "U" : std::to_string(number.GetDouble());
}

// A field of a rule for each attribute of the shape.
auto field(const Json& shape, const char* attribute) -> std::string {
  return shape.HasMember(attribute) ? std::string(".") + attribute + " = " + literal(shape[attribute]) + ", " : "";
}

auto braced(const std::string& type, std::string fields) -> std::string {
  if (!fields.empty()) fields.resize(fields.size() - 2);
  return type + "{" + fields + "}";
}

}  // namespace

ControlCode::ControlCode(const Json& model) : model_(model), shapes_(model["shapes"]) {
  for (const auto& endpoint : model["endpoints"].GetObject()) {
    if (endpoint.value.HasMember("query")) reach(string_of(endpoint.value, "query"), queries_);
    if (endpoint.value.HasMember("input") && !flag(endpoint.value, "inputWrittenByHand"))
      reach(string_of(endpoint.value, "input"), inputs_);
    for (const auto& answer : endpoint.value["answers"].GetArray()) {
      if (answer.HasMember("streamed")) {
        for (const auto& part : strings_of(answer, "streamed")) reach(part, answers_);
      } else if (answer.HasMember("shape")) {
        reach(string_of(answer, "shape"), answers_);
      }
    }
  }
  if (model.HasMember("errorAnswer")) reach(string_of(model, "errorAnswer"), answers_);
  for (const auto& name : names_of(shapes_)) {
    if (is_used(name)) order(name);
  }
}

void ControlCode::reach(const std::string& name, std::set<std::string>& found) const {
  const Json& json = shape(name);
  if (!found.insert(name).second) return;
  if (json.HasMember("member")) reach(string_of(json["member"], "shape"), found);
  if (json.HasMember("value")) reach(string_of(json["value"], "shape"), found);
  if (!json.HasMember("members")) return;
  if (json["members"].IsArray()) {
    for (const auto& member : strings_of(json, "members")) reach(member, found);
  } else {
    for (const auto& member : json["members"].GetObject()) reach(string_of(member.value, "shape"), found);
  }
}

auto ControlCode::is_used(const std::string& name) const -> bool {
  return queries_.contains(name) || inputs_.contains(name) || answers_.contains(name);
}

// In C++, the parts of a structure must be declared before it.
void ControlCode::order(const std::string& name) {
  const Json& json = shape(name);
  if (json.HasMember("member")) return order(string_of(json["member"], "shape"));
  if (json.HasMember("members") && json["members"].IsArray()) {
    for (const auto& member : strings_of(json, "members")) order(member);
  } else if (json.HasMember("members")) {
    for (const auto& member : json["members"].GetObject()) order(string_of(member.value, "shape"));
  } else if (!json.HasMember("value")) {
    return;
  }
  if (std::find(in_order_.begin(), in_order_.end(), name) == in_order_.end()) in_order_.push_back(name);
}

auto ControlCode::type(const std::string& name) const -> std::string {
  const std::string kind = string_of(shape(name), "type");
  if (kind == "list") return "std::vector<" + type(string_of(shape(name)["member"], "shape")) + ">";
  if (!kScalars.contains(kind) || shape(name).HasMember("enum")) return name;
  return kScalars.at(kind);
}

void ControlCode::write_shapes(std::ostream& out) const {
  out << kNote
      << "#pragma once\n\n#include <array>\n#include <cstdint>\n#include <map>\n#include <optional>\n#include "
         "<string>\n#include <string_view>\n#include <variant>\n#include <vector>\n\n#include "
         "\"api/wire/codec.h\"\n#include \"server/control/free_json.h\"\n#include \"store/time.h\"\n\n"
      << kBegin << "class JsonMembers;\nclass Parameters;\n\n";
  for (const auto& name : names_of(shapes_)) {
    if (is_used(name) && shape(name).HasMember("enum")) out << enumeration(name, strings_of(shape(name), "enum"));
  }
  for (const auto& name : in_order_) write_declaration(out, name);
  for (const auto& name : in_order_) {
    if (queries_.contains(name)) out << "void decode(Parameters& members, " << name << "& out);\n";
    if (inputs_.contains(name)) out << "void decode(JsonMembers& members, " << name << "& out);\n";
    if (answers_.contains(name)) out << "void encode(api::Encoder& encoder, const " << name << "& value);\n";
  }
  out << "\n" << kEnd;
}

void ControlCode::write_declaration(std::ostream& out, const std::string& name) const {
  const Json& json = shape(name);
  const std::string kind = string_of(json, "type");
  if (json.HasMember("documentation")) out << "// " << string_of(json, "documentation") << "\n";
  if (kind == "union") {
    std::string alternatives;
    for (const auto& member : strings_of(json, "members")) alternatives += (alternatives.empty() ? "" : ", ") + member;
    out << "using " << name << " = std::variant<" << alternatives << ">;\n\n";
    return;
  }
  out << "struct " << name << " {\n";
  if (kind == "map") {
    out << "  std::map<std::string, " << type(string_of(json["value"], "shape")) << "> entries{};\n";
  } else {
    for (const auto& member : json["members"].GetObject()) {
      const std::string key = member.name.GetString();
      const std::string value = type(string_of(member.value, "shape"));
      if (member.value.HasMember("documentation")) out << "  // " << string_of(member.value, "documentation") << "\n";
      out << "  " << (is_required(json, key) ? value : "std::optional<" + value + ">") << " " << snake_case(key)
          << "{};\n";
    }
  }
  out << "};\n\n";
}

void ControlCode::write_codec(std::ostream& out) const {
  out << kNote
      << "#include \"api/wire/pattern.h\"\n#include \"generated/workmail/control_shapes.h\"\n#include "
         "\"server/control/json_members.h\"\n#include \"server/control/parameters.h\"\n\n"
      << kBegin << "namespace {\n\n";
  write_patterns(out);
  out << "\n}  // namespace\n\n";
  for (const auto& name : in_order_) {
    if (queries_.contains(name)) write_decode(out, name, "Parameters");
    if (inputs_.contains(name)) write_decode(out, name, "JsonMembers");
  }
  for (const auto& name : in_order_) {
    if (answers_.contains(name)) write_encode(out, name);
  }
  out << kEnd;
}

void ControlCode::write_patterns(std::ostream& out) const {
  for (const auto& name : names_of(shapes_)) {
    if (!shape(name).HasMember("pattern") || (!inputs_.contains(name) && !queries_.contains(name))) continue;
    out << "constinit const api::Pattern pattern_of_" << snake_case(name) << "("
        << quoted(string_of(shape(name), "pattern")) << ");\n";
  }
}

// The rule that reads the shape, with its constraints.
auto ControlCode::rule(const std::string& name, bool is_element) const -> std::string {
  const Json& json = shape(name);
  const std::string kind = string_of(json, "type");
  const std::string message =
      json.HasMember("message") ? ".message = " + quoted(string_of(json, "message")) + ", " : "";
  if (json.HasMember("enum")) return "ChoiceRule<" + name + ">{}";
  if (kind == "boolean") return "FlagRule{}";
  if (kind == "time") return "TimeRule{}";
  if (kind == "structure") return "StructureRule{}";
  if (kind == "count") return braced("CountRule", field(json, "max") + message);
  if (kind == "number") return braced("NumberRule", field(json, "min") + message);
  if (kind == "document") return braced("DocumentRule", field(json, "max") + message);
  if (kind == "duration") {
    const std::string max =
        json.HasMember("max") ? ".max = std::chrono::seconds(" + literal(json["max"]) + "), " : std::string();
    return braced("DurationRule", max + message);
  }
  if (kind == "strings") {
    return braced("TextsRule",
                  ".element = " + rule(string_of(json["member"], "shape"), true) + ", " + field(json, "max") + message);
  }
  if (kind != "string") throw ModelError("shape " + name + " is in an input, where \"" + kind + "\" cannot be read");
  const bool constrained = json.HasMember("pattern") || json.HasMember("min") || json.HasMember("max");
  if (constrained && message.empty() && !is_element) {
    throw ModelError("shape " + name + " has a constraint and no \"message\" for it");
  }
  const std::string pattern = json.HasMember("pattern") ? ".pattern = &pattern_of_" + snake_case(name) + ", " : "";
  return braced("TextRule", field(json, "min") + field(json, "max") + pattern + message);
}

void ControlCode::write_decode(std::ostream& out, const std::string& name, const std::string& reader) const {
  const Json& json = shape(name);
  if (string_of(json, "type") == "union") return write_union(out, name);
  out << "void decode([[maybe_unused]] " << reader << "& members, [[maybe_unused]] " << name << "& out) {\n";
  for (const auto& member : json["members"].GetObject()) {
    const std::string key = member.name.GetString();
    out << "  members." << (is_required(json, key) ? "required" : "optional") << "(" << quoted(key) << ", "
        << rule(string_of(member.value, "shape")) << ", out." << snake_case(key) << ");\n";
  }
  out << "}\n\n";
}

// The discriminator selects the alternative whose enumeration has its value.
void ControlCode::write_union(std::ostream& out, const std::string& name) const {
  const std::string discriminator = string_of(shape(name), "discriminator");
  std::vector<std::string> values;
  out << "void decode(JsonMembers& members, " << name << "& out) {\n  const auto name = members.discriminator("
      << quoted(discriminator) << ");\n";
  for (const auto& alternative : strings_of(shape(name), "members")) {
    const std::string names = string_of(shape(alternative)["members"][discriminator.c_str()], "shape");
    out << "  if (api::from_string<" << names << ">(name)) return decode(members, out.emplace<" << alternative
        << ">());\n";
    for (const auto& value : strings_of(shape(names), "enum")) values.push_back(quoted(value));
  }
  out << block("static constexpr std::array<std::string_view, " + std::to_string(values.size()) + "> kNames", values,
               "  ")
      << "  members.refuse_discriminator(" << quoted(discriminator) << ", kNames);\n}\n\n";
}

void ControlCode::write_encode(std::ostream& out, const std::string& name) const {
  const Json& json = shape(name);
  out << "void encode(api::Encoder& encoder, [[maybe_unused]] const " << name
      << "& value) {\n  encoder.begin_object();\n";
  if (string_of(json, "type") == "map") {
    out << "  for (const auto& [name, entry] : value.entries) encoder.member(key_of(name), entry);\n";
  } else {
    for (const auto& member : json["members"].GetObject()) {
      const std::string key = member.name.GetString();
      out << "  encoder.member(" << quoted(quoted(key) + ":") << ", value." << snake_case(key) << ");\n";
    }
  }
  out << "  encoder.end_object();\n}\n\n";
}

void ControlCode::write_errors(std::ostream& out) const {
  out << kNote << "#pragma once\n\n#include <string>\n\n#include \"server/control/control_error.h\"\n\n" << kBegin;
  for (const auto& error : model_["errors"].GetObject()) {
    const std::string name = error.name.GetString();
    out << "// " << string_of(error.value, "documentation") << "\nstruct " << name << " : ControlError {\n  explicit "
        << name << "(const std::string& message) : ControlError(" << error.value["status"].GetInt() << ", "
        << quoted(name) << ", message) {}\n};\n\n";
  }
  out << kEnd;
}

void ControlCode::write_endpoints(std::ostream& out) const {
  out << kNote
      << "#pragma once\n\n#include <array>\n#include <string_view>\n\nnamespace workmail::server {\n\nclass "
         "Reply;\nstruct Request;\n\n}  // namespace workmail::server\n\n"
      << kBegin << "struct " << kState << ";\n\n";
  std::vector<std::string> rows;
  for (const auto& endpoint : model_["endpoints"].GetObject()) {
    const std::string name = snake_case(endpoint.name.GetString());
    out << "// " << string_of(endpoint.value, "documentation") << "\nvoid " << name << "(" << kState
        << "& plane, const Request& request, Reply& reply);\n";
    rows.push_back("{.method = " + quoted(string_of(endpoint.value, "method")) +
                   ", .path = " + quoted(string_of(endpoint.value, "path")) + ", .handle = " + name +
                   (flag(endpoint.value, "upload") ? ", .upload = true" : "") +
                   (flag(endpoint.value, "open") ? ", .open = true" : "") + "}");
  }
  out << "\nstruct Endpoint {\n  std::string_view method;\n"
         "  std::string_view path;  // below the root; a segment in braces stands for any\n"
         "  void (*handle)("
      << kState
      << "& plane, const Request& request, Reply& reply);\n"
         "  bool upload = false;  // takes a body of the size of a database or its seed\n"
         "  bool open = false;    // needs no token\n};\n\n"
      << table("inline constexpr std::array<Endpoint, " + std::to_string(rows.size()) + "> kEndpoints", rows) << "\n"
      << kEnd;
}

}  // namespace modelgen
