#include "server/program.h"

auto main(int count, char** arguments) -> int {
  return workmail::server::run_program({arguments + 1, arguments + count});
}
