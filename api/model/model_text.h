// Functions that all generators share: reading the model's JSON, C++ names, and indented text. Part of modelgen, which
// the build runs, and not of the program.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "api/wire/json.h"

namespace modelgen {

using workmail::api::Json;

// Something in a model that is not supported; stops the build.
struct ModelError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The first lines of every generated file.
inline constexpr std::string_view kNote = "// Written by api/model/modelgen.cc from a model; not edited by hand.\n";

auto string_of(const Json& json, const char* member) -> std::string;
auto string_or(const Json& json, const char* member, const std::string& otherwise) -> std::string;
auto flag(const Json& json, const char* member) -> bool;
auto strings_of(const Json& json, const char* member) -> std::vector<std::string>;
// The names of the members of an object.
auto names_of(const Json& json) -> std::vector<std::string>;
// Whether a member of a structure is required.
auto is_required(const Json& structure, const std::string& member) -> bool;

// The text as a literal of C++ or JSON.
auto quoted(std::string_view text) -> std::string;
// OrganizationId → organization_id, ARN → arn, ResourceARN → resource_arn, S3Path → s3_path.
auto snake_case(const std::string& name) -> std::string;
// FULL_ACCESS → FullAccess, Active → Active, domainVerified → DomainVerified.
auto enumerator(const std::string& value) -> std::string;

// "head{", a line for each item, indented by two more spaces, and "};".
auto block(const std::string& head, const std::vector<std::string>& items, const std::string& indent = "")
    -> std::string;
// The same for an array of aggregates: "head{{", a line for each, and "}};".
auto table(const std::string& head, const std::vector<std::string>& rows) -> std::string;
// An enumeration and enum_names().
auto enumeration(const std::string& name, const std::vector<std::string>& values) -> std::string;

}  // namespace modelgen
