// Writes the C++ of the service model: `modelgen MODEL.json SEED.json FOLDER`. Run by the build.
//
// It reads AWS's model in botocore's format, and the shapes of the seed document in the same format, which may use
// those of the model, and writes into FOLDER
//   shapes.h       enumerations, structures and the rule of each constrained shape
//   errors.h       one exception type per modelled error
//   operations.h   one type per operation: its input, its output and the handler to be written by hand
//   decode.cc      JSON to input structures, with every constraint
//   encode.cc      structures to JSON
//   operations.cc  the table of operations
// An operation without a handler does not link.
#include <algorithm>
#include <cctype>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "api/wire/json.h"

namespace {

using workmail::api::Json;

auto string_of(const Json& json, const char* member) -> std::string {
  return json[member].GetString();
}

auto flag(const Json& json, const char* member) -> bool {
  return json.HasMember(member) && json[member].GetBool();
}

auto quoted(const std::string& text) -> std::string {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

// OrganizationId → organization_id, ARN → arn, ResourceARN → resource_arn, S3Path → s3_path.
auto snake_case(const std::string& name) -> std::string {
  const auto upper = [&](std::size_t i) {
    return i < name.size() && std::isupper(static_cast<unsigned char>(name[i])) != 0;
  };
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool starts_word = upper(i) && i > 0 && (!upper(i - 1) || (i + 1 < name.size() && !upper(i + 1)));
    if (starts_word) result += '_';
    result += static_cast<char>(std::tolower(static_cast<unsigned char>(name[i])));
  }
  return result;
}

// FULL_ACCESS → FullAccess.
auto enumerator(const std::string& value) -> std::string {
  std::string result;
  bool start = true;
  for (const char c : value) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) {
      start = true;
      continue;
    }
    result += static_cast<char>(start ? std::toupper(static_cast<unsigned char>(c))
                                      : std::tolower(static_cast<unsigned char>(c)));
    start = false;
  }
  return result;
}

class Generator {
 public:
  explicit Generator(const Json& model) : model_(model), shapes_(model["shapes"]) {
    for (const auto& operation : model["operations"].GetObject()) {
      names_.emplace_back(operation.name.GetString());
      reach(input(names_.back()), inputs_);
    }
    std::sort(names_.begin(), names_.end());
    reach("SeedDocument", inputs_);
    for (const auto& shape : shapes_.GetObject()) order(shape.name.GetString());
  }

  void write_shapes(std::ostream& out) const {
    out << kNote
        << "#pragma once\n\n#include <array>\n#include <cstdint>\n#include <optional>\n#include <string>\n"
           "#include <string_view>\n#include <type_traits>\n#include <vector>\n\n#include "
           "\"api/wire/shape_rules.h\"\n#include \"store/time.h\"\n\n"
           "namespace workmail::api {\n\n";
    for (const auto& shape : shapes_.GetObject()) write_enum(out, shape.name.GetString(), shape.value);
    for (const auto& name : structures_) write_structure(out, name);
    for (const bool lists : {false, true}) {  // the rule of a list names the rule of its elements
      for (const auto& shape : shapes_.GetObject()) {
        if (lists == shape.value.HasMember("member")) write_rule(out, shape.name.GetString(), shape.value);
      }
    }
    out << "}  // namespace workmail::api\n";
  }

  void write_errors(std::ostream& out) const {
    out << kNote
        << "#pragma once\n\n#include <string>\n#include <utility>\n\n#include \"api/wire/error.h\"\n\nnamespace "
           "workmail::api {\n\n";
    for (const auto& shape : shapes_.GetObject()) {
      if (!flag(shape.value, "exception")) continue;
      const std::string name = shape.name.GetString();
      out << "struct " << name
          << " final : ModelledError {\n  static constexpr std::string_view kCode = " << quoted(name)
          << ";\n  explicit " << name << "(std::string message) : ModelledError(kCode, std::move(message)) {}\n};\n\n";
    }
    out << "}  // namespace workmail::api\n";
  }

  void write_operations_header(std::ostream& out) const {
    out << kNote
        << "#pragma once\n\n#include <string_view>\n\n#include \"generated/workmail/shapes.h\"\n\nnamespace "
           "workmail::api "
           "{\n\nclass Context;\n\n";
    for (const auto& name : names_) {
      out << "struct " << name << " {\n  static constexpr std::string_view kName = " << quoted(name)
          << ";\n  using Input = " << input(name) << ";\n  using Output = " << output(name)
          << ";\n  static auto handle(Context& context, const Input& input) -> Output;\n};\n\n";
    }
    out << "}  // namespace workmail::api\n";
  }

  void write_operations(std::ostream& out) const {
    out << kNote
        << "#include \"generated/workmail/operations.h\"\n\n#include \"api/call/operation.h\"\n#include "
           "\"generated/workmail/codec.h\"\n\nnamespace "
           "workmail::api {\n\nnamespace {\n\n";
    for (const auto& name : names_) {
      std::set<std::string> errors;
      const Json& operation = model_["operations"][name.c_str()];
      if (operation.HasMember("errors")) {
        for (const auto& error : operation["errors"].GetArray()) errors.insert(string_of(error, "shape"));
      }
      write_texts(out, "kErrorsOf" + name, {errors.begin(), errors.end()});
      write_texts(out, "kInputSecretsOf" + name, secrets(input(name), ""));
      write_texts(out, "kOutputSecretsOf" + name, secrets(output(name), ""));
    }
    const auto modelled = names_.size();
    out << "\nconstexpr std::array<Operation, " << modelled << "> kOperations{{\n";
    for (const auto& name : names_) {
      out << "    {" << quoted(name) << ", kErrorsOf" << name << ", &invoke<" << name << ">, "
          << (read_only(name) ? "true" : "false") << ", kInputSecretsOf" << name << ", kOutputSecretsOf" << name
          << "},\n";
    }
    out << "}};\n\n}  // namespace\n\nauto operations() -> std::span<const Operation> { return kOperations; }\n\n}  // "
           "namespace workmail::api\n";
  }

  void write_codec_header(std::ostream& out) const {
    out << kNote
        << "#pragma once\n\n#include \"api/wire/codec.h\"\n#include \"generated/workmail/shapes.h\"\n\nnamespace "
           "workmail::api {\n\n";
    for (const auto& name : structures_) {
      if (inputs_.contains(name))
        out << "void decode(Decoder& decoder, const Json& json, const Path& path, " << name << "& out);\n";
    }
    for (const auto& name : structures_) out << "void encode(Encoder& encoder, const " << name << "& value);\n";
    out << "\n}  // namespace workmail::api\n";
  }

  void write_decode(std::ostream& out) const {
    out << kNote << "#include \"generated/workmail/codec.h\"\n\nnamespace workmail::api {\n\n";
    for (const auto& name : structures_) {
      if (inputs_.contains(name)) write_decode_of(out, name);
    }
    out << "}  // namespace workmail::api\n";
  }

  void write_encode(std::ostream& out) const {
    out << kNote << "#include \"generated/workmail/codec.h\"\n\nnamespace workmail::api {\n\n";
    for (const auto& name : structures_) {
      out << "void encode(Encoder& encoder, [[maybe_unused]] const " << name
          << "& value) {\n  encoder.begin_object();\n";
      for (const auto& member : shapes_[name.c_str()]["members"].GetObject()) {
        const std::string key = member.name.GetString();
        const bool sensitive = flag(shapes_[string_of(member.value, "shape").c_str()], "sensitive");
        out << "  encoder." << (sensitive ? "secret" : "member") << "(" << quoted(quoted(key) + ":") << ", value."
            << snake_case(key) << ");\n";
      }
      out << "  encoder.end_object();\n}\n\n";
    }
    out << "}  // namespace workmail::api\n";
  }

 private:
  static constexpr const char* kNote =
      "// Written by api/model/modelgen.cc from the service model; not edited by hand.\n";

  [[nodiscard]] auto input(const std::string& operation) const -> std::string {
    return string_of(model_["operations"][operation.c_str()]["input"], "shape");
  }
  [[nodiscard]] auto output(const std::string& operation) const -> std::string {
    return string_of(model_["operations"][operation.c_str()]["output"], "shape");
  }

  // Reads begin with one of these words; AssumeImpersonationRole and TestAvailabilityConfiguration change nothing
  // either.
  static auto read_only(const std::string& name) -> bool {
    for (const char* verb : {"Describe", "Get", "List", "Assume", "Test"}) {
      if (name.rfind(verb, 0) == 0) return true;
    }
    return false;
  }

  static void write_texts(std::ostream& out, const std::string& name, const std::vector<std::string>& texts) {
    out << "constexpr std::array<std::string_view, " << texts.size() << "> " << name << "{";
    for (const auto& text : texts) out << quoted(text) << ", ";
    out << "};\n";
  }

  // The paths of the members that nobody but the caller may read: those that the model marks, and the token of a role,
  // which it does not mark although it opens a mailbox.
  [[nodiscard]] auto secrets(const std::string& name, const std::string& path) const -> std::vector<std::string> {
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

  // The structures that a shape contains, itself included.
  void reach(const std::string& name, std::set<std::string>& found) const {
    const Json& shape = shapes_[name.c_str()];
    if (shape.HasMember("member")) reach(string_of(shape["member"], "shape"), found);
    if (!shape.HasMember("members") || !found.insert(name).second) return;
    for (const auto& member : shape["members"].GetObject()) reach(string_of(member.value, "shape"), found);
  }

  // C++ wants the parts of a structure declared before it.
  void order(const std::string& name) {
    const Json& shape = shapes_[name.c_str()];
    if (shape.HasMember("member")) return order(string_of(shape["member"], "shape"));
    if (!shape.HasMember("members") || flag(shape, "exception")) return;
    for (const auto& member : shape["members"].GetObject()) order(string_of(member.value, "shape"));
    if (std::find(structures_.begin(), structures_.end(), name) == structures_.end()) structures_.push_back(name);
  }

  [[nodiscard]] auto required(const Json& structure, const std::string& member) const -> bool {
    if (!structure.HasMember("required")) return false;
    const auto list = structure["required"].GetArray();
    return std::any_of(list.Begin(), list.End(), [&](const Json& name) { return name.GetString() == member; });
  }

  [[nodiscard]] auto type(const std::string& name) const -> std::string {
    const Json& shape = shapes_[name.c_str()];
    const std::string kind = string_of(shape, "type");
    if (kind == "string") return shape.HasMember("enum") ? name : "std::string";
    if (kind == "integer") return "std::int32_t";
    if (kind == "long") return "std::int64_t";
    if (kind == "double") return "double";
    if (kind == "boolean") return "bool";
    if (kind == "timestamp") return "Time";
    if (kind == "list") return "std::vector<" + type(string_of(shape["member"], "shape")) + ">";
    return name;
  }

  static auto number(const Json& shape, const char* member) -> std::string {
    return shape.HasMember(member) ? std::to_string(shape[member].GetInt64()) : "";
  }

  [[nodiscard]] auto rule(const std::string& name) const -> std::string {
    const Json& shape = shapes_[name.c_str()];
    const std::string kind = string_of(shape, "type");
    if (kind == "boolean") return "BooleanRule{}";
    if (kind == "timestamp") return "TimestampRule{}";
    if (kind == "structure") return "StructureRule{" + quoted(name) + "}";
    if (kind == "string" && shape.HasMember("enum")) return "EnumRule<" + name + ">{}";
    return "k" + name;
  }

  void write_enum(std::ostream& out, const std::string& name, const Json& shape) const {
    if (!shape.HasMember("enum")) return;
    const auto values = shape["enum"].GetArray();
    out << "enum class " << name << " {";
    for (const auto& value : values) out << " " << enumerator(value.GetString()) << ",";
    out << " };\nconstexpr auto enum_names(" << name << " /*unused*/) -> std::array<std::string_view, " << values.Size()
        << "> {\n  return {";
    for (const auto& value : values) out << quoted(value.GetString()) << ", ";
    out << "};\n}\n\n";
  }

  void write_structure(std::ostream& out, const std::string& name) const {
    const Json& shape = shapes_[name.c_str()];
    out << "struct " << name << " {\n";
    for (const auto& member : shape["members"].GetObject()) {
      const std::string key = member.name.GetString();
      const std::string value = type(string_of(member.value, "shape"));
      out << "  " << (required(shape, key) ? value : "std::optional<" + value + ">") << " " << snake_case(key)
          << "{};\n";
    }
    out << "};\n\n";
  }

  void write_rule(std::ostream& out, const std::string& name, const Json& shape) const {
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
    out << "inline constexpr " << rule_type << " k" << name << "{";
    for (std::size_t i = 0; i < fields.size(); ++i) out << (i == 0 ? "" : ", ") << fields[i];
    out << "};\n";
  }

  void write_decode_of(std::ostream& out, const std::string& name) const {
    const Json& shape = shapes_[name.c_str()];
    const auto& members = shape["members"];
    out << "void decode(Decoder& decoder, const Json& json, [[maybe_unused]] const Path& path, [[maybe_unused]] "
        << name << "& out) {\n";
    out << "  static constexpr std::array<std::string_view, " << members.MemberCount() << "> kNames{";
    for (const auto& member : members.GetObject()) out << quoted(member.name.GetString()) << ", ";
    out << "};\n  const auto members = decoder.members(json, path, kNames);\n";
    int index = 0;
    for (const auto& member : members.GetObject()) {
      const std::string key = member.name.GetString();
      out << "  decoder." << (required(shape, key) ? "required" : "optional") << "(members[" << index
          << "], path / kNames[" << index << "], " << rule(string_of(member.value, "shape")) << ", out."
          << snake_case(key) << ");\n";
      ++index;
    }
    out << "}\n\n";
  }

  const Json& model_;
  const Json& shapes_;
  std::vector<std::string> names_;       // of the operations, sorted
  std::set<std::string> inputs_;         // structures that occur in inputs
  std::vector<std::string> structures_;  // parts first
};

auto read_file(const std::string& path) -> std::string {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

auto read_json(const std::string& path) -> rapidjson::Document {
  rapidjson::Document document;
  document.Parse(read_file(path).c_str());
  if (document.HasParseError()) throw std::runtime_error(path + " is not JSON");
  return document;
}

template <class Write>
void write_file(const std::string& path, Write write) {
  std::ofstream out(path, std::ios::binary);
  write(out);
  out.close();
  if (!out) throw std::runtime_error("cannot write " + path);
}

}  // namespace

auto main(int count, char** arguments) -> int {
  try {
    if (count != 4) throw std::runtime_error("usage: modelgen MODEL.json SEED.json FOLDER");
    auto model = read_json(arguments[1]);
    const auto seed = read_json(arguments[2]);
    for (const auto& shape : seed["shapes"].GetObject()) {
      model["shapes"].AddMember(Json(shape.name, model.GetAllocator()), Json(shape.value, model.GetAllocator()),
                                model.GetAllocator());
    }
    const Generator generator(model);
    const std::string folder = std::string(arguments[3]) + "/";
    write_file(folder + "shapes.h", [&](std::ostream& out) { generator.write_shapes(out); });
    write_file(folder + "errors.h", [&](std::ostream& out) { generator.write_errors(out); });
    write_file(folder + "operations.h", [&](std::ostream& out) { generator.write_operations_header(out); });
    write_file(folder + "operations.cc", [&](std::ostream& out) { generator.write_operations(out); });
    write_file(folder + "codec.h", [&](std::ostream& out) { generator.write_codec_header(out); });
    write_file(folder + "decode.cc", [&](std::ostream& out) { generator.write_decode(out); });
    write_file(folder + "encode.cc", [&](std::ostream& out) { generator.write_encode(out); });
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "modelgen: " << error.what() << "\n";
    return 1;
  }
}
