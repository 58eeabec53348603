// SQLite without memory: from a certain allocation on, none succeeds. Of the process, so that it is for one test at a
// time; SQLite asks the functions here for memory because they are set before its first use.
#pragma once

#include <sqlite3.h>

namespace workmail::test {

class SqliteMemory {
 public:
  // Lets so many allocations succeed; what follows fails until this is destroyed.
  explicit SqliteMemory(int allowed) { state() = {.limited = true, .allowed = allowed, .failed = false}; }
  ~SqliteMemory() { state() = {}; }
  SqliteMemory(const SqliteMemory&) = delete;
  auto operator=(const SqliteMemory&) -> SqliteMemory& = delete;

  // Whether an allocation has failed.
  [[nodiscard]] auto failed() const -> bool { return state().failed; }

 private:
  struct State {
    bool limited = false;
    int allowed = 0;
    bool failed = false;
  };

  static auto state() -> State& {
    static State state;
    return state;
  }
  static auto usual() -> sqlite3_mem_methods& {
    static sqlite3_mem_methods methods;
    return methods;
  }
  static auto may_allocate() -> bool {
    if (!state().limited || --state().allowed >= 0) return true;
    state().failed = true;
    return false;
  }
  static auto install() -> bool {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual());
    sqlite3_mem_methods limited = usual();
    limited.xMalloc = [](int size) { return may_allocate() ? usual().xMalloc(size) : nullptr; };
    limited.xRealloc = [](void* old, int size) { return may_allocate() ? usual().xRealloc(old, size) : nullptr; };
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &limited) == SQLITE_OK;
  }
  static inline const bool installed_ = install();
};

}  // namespace workmail::test
