// input_members MODEL.json FILE.js: generates a module for the console with the members of all inputs of the service
// model, and of the structures in them. Each member has the name of its structure, or "".
#include <rapidjson/document.h>

#include <exception>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

namespace {

using Json = rapidjson::Value;

auto read_json(const std::string& path) -> rapidjson::Document {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  rapidjson::Document document;
  document.Parse(text.str().c_str());
  if (!in || document.HasParseError()) throw std::runtime_error(path + " cannot be read");
  return document;
}

class Inputs {
 public:
  explicit Inputs(const Json& shapes) : shapes_(shapes) {}

  // Writes the members of a structure, and queues the structures in it.
  auto members_of(const std::string& structure) -> std::string {
    std::string text;
    for (const auto& member : shapes_[structure.c_str()]["members"].GetObject()) {
      const std::string inner = structure_of(member.value["shape"].GetString());
      text.append(text.empty() ? "" : ", ").append(member.name.GetString()).append(": '").append(inner).append("'");
      if (!inner.empty()) structures_.insert(inner);
    }
    return "{ " + text + " }";
  }
  [[nodiscard]] auto structures() const -> const std::set<std::string>& { return structures_; }

 private:
  // The structure of a shape, or of the elements of a list; empty for any other shape.
  [[nodiscard]] auto structure_of(const std::string& name) const -> std::string {
    const Json& shape = shapes_[name.c_str()];
    if (shape.HasMember("member")) return structure_of(shape["member"]["shape"].GetString());
    return shape.HasMember("members") ? name : "";
  }

  const Json& shapes_;
  std::set<std::string> structures_;  // found so far
};

void write(const Json& model, std::ostream& out) {
  Inputs inputs(model["shapes"]);
  out << "// Written by the build from AWS's service model: what each operation takes, and what the structures hold "
         "that "
         "it takes.\nexport const INPUTS = {\n";
  for (const auto& operation : model["operations"].GetObject()) {
    const std::string shape = operation.value["input"]["shape"].GetString();
    out << "  " << operation.name.GetString() << ": " << inputs.members_of(shape) << ",\n";
  }
  out << "};\nexport const STRUCTURES = {\n";
  std::set<std::string> written;
  while (written.size() < inputs.structures().size()) {
    for (const auto& structure : std::set<std::string>(inputs.structures())) {
      if (written.insert(structure).second) out << "  " << structure << ": " << inputs.members_of(structure) << ",\n";
    }
  }
  out << "};\n";
}

}  // namespace

auto main(int count, char** arguments) -> int {
  try {
    if (count != 3) throw std::runtime_error("usage: input_members MODEL.json FILE.js");
    std::ofstream out(arguments[2], std::ios::binary);
    write(read_json(arguments[1]), out);
    out.close();
    if (!out) throw std::runtime_error(std::string(arguments[2]) + " cannot be written");
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "input_members: " << error.what() << "\n";
    return 1;
  }
}
