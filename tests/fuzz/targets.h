// The fuzz targets. A target accepts any bytes, and throws a Finding or another exception if it detects a bug. Calls
// are independent, so that an input alone reproduces a finding. libfuzzer.cc calls a target from libFuzzer;
// replay_test.cc calls all of them with the stored inputs.
#pragma once

#include <stdexcept>
#include <string_view>

namespace workmail::fuzz {

class Finding : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// All bytes of a client on one connection, to a server that has an organization with all kinds of contents.
void http(std::string_view input);

// Requests of the control plane, to the same server: each its method, path and query in one line, and behind that its
// body; "###" in a line of its own stands between two.
void control(std::string_view input);

// A seed document, for an empty database.
void seed(std::string_view input);

// An Authorization header, and in further lines the request that it signs.
void authorization(std::string_view input);

// A page token.
void page_token(std::string_view input);

// A message, which is also used as the value of a header.
void mail(std::string_view input);

// A database file that is uploaded as a snapshot.
void database(std::string_view input);

}  // namespace workmail::fuzz
