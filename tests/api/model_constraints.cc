#include "tests/api/model_constraints.h"

#include <map>
#include <regex>

#include "tests/api/model_inputs.h"

namespace workmail::test {

namespace {

// Valid UTF-8 as code points.
auto wide(std::string_view text) -> std::wstring {
  std::wstring result;
  for (const char byte : text) {
    const auto c = static_cast<unsigned char>(byte);
    if (c < 0x80)
      result += static_cast<wchar_t>(c);
    else if (c >= 0xF0)
      result += static_cast<wchar_t>(c & 0x07U);
    else if (c >= 0xE0)
      result += static_cast<wchar_t>(c & 0x0FU);
    else if (c >= 0xC0)
      result += static_cast<wchar_t>(c & 0x1FU);
    else
      result.back() = static_cast<wchar_t>((static_cast<unsigned>(result.back()) << 6U) | (c & 0x3FU));
  }
  return result;
}

auto text_trait(std::string_view shape, const char* trait) -> std::string {
  const auto& traits = Model::read().shape(shape);
  return traits.HasMember(trait) ? std::string(api::text_of(traits[trait])) : std::string();
}

auto length_constraint(std::string_view order, std::int64_t limit) -> std::string {
  return "Member must have length " + std::string(order) + " than or equal to " + std::to_string(limit);
}

auto joined(const std::vector<std::string>& parts, std::string_view separator) -> std::string {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : std::string(separator)) + part;
  return text;
}

auto enum_constraint(std::string_view shape) -> std::string {
  std::vector<std::string> names;
  for (const auto& name : Model::read().shape(shape)["enum"].GetArray()) names.emplace_back(name.GetString());
  return "Member must satisfy enum value set: [" + joined(names, ", ") + "]";
}

auto in_enum(std::string_view shape, const api::Json& word) -> bool {
  for (const auto& name : Model::read().shape(shape)["enum"].GetArray()) {
    if (name == word) return true;
  }
  return false;
}

// The constraints of a string: all of them, or those that a text violates.
auto string_constraints(std::string_view shape, const std::string* broken_by) -> std::vector<std::string> {
  std::vector<std::string> constraints;
  const auto length = broken_by == nullptr ? 0 : static_cast<std::int64_t>(code_points(*broken_by));
  const auto max = Model::read().number(shape, "max");
  const auto min = Model::read().number(shape, "min").value_or(0);
  const auto pattern = text_trait(shape, "pattern");
  if (max && (broken_by == nullptr || length > *max)) constraints.push_back(length_constraint("less", *max));
  if (min > 0 && (broken_by == nullptr || length < min)) constraints.push_back(length_constraint("greater", min));
  if (!pattern.empty() && (broken_by == nullptr || !matches(shape, *broken_by)))
    constraints.push_back("Member must satisfy regular expression pattern: " + pattern);
  return constraints;
}

auto lower_first(std::string name) -> std::string {
  name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
  return name;
}

class Judge {
 public:
  void structure(const std::string& shape, const api::Json& value, const std::string& path) {
    for (const auto& member : Model::read().shape(shape)["members"].GetObject()) {
      const std::string name = member.name.GetString();
      const auto place = path.empty() ? lower_first(name) : path + "." + lower_first(name);
      const auto found = value.FindMember(member.name);
      if (found != value.MemberEnd() && !found->value.IsNull())
        any(member.value["shape"].GetString(), found->value, place);
      else if (Model::read().is_required(shape, name))
        add("null", place, "Member must not be null");
    }
  }

  std::vector<std::string> broken;

 private:
  void any(const std::string& shape, const api::Json& value, const std::string& path) {
    const auto kind = Model::read().kind(shape);
    if (kind == "structure") structure(shape, value, path);
    if (kind == "list") list(shape, value, path);
    if (kind == "integer") integer(shape, value.GetInt(), path);
    if (kind == "string") string(shape, value.GetString(), path);
    if (kind == "enum" && !in_enum(shape, value)) add(quoted(value.GetString()), path, enum_constraint(shape));
  }

  void string(const std::string& shape, const std::string& value, const std::string& path) {
    const auto shown = Model::read().is_sensitive(shape) ? "" : quoted(value);
    for (const auto& constraint : string_constraints(shape, &value)) add(shown, path, constraint);
  }

  void integer(const std::string& shape, std::int64_t value, const std::string& path) {
    const auto max = Model::read().number(shape, "max");
    const auto min = Model::read().number(shape, "min");
    const auto shown = quoted(std::to_string(value));
    if (max && value > *max) add(shown, path, "Member must have value less than or equal to " + std::to_string(*max));
    if (min && value < *min)
      add(shown, path, "Member must have value greater than or equal to " + std::to_string(*min));
  }

  void list(const std::string& shape, const api::Json& value, const std::string& path) {
    const std::string element = Model::read().shape(shape)["member"]["shape"].GetString();
    const bool of_structures = Model::read().kind(element) == "structure";
    const auto size = static_cast<std::int64_t>(value.Size());
    const auto max = Model::read().number(shape, "max");
    const auto min = Model::read().number(shape, "min");
    const auto shown = quoted("[" + joined(texts(value, of_structures ? element : ""), ", ") + "]");
    if (max && size > *max) return add(shown, path, length_constraint("less", *max));
    if (min && size < *min) return add(shown, path, length_constraint("greater", *min));
    bool kept = true;
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
      const auto place = path + "." + std::to_string(i + 1) + ".member";
      if (value[i].IsNull())
        add("null", place, "Member must not be null");
      else if (of_structures)
        structure(element, value[i], place);
      else
        kept = kept && scalar_kept(element, value[i]);
    }
    if (!kept) add(shown, path, "Member must satisfy constraint: [" + element_constraints(element) + "]");
  }

  static auto scalar_kept(const std::string& shape, const api::Json& value) -> bool {
    return Model::read().kind(shape) == "enum" ? in_enum(shape, value) : keeps(shape, api::text_of(value));
  }

  static auto element_constraints(const std::string& shape) -> std::string {
    if (Model::read().kind(shape) == "enum") return enum_constraint(shape);
    return joined(string_constraints(shape, nullptr), ", ");
  }

  // Elements as in messages; structures appear as the name of their type.
  static auto texts(const api::Json& list, const std::string& structure) -> std::vector<std::string> {
    std::vector<std::string> shown;
    for (const auto& element : list.GetArray()) {
      if (!structure.empty())
        shown.push_back(structure);
      else
        shown.emplace_back(element.IsNull() ? "null" : element.GetString());
    }
    return shown;
  }

  static auto quoted(const std::string& value) -> std::string { return "'" + value + "'"; }

  void add(const std::string& shown, const std::string& path, const std::string& constraint) {
    broken.push_back("Value " + (shown.empty() ? "" : shown + " ") + "at '" + path +
                     "' failed to satisfy constraint: " + constraint);
  }
};

}  // namespace

auto violations(std::string_view operation, const api::Json& input) -> std::vector<std::string> {
  Judge judge;
  judge.structure(Model::read().input_of(operation), input, "");
  return judge.broken;
}

auto message_of(const std::vector<std::string>& violations) -> std::string {
  return std::to_string(violations.size()) + " validation error" + (violations.size() == 1 ? "" : "s") +
         " detected: " + joined(violations, "; ");
}

auto keeps(std::string_view shape, std::string_view text) -> bool {
  const std::string copy(text);
  return string_constraints(shape, &copy).empty();
}

auto matches(std::string_view shape, std::string_view text) -> bool {
  static std::map<std::string, std::wregex> compiled;
  const auto pattern = text_trait(shape, "pattern");
  if (pattern.empty()) return true;
  auto found = compiled.find(pattern);
  if (found == compiled.end()) found = compiled.emplace(pattern, std::wregex(wide(pattern))).first;
  return std::regex_match(wide(text), found->second);
}

auto code_points(std::string_view text) -> std::size_t {
  return wide(text).size();
}

}  // namespace workmail::test
