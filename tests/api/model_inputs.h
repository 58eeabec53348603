// The service model read at run time, inputs made out of it, and everything that can be wrong with one of their values.
// Written from the JSON model alone, so that it is a second opinion on the code that the build generates from it.
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
  // The name of the structure that an operation takes.
  [[nodiscard]] auto input_of(std::string_view operation) const -> std::string;
  [[nodiscard]] auto declares(std::string_view operation, std::string_view error) const -> bool;
  [[nodiscard]] auto shape(std::string_view name) const -> const api::Json&;
  // "string", "integer", "boolean", "structure" or "list"; "enum" for a string with an enum.
  [[nodiscard]] auto kind(std::string_view name) const -> std::string;
  // A trait that is a number, such as "min", or nothing.
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

// Every place of the input, containers before what they contain.
auto places(std::string_view operation) -> std::vector<Place>;

// An input with every member, every list with one element, every value within its constraints.
auto valid_input(std::string_view operation) -> rapidjson::Document;

// Inputs with the required members only, and with each of the optional ones besides.
auto partial_inputs(std::string_view operation) -> std::vector<rapidjson::Document>;

// What an input has at a place; nullptr where it has nothing.
auto value_at(const Place& place, const api::Json& input) -> const api::Json*;

void put(const Place& place, const std::string& text, rapidjson::Document& input);

// A text that keeps the constraints of a shape of strings; fails the test where the table of examples lacks one.
auto example(std::string_view shape) -> std::string;

// One thing that is wrong with an otherwise valid input.
struct Fault {
  std::string operation;
  Place place;
  std::string what;  // for messages of the tests
  rapidjson::Document input;
};

// Required members left out, and given as null.
auto absences(std::string_view operation) -> std::vector<Fault>;
// Optional members given as null, which is the same as left out: no faults.
auto nulls(std::string_view operation) -> std::vector<Fault>;
// Strings, numbers and lists one below their minimum and one above their maximum.
auto excesses(std::string_view operation) -> std::vector<Fault>;
// The same values at their minimum and maximum, as far as they keep the pattern: no faults.
auto extremes(std::string_view operation) -> std::vector<Fault>;
// Strings of legal length that do not match the pattern or the enum.
auto strange_words(std::string_view operation) -> std::vector<Fault>;
// Values of every other JSON type.
auto wrong_types(std::string_view operation) -> std::vector<Fault>;
// Every place broken that can be broken together with the others.
auto everything_wrong(std::string_view operation) -> Fault;

}  // namespace workmail::test
