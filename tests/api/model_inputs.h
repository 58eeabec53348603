// Reads the service model at run time, and creates valid inputs and inputs with one invalid value. Independent of the
// code that the build generates from the model.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/wire/json.h"

namespace workmail::test {

class Model {
 public:
  // api/model/workmail-2017-10-01.json, read once.
  static auto read() -> const Model&;

  [[nodiscard]] auto operations() const -> std::vector<std::string>;
  // The name of the input structure of an operation.
  [[nodiscard]] auto input_of(std::string_view operation) const -> std::string;
  [[nodiscard]] auto declares(std::string_view operation, std::string_view error) const -> bool;
  [[nodiscard]] auto shape(std::string_view name) const -> const api::Json&;
  // "string", "integer", "boolean", "structure" or "list"; "enum" for a string with an enum.
  [[nodiscard]] auto kind(std::string_view name) const -> std::string;
  // A trait that is a number, such as "min"; nothing if it is absent.
  [[nodiscard]] auto number(std::string_view name, const char* trait) const -> std::optional<std::int64_t>;
  [[nodiscard]] auto is_sensitive(std::string_view name) const -> bool;
  [[nodiscard]] auto is_required(std::string_view structure, std::string_view member) const -> bool;

 private:
  Model();
  rapidjson::Document json_;
};

// A place in the valid input of an operation: a member, or the first element of a list.
struct Place {
  std::string pointer;  // as in RFC 6901, "/Rules/0/Name"
  std::string shape;
  bool required = false;
  bool element = false;
};

// Every place of the input, containers before their contents.
auto places(std::string_view operation) -> std::vector<Place>;

// An input with all members, one element in every list, and only valid values.
auto valid_input(std::string_view operation) -> rapidjson::Document;

// Inputs with only the required members, and with one optional member in addition.
auto partial_inputs(std::string_view operation) -> std::vector<rapidjson::Document>;

// The value at a place of an input; nullptr if there is none.
auto value_at(const Place& place, const api::Json& input) -> const api::Json*;

void put(const Place& place, const std::string& text, rapidjson::Document& input);

// A text that satisfies the constraints of a string shape; fails the test if the table of examples has none.
auto example(std::string_view shape) -> std::string;

// One error in an otherwise valid input.
struct Fault {
  std::string operation;
  Place place;
  std::string what;  // for messages of the tests
  rapidjson::Document input;
};

// Required members that are absent, or null.
auto absences(std::string_view operation) -> std::vector<Fault>;
// Optional members that are null, which is the same as absent: no errors.
auto nulls(std::string_view operation) -> std::vector<Fault>;
// Strings, numbers and lists one below their minimum and one above their maximum.
auto excesses(std::string_view operation) -> std::vector<Fault>;
// The same values at their minimum and maximum, if they satisfy the pattern: no errors.
auto extremes(std::string_view operation) -> std::vector<Fault>;
// Strings with a valid length that do not match the pattern or the enum.
auto strange_words(std::string_view operation) -> std::vector<Fault>;
// Values of every other JSON type.
auto wrong_types(std::string_view operation) -> std::vector<Fault>;
// An input with an error in every place that can have one together with the others.
auto everything_wrong(std::string_view operation) -> Fault;

}  // namespace workmail::test
