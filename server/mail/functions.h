// Invokes Lambda functions at the endpoint of --lambda-endpoint: the Lambda runtime emulator, SAM's local start-lambda,
// LocalStack, moto. What a function is asked and what its answer means is left to others.
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
  RequestResponse,  // synchronous: the answer is the function's
  Event,            // asynchronous; the runtime emulator, which does not know it, answers when the function has ended
};

struct InvocationRequest {
  HttpEndpoint endpoint;
  std::string function_arn;
  InvocationType type = InvocationType::RequestResponse;
  std::string event;  // JSON
  Time now;           // real time, for the signature
  // AWS: a synchronous function has 15 seconds, and answers 256 KB at most ("Configuring AWS Lambda for Amazon
  // WorkMail").
  std::chrono::milliseconds deadline = std::chrono::seconds(15);
  std::size_t max_response = std::size_t{256} * 1024;
};

struct Invocation {
  int status = 0;              // of HTTP; 0: no whole answer
  std::string response;        // as it came, also with an error
  std::string function_error;  // the header X-Amz-Function-Error: the function has failed
  double milliseconds = 0;
  std::string failure;  // a sentence, when the function was not invoked or has not answered
};

// Emulator: an endpoint whose path ends with /invocations is that of one function, which is invoked whatever its name:
// the runtime emulator knows its function only as "function".
auto invoke(InvocationRequest request) -> Task<Invocation>;

}  // namespace workmail::server
