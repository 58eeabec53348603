// Validates JSON against the part of JSON Schema that the control plane's description uses. An unknown keyword is also
// a violation, so that no part of the description is ignored.
#pragma once

#include <string>
#include <vector>

#include "api/wire/json.h"

namespace workmail::server {

class JsonSchema {
 public:
  // References are looked up in the root.
  explicit JsonSchema(const api::Json& root) : root_(root) {}

  // The violations in the value, each with its path; empty if there are none.
  [[nodiscard]] auto violations(const api::Json& value, const api::Json& schema) const -> std::vector<std::string>;

  // The target of a reference such as "#/components/schemas/Error"; nullptr if it does not exist.
  [[nodiscard]] auto find(const std::string& reference) const -> const api::Json*;

 private:
  struct Found {
    std::string path;
    std::vector<std::string>& violations;

    void add(const std::string& what) const { violations.push_back(path + ": " + what); }
    [[nodiscard]] auto inside(const std::string& part) const -> Found { return {path + "/" + part, violations}; }
  };

  void check(const api::Json& value, const api::Json& schema, const Found& found) const;
  void check_keyword(const api::Json& value, const std::string& keyword, const api::Json& schema,
                     const Found& found) const;
  void check_object(const api::Json& value, const api::Json& schema, const Found& found) const;
  void check_one_of(const api::Json& value, const api::Json& schemas, const Found& found) const;

  const api::Json& root_;
};

}  // namespace workmail::server
