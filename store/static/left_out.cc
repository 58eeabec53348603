// What of SQLite the released program leaves out: the full-text search, the R-tree and the trigonometry that Debian
// builds into it and that no statement of store/ uses; a database that is uploaded must have the schema of store/.
// These functions stand where the linker would otherwise take SQLite's and libm's, with tables of half a megabyte. What
// store/ might one day call, as pow or log, stays.
#include <sqlite3.h>

#include <cstdlib>

extern "C" {

// Each connection calls these to register the extension.
int sqlite3Fts3Init(sqlite3* /*connection*/) {
  return SQLITE_OK;
}
int sqlite3Fts5Init(sqlite3* /*connection*/) {
  return SQLITE_OK;
}
int sqlite3RtreeInit(sqlite3* /*connection*/) {
  return SQLITE_OK;
}

double acos(double /*x*/) noexcept {
  std::abort();
}
double acosh(double /*x*/) noexcept {
  std::abort();
}
double asin(double /*x*/) noexcept {
  std::abort();
}
double asinh(double /*x*/) noexcept {
  std::abort();
}
double atan(double /*x*/) noexcept {
  std::abort();
}
double atanh(double /*x*/) noexcept {
  std::abort();
}
double cos(double /*x*/) noexcept {
  std::abort();
}
double cosh(double /*x*/) noexcept {
  std::abort();
}
double sin(double /*x*/) noexcept {
  std::abort();
}
double sinh(double /*x*/) noexcept {
  std::abort();
}
double tan(double /*x*/) noexcept {
  std::abort();
}
double tanh(double /*x*/) noexcept {
  std::abort();
}
double atan2(double /*y*/, double /*x*/) noexcept {
  std::abort();
}

}  // extern "C"
