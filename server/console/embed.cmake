# cmake -D OUTPUT=FILE.cc -P embed.cmake FILE...: writes the files as C++ arrays, compressed with gzip.
find_program(GZIP gzip REQUIRED)

set(table "")
foreach(index RANGE 5 ${CMAKE_ARGC})
  set(file "${CMAKE_ARGV${index}}")
  if(file STREQUAL "")
    continue()
  endif()
  cmake_path(GET file FILENAME name)
  execute_process(COMMAND ${GZIP} -9nc ${file} OUTPUT_FILE ${OUTPUT}.gz COMMAND_ERROR_IS_FATAL ANY)
  file(READ ${OUTPUT}.gz bytes HEX)
  file(SIZE ${OUTPUT}.gz size)
  file(SHA256 ${file} hash)
  string(SUBSTRING ${hash} 0 32 tag)
  string(REGEX REPLACE "(..)" "\\\\x\\1" text ${bytes})
  string(APPEND table "    {\"${name}\", \"\\\"${tag}\\\"\", std::string_view(\"${text}\", ${size})},\n")
endforeach()
file(REMOVE ${OUTPUT}.gz)

file(WRITE ${OUTPUT} "// Written by the build from server/console/.
#include <array>

#include \"server/console/console_files.h\"

namespace workmail::server::console {

auto files() -> std::span<const File> {
  static constexpr auto kFiles = std::to_array<File>({
${table}  });
  return kFiles;
}

}  // namespace workmail::server::console
")
