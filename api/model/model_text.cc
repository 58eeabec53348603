#include "api/model/model_text.h"

#include <algorithm>
#include <cctype>

namespace modelgen {

namespace {

auto is_upper(char c) -> bool {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}
auto is_lower(char c) -> bool {
  return std::islower(static_cast<unsigned char>(c)) != 0;
}
auto is_word(char c) -> bool {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}
auto lower(char c) -> char {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}
auto upper(char c) -> char {
  return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}

}  // namespace

auto string_of(const Json& json, const char* member) -> std::string {
  const auto found = json.FindMember(member);
  if (found == json.MemberEnd() || !found->value.IsString()) {
    throw ModelError("a text is missing where \"" + std::string(member) + "\" is needed");
  }
  return found->value.GetString();
}

auto string_or(const Json& json, const char* member, const std::string& otherwise) -> std::string {
  return json.HasMember(member) ? string_of(json, member) : otherwise;
}

auto flag(const Json& json, const char* member) -> bool {
  return json.HasMember(member) && json[member].GetBool();
}

auto strings_of(const Json& json, const char* member) -> std::vector<std::string> {
  std::vector<std::string> strings;
  if (!json.HasMember(member)) return strings;
  for (const auto& element : json[member].GetArray()) strings.emplace_back(element.GetString());
  return strings;
}

auto names_of(const Json& json) -> std::vector<std::string> {
  std::vector<std::string> names;
  for (const auto& member : json.GetObject()) names.emplace_back(member.name.GetString());
  return names;
}

auto is_required(const Json& structure, const std::string& member) -> bool {
  const auto required = strings_of(structure, "required");
  return std::find(required.begin(), required.end(), member) != required.end();
}

auto quoted(std::string_view text) -> std::string {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

auto snake_case(const std::string& name) -> std::string {
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool last = i + 1 == name.size();
    const bool starts_word =
        i > 0 && is_upper(name[i]) && (!is_upper(name[i - 1]) || (!last && !is_upper(name[i + 1])));
    if (starts_word) result += '_';
    result += lower(name[i]);
  }
  return result;
}

auto enumerator(const std::string& value) -> std::string {
  // Words in capitals are converted to lower case after the first letter; other words are unchanged.
  const bool capitals = std::none_of(value.begin(), value.end(), is_lower);
  std::string result;
  bool start = true;
  for (const char c : value) {
    if (is_word(c)) result += start ? upper(c) : capitals ? lower(c) : c;
    start = !is_word(c);
  }
  return result;
}

auto block(const std::string& head, const std::vector<std::string>& items, const std::string& indent) -> std::string {
  std::string text = indent + head + "{";
  for (const auto& item : items) text += "\n" + indent + "  " + item + ",";
  return text + (items.empty() ? "" : "\n" + indent) + "};\n";
}

auto table(const std::string& head, const std::vector<std::string>& rows) -> std::string {
  std::string text = head + "{{";
  for (const auto& row : rows) text += "\n    " + row + ",";
  return text + "\n}};\n";
}

auto enumeration(const std::string& name, const std::vector<std::string>& values) -> std::string {
  std::vector<std::string> enumerators;
  std::vector<std::string> names;
  for (const auto& value : values) {
    enumerators.push_back(enumerator(value));
    names.push_back(quoted(value));
  }
  return block("enum class " + name + " ", enumerators) + "constexpr auto enum_names(" + name +
         " /*unused*/) -> std::array<std::string_view, " + std::to_string(values.size()) + "> {\n" +
         block("return ", names, "  ") + "}\n\n";
}

}  // namespace modelgen
