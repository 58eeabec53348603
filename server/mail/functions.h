// Invokes Lambda functions at the endpoint of --lambda-endpoint: the Lambda runtime emulator, SAM's local start-lambda,
// LocalStack, moto. api/mail creates the events and reads the responses.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "server/mail/http_endpoint.h"
#include "server/process/asio.h"
#include "store/time.h"

namespace workmail::server {

enum class InvocationType {
  RequestResponse,  // synchronous: the response is the function's
  Event,            // asynchronous; the runtime emulator waits for the end of the function
};

struct InvocationRequest {
  HttpEndpoint endpoint;
  std::string function_arn;
  InvocationType type = InvocationType::RequestResponse;
  std::string event;  // JSON
  Time now;           // real time, for the signature
  // AWS: a synchronous function has 15 seconds, and its response has up to 256 KB ("Configuring AWS Lambda for Amazon
  // WorkMail").
  std::chrono::milliseconds deadline = std::chrono::seconds(15);
  std::size_t max_response = std::size_t{256} * 1024;
};

struct Invocation {
  int status = 0;              // of HTTP; 0: no complete response
  std::string response;        // as received, also for an error
  std::string function_error;  // the header X-Amz-Function-Error: the function has failed
  double milliseconds = 0;
  std::string failure;  // a sentence, if the function was not invoked or did not respond
};

// Emulator: an endpoint whose path ends with /invocations is for a single function, which is invoked for every function
// name, because the runtime emulator calls its function "function".
auto invoke(InvocationRequest request) -> Task<Invocation>;

}  // namespace workmail::server
