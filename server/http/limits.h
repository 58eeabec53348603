// Limits of size and time for one client. The defaults are for the program; tests use smaller ones.
#pragma once

#include <chrono>
#include <cstddef>

namespace workmail::server {

struct Limits {
  std::size_t connections = 12'000;
  std::size_t head = std::size_t{16} * 1024;                         // bytes of a request's head: 431
  std::size_t body = 1'048'576;                                      // bytes of a request's body: 413
  std::size_t upload = std::size_t{256} * 1024 * 1024;               // the same for the upload of a database
  std::chrono::milliseconds idle = std::chrono::seconds(120);        // between two requests of a connection
  std::chrono::milliseconds request = std::chrono::seconds(30);      // from a request's first byte to its last
  std::chrono::milliseconds write = std::chrono::seconds(30);        // until the client has received a response
  std::chrono::milliseconds linger = std::chrono::seconds(2);        // reading on after a rejection, so that it arrives
  std::chrono::milliseconds heartbeat = std::chrono::seconds(15);    // between two heartbeats of an idle stream
  std::chrono::milliseconds stop = std::chrono::seconds(10);         // for the current requests when the server stops
  std::chrono::milliseconds sweep = std::chrono::milliseconds(500);  // the precision of all of these
};

}  // namespace workmail::server
