// Fetches objects from the S3 service of --s3-endpoint: MinIO, LocalStack, moto, or S3 itself behind a proxy for TLS.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "server/identity/credentials.h"
#include "server/mail/http_endpoint.h"
#include "server/process/asio.h"
#include "store/time.h"

namespace workmail::server {

struct ObjectRequest {
  HttpEndpoint endpoint;
  Credential credential;
  std::string region;
  std::string bucket;
  std::string key;
  std::string version;  // empty for the newest
  Time now;             // real time, for the signature
  std::chrono::milliseconds deadline = std::chrono::seconds(5);
  std::size_t max_size = std::size_t{25} * 1024 * 1024;
};

struct StoredObject {
  std::string bytes;
  std::string failure;  // a sentence without parts of the credential, if the object was not fetched
};

auto fetch_object(ObjectRequest request) -> Task<StoredObject>;

}  // namespace workmail::server
