// libFuzzer's way into the target that the build names.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>

#include "tests/fuzz/targets.h"

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  try {
    workmail::fuzz::WORKMAIL_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  } catch (const std::exception& error) {
    std::cerr << "FOUND: " << error.what() << std::endl;
    std::abort();
  }
  return 0;
}
