// Generates C++ from the models; run by the build.
//
//   modelgen service MODEL.json MESSAGE_FLOW.json SEED.json FOLDER
// reads AWS's models of WorkMail and of its Message Flow API in botocore's format, and the shapes of the seed document
// in the same format, which may use those of the models, and writes into FOLDER
//   shapes.h       enumerations, structures and the rule of each constrained shape
//   errors.h       one exception type per modelled error
//   operations.h   one type per operation: its input, its output and the handler to be written by hand
//   codec.h, decode.cc, encode.cc   JSON to structures, with every constraint, and back
//   operations.cc  the table of operations
//
//   modelgen control MODEL.json MESSAGE_FLOW.json SEED.json CONTROL.json VERSION FOLDER
// reads the model of the control plane as well, and writes
//   control_shapes.h      structures of inputs and answers
//   control_codec.cc      JSON and parameters to them, and back to JSON
//   control_errors.h      one exception type per error
//   control_endpoints.h   the table of endpoints, whose handlers are written by hand
//   control_openapi.cc    the model as an OpenAPI document
//
// An operation or endpoint without a handler does not link. Something in a model that is not supported stops the build.
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "api/model/control_code.h"
#include "api/model/model_check.h"
#include "api/model/openapi.h"
#include "api/model/rest_model.h"
#include "api/model/service_code.h"

namespace modelgen {
namespace {

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

// A file that already has this content is not written, so that the files that include it are not recompiled.
template <class Write>
void write_file(const std::string& path, Write write) {
  std::ostringstream text;
  write(text);
  std::ifstream before(path, std::ios::binary);
  std::ostringstream old;
  if (before && (old << before.rdbuf()) && old.str() == text.str()) return;
  std::ofstream out(path, std::ios::binary);
  out << text.str();
  out.close();
  if (!out) throw std::runtime_error("cannot write " + path);
}

void add_shapes(rapidjson::Document& model, const Json& shapes) {
  for (const auto& shape : shapes.GetObject()) {
    model["shapes"].AddMember(Json(shape.name, model.GetAllocator()), Json(shape.value, model.GetAllocator()),
                              model.GetAllocator());
  }
}

// The models of both services as one, with the shapes of the seed document.
auto read_service(const std::string& model_path, const std::string& message_flow_path, const std::string& seed_path)
    -> rapidjson::Document {
  auto model = read_json(model_path);
  auto message_flow = read_json(message_flow_path);
  prepare_rest_operations(message_flow, model["shapes"]);
  add_shapes(model, message_flow["shapes"]);
  for (const auto& operation : message_flow["operations"].GetObject()) {
    model["operations"].AddMember(Json(operation.name, model.GetAllocator()),
                                  Json(operation.value, model.GetAllocator()), model.GetAllocator());
  }
  add_shapes(model, read_json(seed_path)["shapes"]);
  check_service_shapes(model["shapes"]);
  return model;
}

void write_service(const std::vector<std::string>& arguments) {
  const auto model = read_service(arguments[1], arguments[2], arguments[3]);
  const std::string folder = arguments[4] + "/";
  const ServiceCode code(model);
  write_file(folder + "shapes.h", [&](std::ostream& out) { code.write_shapes(out); });
  write_file(folder + "errors.h", [&](std::ostream& out) { code.write_errors(out); });
  write_file(folder + "operations.h", [&](std::ostream& out) { code.write_operations_header(out); });
  write_file(folder + "operations.cc", [&](std::ostream& out) { code.write_operations(out); });
  write_file(folder + "codec.h", [&](std::ostream& out) { code.write_codec_header(out); });
  write_file(folder + "decode.cc", [&](std::ostream& out) { code.write_decode(out); });
  write_file(folder + "encode.cc", [&](std::ostream& out) { code.write_encode(out); });
}

void write_control(const std::vector<std::string>& arguments) {
  const auto service = read_service(arguments[1], arguments[2], arguments[3]);
  const auto model = read_json(arguments[4]);
  const std::string folder = arguments[6] + "/";
  check_control_model(model, service["shapes"]);
  const ControlCode code(model);
  write_file(folder + "control_shapes.h", [&](std::ostream& out) { code.write_shapes(out); });
  write_file(folder + "control_codec.cc", [&](std::ostream& out) { code.write_codec(out); });
  write_file(folder + "control_errors.h", [&](std::ostream& out) { code.write_errors(out); });
  write_file(folder + "control_endpoints.h", [&](std::ostream& out) { code.write_endpoints(out); });
  write_file(folder + "control_openapi.cc", [&](std::ostream& out) {
    out << openapi_source(openapi_document(model, service["shapes"], arguments[5]));
  });
}

}  // namespace
}  // namespace modelgen

auto main(int count, char** values) -> int {
  try {
    const std::vector<std::string> arguments(values + 1, values + count);
    if (arguments.size() == 5 && arguments[0] == "service") {
      modelgen::write_service(arguments);
    } else if (arguments.size() == 7 && arguments[0] == "control") {
      modelgen::write_control(arguments);
    } else {
      throw std::runtime_error(
          "usage: modelgen service MODEL MESSAGE_FLOW SEED FOLDER |"
          " modelgen control MODEL MESSAGE_FLOW SEED CONTROL VERSION FOLDER");
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "modelgen: " << error.what() << "\n";
    return 1;
  }
}
