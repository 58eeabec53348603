// A check of JSON against the part of JSON Schema that the control plane's description uses. A keyword that it does not
// know is a violation too, so that a description with more in it is not checked in part.
#pragma once

#include <string>
#include <vector>

#include "api/wire/json.h"

namespace workmail::server {

class JsonSchema {
 public:
  // References are looked up in the root.
  explicit JsonSchema(const api::Json& root) : root_(root) {}

  // What of the value breaks the schema, each with its path; empty when nothing does.
  [[nodiscard]] auto violations(const api::Json& value, const api::Json& schema) const -> std::vector<std::string>;

  // What a reference such as "#/components/schemas/Error" means; nullptr when there is no such thing.
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
