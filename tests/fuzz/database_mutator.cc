// Half of the changes use SQL (database_edits.h), half change bytes; some combine several.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "tests/fuzz/database_edits.h"

extern "C" auto LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room) -> std::size_t;

extern "C" auto LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed)
    -> std::size_t {
  const bool by_sql = seed % 2 == 0;
  const bool of_bytes = !by_sql || seed % 16 == 0;
  if (by_sql) {
    const auto changed = workmail::fuzz::edited(std::string(reinterpret_cast<const char*>(data), size), seed / 2);
    if (changed.size() <= room) {
      std::memcpy(data, changed.data(), changed.size());
      size = changed.size();
    }
  }
  return of_bytes ? LLVMFuzzerMutate(data, size, room) : size;
}
