#include "api/model/service_code.h"

#include <algorithm>
#include <map>

namespace modelgen {

namespace {

constexpr std::string_view kBegin = "namespace workmail::api {\n\n";
constexpr std::string_view kEnd = "}  // namespace workmail::api\n";

// The names of operations that only read begin with one of these words; AssumeImpersonationRole and
// TestAvailabilityConfiguration do not write either.
auto read_only(const std::string& name) -> bool {
  for (const char* verb : {"Describe", "Get", "List", "Assume", "Test"}) {
    if (name.rfind(verb, 0) == 0) return true;
  }
  return false;
}

auto includes(const std::vector<std::string>& names) -> std::string {
  std::string text;
  for (const auto& name : names) text += name.empty() ? "\n" : "#include " + name + "\n";
  return text + "\n";
}

auto texts(const std::string& name, const std::vector<std::string>& texts) -> std::string {
  std::vector<std::string> items;
  for (const auto& text : texts) items.push_back(quoted(text));
  return block("constexpr std::array<std::string_view, " + std::to_string(texts.size()) + "> " + name, items);
}

auto number(const Json& shape, const char* member) -> std::string {
  return std::to_string(shape[member].GetInt64());
}

}  // namespace

ServiceCode::ServiceCode(const Json& model) : model_(model), shapes_(model["shapes"]) {
  names_ = names_of(model["operations"]);
  std::sort(names_.begin(), names_.end());
  for (const auto& name : names_) reach(input(name), inputs_);
  if (shapes_.HasMember("SeedDocument")) reach("SeedDocument", inputs_);
  for (const auto& name : names_of(shapes_)) order(name);
}

void ServiceCode::write_shapes(std::ostream& out) const {
  out << kNote << "#pragma once\n\n"
      << includes({"<array>", "<cstdint>", "<optional>", "<string>", "<string_view>", "<type_traits>", "<vector>", "",
                   "\"api/wire/shape_rules.h\"", "\"store/time.h\""})
      << kBegin;
  for (const auto& shape : shapes_.GetObject()) {
    if (shape.value.HasMember("enum")) out << enumeration(shape.name.GetString(), strings_of(shape.value, "enum"));
  }
  for (const auto& name : structures_) write_structure(out, name);
  for (const bool lists : {false, true}) {  // lists refer to rules of elements
    for (const auto& shape : shapes_.GetObject()) {
      if (lists == shape.value.HasMember("member")) write_rule(out, shape.name.GetString(), shape.value);
    }
  }
  out << kEnd;
}

void ServiceCode::write_errors(std::ostream& out) const {
  out << kNote << "#pragma once\n\n" << includes({"<string>", "<utility>", "", "\"api/wire/error.h\""}) << kBegin;
  for (const auto& shape : shapes_.GetObject()) {
    if (!flag(shape.value, "exception")) continue;
    const std::string name = shape.name.GetString();
    out << "struct " << name << " final : ModelledError {\n"
        << "  static constexpr std::string_view kCode = " << quoted(name) << ";\n"
        << "  explicit " << name << "(std::string message) : ModelledError(kCode, std::move(message)) {}\n};\n\n";
  }
  out << kEnd;
}

void ServiceCode::write_operations_header(std::ostream& out) const {
  out << kNote << "#pragma once\n\n"
      << includes({"<string_view>", "", "\"generated/workmail/shapes.h\""}) << kBegin << "class Context;\n\n";
  for (const auto& name : names_) {
    out << "struct " << name << " {\n"
        << "  static constexpr std::string_view kName = " << quoted(name) << ";\n"
        << "  using Input = " << input(name) << ";\n"
        << "  using Output = " << output(name) << ";\n"
        << "  static auto handle(Context& context, const Input& input) -> Output;\n};\n\n";
  }
  out << kEnd;
}

void ServiceCode::write_operations(std::ostream& out) const {
  out << kNote
      << includes(
             {"\"generated/workmail/operations.h\"", "", "\"api/call/operation.h\"", "\"generated/workmail/codec.h\""})
      << kBegin << "namespace {\n\n";
  std::vector<std::string> rows;
  for (const auto& name : names_) {
    std::map<std::string, std::string> errors;
    const Json& operation = model_["operations"][name.c_str()];
    if (operation.HasMember("errors")) {
      for (const auto& error : operation["errors"].GetArray())
        errors[string_of(error, "shape")] = error.HasMember("status") ? number(error, "status") : "400";
    }
    std::vector<std::string> rows_of_errors;
    for (const auto& [error, status] : errors) rows_of_errors.push_back("{" + quoted(error) + ", " + status + "}");
    out << table("constexpr std::array<DeclaredError, " + std::to_string(errors.size()) + "> kErrorsOf" + name,
                 rows_of_errors)
        << texts("kInputSecretsOf" + name, secrets(input(name), ""))
        << texts("kOutputSecretsOf" + name, secrets(output(name), ""));
    rows.push_back("{" + quoted(name) + ", kErrorsOf" + name + ", &invoke<" + name + ">, " +
                   (read_only(name) ? "true" : "false") + ", kInputSecretsOf" + name + ", kOutputSecretsOf" + name +
                   (flag(operation, "rest") ? ", true" : ", false") +
                   (shapes_[output(name).c_str()].HasMember("payload") ? ", true" : ", false") + "}");
  }
  out << "\n"
      << table("constexpr std::array<Operation, " + std::to_string(names_.size()) + "> kOperations", rows)
      << "\n}  // namespace\n\nauto operations() -> std::span<const Operation> {\n  return kOperations;\n}\n\n"
      << kEnd;
}

void ServiceCode::write_codec_header(std::ostream& out) const {
  out << kNote << "#pragma once\n\n" << includes({"\"api/wire/codec.h\"", "\"generated/workmail/shapes.h\""}) << kBegin;
  for (const auto& name : structures_) {
    if (inputs_.contains(name))
      out << "void decode(Decoder& decoder, const Json& json, const Path& path, " << name << "& out);\n";
  }
  for (const auto& name : structures_) out << "void encode(Encoder& encoder, const " << name << "& value);\n";
  out << "\n" << kEnd;
}

void ServiceCode::write_decode(std::ostream& out) const {
  out << kNote << includes({"\"generated/workmail/codec.h\""}) << kBegin;
  for (const auto& name : structures_) {
    if (inputs_.contains(name)) write_decode_of(out, name);
  }
  out << kEnd;
}

void ServiceCode::write_encode(std::ostream& out) const {
  out << kNote << includes({"\"generated/workmail/codec.h\""}) << kBegin;
  for (const auto& name : structures_) {
    out << "void encode(Encoder& encoder, [[maybe_unused]] const " << name << "& value) {\n";
    if (shapes_[name.c_str()].HasMember("payload")) {
      out << "  encoder.bytes(value." << snake_case(string_of(shapes_[name.c_str()], "payload")) << ");\n}\n\n";
      continue;
    }
    out << "  encoder.begin_object();\n";
    for (const auto& member : shapes_[name.c_str()]["members"].GetObject()) {
      const std::string key = member.name.GetString();
      const bool sensitive = flag(shapes_[string_of(member.value, "shape").c_str()], "sensitive");
      out << "  encoder." << (sensitive ? "secret" : "member") << "(" << quoted(quoted(key) + ":") << ", value."
          << snake_case(key) << ");\n";
    }
    out << "  encoder.end_object();\n}\n\n";
  }
  out << kEnd;
}

auto ServiceCode::input(const std::string& operation) const -> std::string {
  return string_of(model_["operations"][operation.c_str()]["input"], "shape");
}

auto ServiceCode::output(const std::string& operation) const -> std::string {
  return string_of(model_["operations"][operation.c_str()]["output"], "shape");
}

// The paths of secret members: those that the model marks, and the token of a role, which the model does not mark
// although it gives access to mailboxes.
auto ServiceCode::secrets(const std::string& name, const std::string& path) const -> std::vector<std::string> {
  const Json& shape = shapes_[name.c_str()];
  if (flag(shape, "sensitive") || name == "ImpersonationToken") return {path};
  if (shape.HasMember("member")) return secrets(string_of(shape["member"], "shape"), path);
  std::vector<std::string> found;
  if (!shape.HasMember("members")) return found;
  for (const auto& member : shape["members"].GetObject()) {
    const std::string inside = (path.empty() ? "" : path + ".") + member.name.GetString();
    const auto more = secrets(string_of(member.value, "shape"), inside);
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

// The structures in an input, including the input itself.
void ServiceCode::reach(const std::string& name, std::set<std::string>& found) const {
  const Json& shape = shapes_[name.c_str()];
  if (string_of(shape, "type") == "long")
    throw ModelError("shape " + name + " is a long in an input: no rule reads it");
  if (shape.HasMember("member")) reach(string_of(shape["member"], "shape"), found);
  if (!shape.HasMember("members") || !found.insert(name).second) return;
  for (const auto& member : shape["members"].GetObject()) reach(string_of(member.value, "shape"), found);
}

// In C++, the parts of a structure must be declared before it.
void ServiceCode::order(const std::string& name) {
  const Json& shape = shapes_[name.c_str()];
  if (shape.HasMember("member")) return order(string_of(shape["member"], "shape"));
  if (!shape.HasMember("members") || flag(shape, "exception")) return;
  for (const auto& member : shape["members"].GetObject()) order(string_of(member.value, "shape"));
  if (std::find(structures_.begin(), structures_.end(), name) == structures_.end()) structures_.push_back(name);
}

auto ServiceCode::type(const std::string& name) const -> std::string {
  const Json& shape = shapes_[name.c_str()];
  const std::string kind = string_of(shape, "type");
  if (kind == "string") return shape.HasMember("enum") ? name : "std::string";
  if (kind == "blob") return "std::string";
  if (kind == "integer") return "std::int32_t";
  if (kind == "long") return "std::int64_t";
  if (kind == "double") return "double";
  if (kind == "boolean") return "bool";
  if (kind == "timestamp") return "Time";
  if (kind == "list") return "std::vector<" + type(string_of(shape["member"], "shape")) + ">";
  return name;
}

auto ServiceCode::rule(const std::string& name) const -> std::string {
  const Json& shape = shapes_[name.c_str()];
  const std::string kind = string_of(shape, "type");
  if (kind == "boolean") return "BooleanRule{}";
  if (kind == "timestamp") return "TimestampRule{}";
  if (kind == "structure") return "StructureRule{" + quoted(name) + "}";
  if (kind == "string" && shape.HasMember("enum")) return "EnumRule<" + name + ">{}";
  return "k" + name;
}

void ServiceCode::write_structure(std::ostream& out, const std::string& name) const {
  const Json& shape = shapes_[name.c_str()];
  out << "struct " << name << " {\n";
  for (const auto& member : shape["members"].GetObject()) {
    const std::string key = member.name.GetString();
    const std::string value = type(string_of(member.value, "shape"));
    out << "  " << (is_required(shape, key) ? value : "std::optional<" + value + ">") << " " << snake_case(key)
        << "{};\n";
  }
  out << "};\n\n";
}

void ServiceCode::write_rule(std::ostream& out, const std::string& name, const Json& shape) const {
  const std::string kind = string_of(shape, "type");
  std::vector<std::string> fields;
  if (shape.HasMember("min")) fields.push_back(".min = " + number(shape, "min"));
  if (shape.HasMember("max")) fields.push_back(".max = " + number(shape, "max"));
  std::string rule_type;
  if (kind == "string" && !shape.HasMember("enum")) {
    rule_type = "StringRule";
    if (shape.HasMember("pattern")) {
      out << "inline constinit const Pattern pattern_of_" << snake_case(name) << "("
          << quoted(string_of(shape, "pattern")) << ");\n";
      fields.push_back(".pattern = &pattern_of_" + snake_case(name));
    }
    if (flag(shape, "sensitive")) fields.emplace_back(".sensitive = true");
  } else if (kind == "integer") {
    rule_type = "IntegerRule";
  } else if (kind == "double") {
    rule_type = "DoubleRule";
  } else if (kind == "list") {
    const std::string element = rule(string_of(shape["member"], "shape"));
    rule_type = "ListRule<std::remove_cv_t<decltype(" + element + ")>>";
    fields.push_back(".element = " + element);
  } else {
    return;
  }
  out << block("inline constexpr " + rule_type + " k" + name, fields) << "\n";
}

void ServiceCode::write_decode_of(std::ostream& out, const std::string& name) const {
  const Json& shape = shapes_[name.c_str()];
  std::vector<std::string> keys;
  for (const auto& key : names_of(shape["members"])) keys.push_back(quoted(key));
  out << "void decode(Decoder& decoder, const Json& json, [[maybe_unused]] const Path& path, [[maybe_unused]] " << name
      << "& out) {\n"
      << block("static constexpr std::array<std::string_view, " + std::to_string(keys.size()) + "> kNames", keys, "  ")
      << "  const auto members = decoder.members(json, path, kNames);\n";
  int index = 0;
  for (const auto& member : shape["members"].GetObject()) {
    const std::string key = member.name.GetString();
    out << "  decoder." << (is_required(shape, key) ? "required" : "optional") << "(members[" << index
        << "], path / kNames[" << index << "], " << rule(string_of(member.value, "shape")) << ", out."
        << snake_case(key) << ");\n";
    ++index;
  }
  out << "}\n\n";
}

}  // namespace modelgen
