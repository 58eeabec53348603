#include "server/usage_errors.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "server/process/nearest_name.h"

namespace workmail::server {

namespace {

auto sentence(std::string text) -> std::string {
  std::replace(text.begin(), text.end(), '\n', ' ');
  const bool ended = text.ends_with('.') || text.ends_with('?');
  return text + (ended ? "" : ".") + " See workmail-local --help.";
}

auto suggestion_of(std::string_view text, const std::vector<std::string>& names) -> std::string {
  return suggestion(text, std::vector<std::string_view>(names.begin(), names.end()));
}

void add_options(const CLI::App& app, std::vector<std::string>& names) {
  for (const auto* option : app.get_options()) names.push_back(option->get_name());
}

auto unknown_option(const CLI::App& app, const std::string& name) -> std::string {
  const auto given = app.get_subcommands();
  for (const auto* command : app.get_subcommands({})) {
    const bool is_given = std::find(given.begin(), given.end(), command) != given.end();
    if (!is_given && name != "--help" && command->get_option_no_throw(name) != nullptr)
      return "Only " + command->get_name() + " takes " + name;
  }
  std::vector<std::string> names;
  add_options(app, names);
  for (const auto* command : given) add_options(*command, names);
  return "There is no option " + name + suggestion_of(name, names);
}

auto no_command(const CLI::App& app, const std::string& name) -> std::string {
  std::vector<std::string> names;
  for (const auto* command : app.get_subcommands({})) names.push_back(command->get_name());
  return "There is no command " + name + suggestion_of(name, names);
}

auto unknown_argument(const CLI::App& app) -> std::string {
  const auto arguments = app.remaining(true);
  const auto is_option = [](const std::string& argument) { return argument.starts_with('-'); };
  const auto option = std::find_if(arguments.begin(), arguments.end(), is_option);
  if (option != arguments.end()) return unknown_option(app, option->substr(0, option->find('=')));
  const auto commands = app.get_subcommands();
  if (commands.empty()) return no_command(app, arguments.front());
  const std::string command = commands.front()->get_name();
  if (command == "exec") return "exec takes its program after --: workmail-local exec -- " + arguments.front();
  return command + " takes no argument " + arguments.front();
}

// `text` begins with the option, as CLI11 writes it.
auto wrong_count(const CLI::App& app, const std::string& text) -> std::string {
  const std::string name = text.substr(0, text.find(':'));
  const auto* option = app.get_option_no_throw(name);
  for (const auto* command : app.get_subcommands()) {
    if (option == nullptr) option = command->get_option_no_throw(name);
  }
  if (option == nullptr) return text;
  const std::string value = option->get_type_name();
  if (text.find("missing") != std::string::npos) return name + " needs a value: " + name + " " + value;
  return name + " can be given only once: it has one value, " + value;
}

}  // namespace

auto unknown_command(const CLI::App& app, const std::string& name) -> std::string {
  return sentence(no_command(app, name));
}

auto usage_error(const CLI::App& app, const CLI::ParseError& error) -> std::string {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) return sentence(unknown_argument(app));
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return sentence(wrong_count(app, error.what()));
  return sentence(error.what());
}

}  // namespace workmail::server
