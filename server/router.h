// From a request to its answer: the WorkMail API at POST /, the control plane under /_workmail. Knows no sockets: what
// has to be waited for, the session of the request waits for.
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
  // Without signatures, those of calls are not verified.
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
  // All steps of a request, in the only order they are taken in.
  auto handle(const Request& request, Reply& reply, RequestSession& session)
      -> Task<std::optional<FaultRule::Connection>> override;
  void refuse(int status, std::string_view path, std::string_view message, Reply& reply) override;
  void warn_of_tls(std::string_view client) override;
  [[nodiscard]] auto takes_upload(std::string_view method, std::string_view path) const -> bool override {
    return control::takes_upload(method, path);
  }
  [[nodiscard]] auto memory() -> MemoryBudget& override { return emulator_.memory; }

 private:
  // Takes the steps without a session: for the fuzz targets, whose compiler is not to be trusted with coroutines.
  friend class RouterSteps;

  // The steps of handle(). First: whose call it is, and which fault rule it triggers.
  void begin(Exchange& exchange);
  // Makes the answer. Never throws: an unexpected failure is a logged 500.
  void answer(Exchange& exchange);
  // For a call with a group, when other calls had time to join it.
  void commit(Exchange& exchange);
  // Makes the answer of an endpoint that takes time. Never throws, as answer().
  auto complete(Exchange& exchange) -> Task<void>;
  // An unexpected failure: a logged 500.
  void fail(Exchange& exchange, const std::exception& error);
  // Gets what the call needs of S3.
  auto fetch_object(Call& call) -> Task<void>;
  // An answer for which there is no memory becomes an error.
  void count_memory(Exchange& exchange, RequestSession& session);

  // Why a request is not served at all, as a sentence; empty when it is. Needs no body.
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
  // In the form of the plane that the path belongs to. Returns the id that the answer has, if any.
  auto write_error(int status, std::string_view path, std::string_view code, std::string_view message, Reply& reply)
      -> std::string;

  control::Plane& plane_;
  Emulator& emulator_;
  Browsers browsers_;
  Log& log_;
  Records records_;
  std::optional<Signatures> signatures_;
  std::set<std::string> unknown_;  // what clients named that the model does not have, as far as it was logged
  std::set<std::string> refused_;  // why, as far as it was logged
  Steady::time_point tls_logged_ = Steady::time_point::min();
};

}  // namespace workmail::server
