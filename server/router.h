// Handles all requests: the WorkMail API at POST /, the control plane under /_workmail. Does not know sockets: the
// session of the request waits where it must.
#pragma once

#include <exception>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "server/control/plane.h"
#include "server/exchange.h"
#include "server/http/browsers.h"
#include "server/http/reply.h"
#include "server/http/request.h"
#include "server/http/request_handler.h"
#include "server/identity/signatures.h"
#include "server/process/log.h"
#include "server/records.h"

namespace workmail::server {

class Router final : public RequestHandler {
 public:
  // Without `signatures`, the signatures of calls are not verified.
  Router(control::Plane& plane, Browsers browsers, Log& log, std::optional<Signatures> signatures = {})
      : plane_(plane),
        emulator_(plane.emulator),
        browsers_(std::move(browsers)),
        log_(log),
        records_(emulator_, log),
        signatures_(std::move(signatures)) {
    plane_.browsers = &browsers_;
  }

  auto refuse_head(const Request& request, Reply& reply) -> bool override;
  // All steps of a request, in their order.
  auto handle(const Request& request, Reply& reply, RequestSession& session)
      -> Task<std::optional<FaultRule::Connection>> override;
  void refuse(int status, std::string_view path, std::string_view message, Reply& reply) override;
  void warn_of_tls(std::string_view client) override;
  [[nodiscard]] auto takes_upload(std::string_view method, std::string_view path) const -> bool override {
    return control::takes_upload(method, path);
  }
  [[nodiscard]] auto memory() -> MemoryBudget& override { return emulator_.memory; }

 private:
  // The same without a session, for the fuzz targets, whose compiler has bugs with coroutines.
  friend class RouterSteps;

  // The steps of handle(). First: determines the caller, and the fault rule that the call triggers.
  void begin(Exchange& exchange);
  // Creates the response. Never throws: an unexpected failure becomes a logged 500.
  void answer(Exchange& exchange);
  // For a call with a group, after other calls could join it.
  void commit(Exchange& exchange);
  // Completes the response of an endpoint that takes time. Like answer(), never throws.
  auto complete(Exchange& exchange) -> Task<void>;
  // Handles an unexpected failure: a logged 500.
  void fail(Exchange& exchange, const std::exception& error);
  // Fetches the object that the call needs from S3.
  auto fetch_object(Call& call) -> Task<void>;
  // Replaces a response for which there is no memory by an error.
  void count_memory(Exchange& exchange, RequestSession& session);

  // Why a request is rejected, as a sentence; empty if it is not. Does not need the body.
  [[nodiscard]] auto refusal(const Request& request) const -> std::string;
  void route(Exchange& exchange);
  void root(const Request& request, Reply& reply);
  void api_call(Exchange& exchange, Call& call);
  void refuse_target(Exchange& exchange);
  void refuse_foreign(Exchange& exchange);
  void run_operation(Exchange& exchange, Call& call);
  void refuse_for_memory(Exchange& exchange);
  void warn_once(const std::string& unknown);
  void log_refusal(const std::string& refusal);
  // Writes an error in the format of the API or the control plane, by the path. Returns the request id of the response,
  // if any.
  auto write_error(int status, std::string_view path, std::string_view code, std::string_view message, Reply& reply)
      -> std::string;

  control::Plane& plane_;
  Emulator& emulator_;
  Browsers browsers_;
  Log& log_;
  Records records_;
  std::optional<Signatures> signatures_;
  std::set<std::string> unknown_;  // unknown names from clients that were logged
  std::set<std::string> refused_;  // reasons of rejections that were logged
  Steady::time_point tls_logged_ = Steady::time_point::min();
};

}  // namespace workmail::server
