// Messages for command lines that the parser rejects.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace workmail::server {

auto unknown_command(const CLI::App& app, const std::string& name) -> std::string;

// `app` has parsed the arguments before the error.
auto usage_error(const CLI::App& app, const CLI::ParseError& error) -> std::string;

}  // namespace workmail::server
