// Rules for web pages, and the token of the control plane.
#include <gtest/gtest.h>

#include <csignal>

#include "running.h"

namespace workmail::server {
namespace {

class Pages : public ::testing::Test {
 protected:
  auto send(const std::string& request) const -> Answer {
    Client client(server.port());
    client.send(request);
    return client.receive();
  }
  auto of_origin(const std::string& origin, const std::string& method, const std::string& path) const -> Answer {
    return send(request_text(method, path, method == "POST" ? "{}" : "", "Origin: " + origin + "\r\n"));
  }
  // As text, because request_text() adds its own Host.
  auto under_name(const std::string& host, const std::string& method, const std::string& path,
                  const std::string& fields = "") const -> Answer {
    Client client(server.port());
    client.send(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "Content-Length: 2\r\n\r\n{}");
    return client.receive(method == "HEAD");
  }

  TestServer server;
};

TEST_F(Pages, AreServedWhenOfThisMachineOrAnAllowedOrigin) {
  for (const std::string origin :
       {"http://localhost", "http://localhost:3000", "https://app.localhost", "http://127.0.0.1:9675",
        "http://127.1.2.3", "http://[::1]:8080", "https://console.example"}) {
    const auto answer = of_origin(origin, "GET", "/_workmail/health");
    EXPECT_EQ(answer.status, 200) << origin;
    EXPECT_EQ(answer.field("access-control-allow-origin"), origin);
    EXPECT_EQ(answer.field("access-control-expose-headers"),
              "x-amzn-requestid, x-amzn-errortype, x-workmail-local, date");
    EXPECT_EQ(answer.field("vary"), "Origin");
  }
}

TEST_F(Pages, AreRejectedWhenOfOtherOrigins) {
  for (const std::string origin :
       {"https://evil.example", "null", "http://localhost.evil.example", "http://127.0.0.1.evil.example", "file://",
        "http://evil.example/.localhost", "http://evil.example?.localhost", "http://x@localhost", "http://localhost/",
        "http://console.example", "https://console.example:444", "http://10.0.0.1", "chrome-extension://abc"}) {
    for (const std::string path : {"/", "/_workmail/health", "/_workmail/state", "/nowhere"}) {
      const auto answer = of_origin(origin, "GET", path);
      EXPECT_EQ(answer.status, 403) << origin << path;
      EXPECT_EQ(answer.field("access-control-allow-origin"), "");
    }
    EXPECT_EQ(of_origin(origin, "POST", "/_workmail/reset").status, 403);
    EXPECT_EQ(of_origin(origin, "OPTIONS", "/").status, 403);
  }
}

TEST_F(Pages, ChangeNothingAndAreNotJournaledWhenOfOtherOrigins) {
  const auto answer = call(server, "CreateOrganization", R"({"Alias":"acme"})", "Origin: https://evil.example\r\n");
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.field("x-amzn-errortype"), "Forbidden");
  EXPECT_EQ(ask(server, "GET", "/_workmail/requests").body, R"({"requests":[],"lastId":0})");
  EXPECT_EQ(call(server, "ListOrganizations", "{}").body, R"({"OrganizationSummaries":[]})");
}

TEST_F(Pages, ReadErrorsAndFaultsToo) {
  const std::string origin = "Origin: http://localhost:3000\r\n";
  EXPECT_EQ(call(server, "NoSuchOperation", "{}", origin).field("access-control-allow-origin"),
            "http://localhost:3000");
  ask(server, "POST", "/_workmail/faults", R"({"times":1,"answer":{"error":"ThrottlingException"}})");
  const auto answer = call(server, "ListOrganizations", "{}", origin);
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.field("access-control-allow-origin"), "http://localhost:3000");
}

// A proxy in front of this server may have checked the other one.
TEST_F(Pages, AreRejectedWhenTheirHeadersAreRepeated) {
  for (const auto* field :
       {"Origin: http://localhost:3000\r\n", "Sec-Fetch-Site: same-origin\r\n",
        "Authorization: AWS4-HMAC-SHA256 Credential=a/20260501/us-east-1/workmail/aws4_request\r\n"}) {
    const std::string once = field;
    EXPECT_EQ(call(server, "ListOrganizations", "{}", once).status, 200) << once;
    EXPECT_EQ(call(server, "ListOrganizations", "{}", once + once).status, 400) << once;
    EXPECT_EQ(send(request_text("GET", "/_workmail/clock", "", once + once)).status, 400) << once;
  }
  const auto twice = send(request_text("GET", "/_workmail/clock", "", "origin: http://localhost\r\nORIGIN: null\r\n"));
  EXPECT_EQ(twice.status, 400);
  EXPECT_NE(twice.body.find("The request has more than one Origin."), std::string::npos) << twice.body;
}

TEST_F(Pages, AreAnsweredBeforeTheyCall) {
  const std::string question = "Origin: http://localhost:3000\r\nAccess-Control-Request-Method: POST\r\n";
  const auto answer = send(request_text("OPTIONS", "/", "", question));
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.field("access-control-allow-origin"), "http://localhost:3000");
  EXPECT_EQ(answer.field("access-control-allow-methods"), "GET, HEAD, POST, PUT, DELETE");
  EXPECT_EQ(answer.field("access-control-max-age"), "600");
  for (const auto* name : {"authorization", "content-type", "x-amz-target", "x-amz-date", "x-amz-content-sha256",
                           "x-amz-security-token", "x-amz-user-agent", "amz-sdk-invocation-id", "amz-sdk-request"}) {
    EXPECT_NE(answer.field("access-control-allow-headers").find(name), std::string::npos) << name;
  }
  EXPECT_EQ(answer.field("access-control-allow-private-network"), "");
  // Headers that libraries in pages add are allowed as requested.
  const std::string names = "authorization,baggage,cache-control,sentry-trace,traceparent,x-amz-target";
  const auto tracing =
      send(request_text("OPTIONS", "/", "", question + "Access-Control-Request-Headers: " + names + "\r\n"));
  EXPECT_EQ(tracing.status, 204);
  EXPECT_EQ(tracing.field("access-control-allow-headers"), names);
  const auto foreign = send(request_text("OPTIONS", "/", "",
                                         "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n"
                                         "Access-Control-Request-Headers: " +
                                             names + "\r\n"));
  EXPECT_EQ(foreign.status, 403);
  EXPECT_EQ(foreign.field("access-control-allow-headers"), "");
  const auto of_the_internet = send(
      request_text("OPTIONS", "/_workmail/reset", "", question + "Access-Control-Request-Private-Network: true\r\n"));
  EXPECT_EQ(of_the_internet.field("access-control-allow-private-network"), "true");
  EXPECT_EQ(send(request_text("OPTIONS", "/", "")).status, 405);
}

// A page at http://evil.example:9675, whose name now resolves to this machine, sends same-origin requests, without an
// Origin.
TEST_F(Pages, ReadNothingUnderAPublicName) {
  for (const std::string host : {"evil.example:9675", "evil.example", "EVIL.EXAMPLE:9675", "evil.example.",
                                 "localhost.evil.example", "1.2.3.4.evil.example", "svc", "svc.evil.example",
                                 "docker.corp.example.com:32768", "evil.localx", "evil.svc.example", "a.b"}) {
    const int expected = host == "svc" ? 200 : 403;  // without a dot
    EXPECT_EQ(under_name(host, "GET", "/_workmail/state").status, expected) << host;
    EXPECT_EQ(under_name(host, "HEAD", "/_workmail/state").status, expected) << host;
    EXPECT_EQ(under_name(host, "POST", "/_workmail/reset").status, expected) << host;
    EXPECT_EQ(under_name(host, "GET", "/_workmail/").status, expected) << host;
  }
  // Without a host name.
  for (const std::string host : {"user@evil.example", "[::1].evil.example", "evil.example/x.local", ""}) {
    EXPECT_EQ(under_name(host, "GET", "/_workmail/state").status, 400) << host;
    EXPECT_EQ(under_name(host, "POST", "/_workmail/reset").status, 400) << host;
  }
  for (const std::string host :
       {"localhost:9675", "localhost.", "LOCALHOST.:9675", "127.0.0.1", "[::1]:9675", "workmail:9675",
        "workmail.localhost", "host.docker.internal", "host.docker.internal.:9675",
        "workmail.default.svc.cluster.local:9675", "workmail.default.svc:9675", "Workmail.Default.SVC.",
        "nas.home.arpa", "my_service.test", "mac.local", "192.168.1.5:9675", "console.example"}) {
    EXPECT_EQ(under_name(host, "GET", "/_workmail/state").status, 200) << host;
    EXPECT_EQ(under_name(host, "POST", "/_workmail/reset").status, 200) << host;
  }
  // Programs may call the API with any host name.
  EXPECT_EQ(under_name("workmail.example", "POST", "/", "X-Amz-Target: WorkMailService.ListOrganizations\r\n").status,
            200);
  EXPECT_EQ(under_name("workmail.example", "GET", "/").status, 200);
}

TEST_F(Pages, LetProbesReadTheHealthUnderAnyName) {
  for (const auto* method : {"GET", "HEAD"}) {
    EXPECT_EQ(under_name("docker.corp.example.com:32768", method, "/_workmail/health").status, 200);
  }
  const auto body = [&](const std::string& host) { return under_name(host, "GET", "/_workmail/health").body; };
  EXPECT_EQ(body("docker.corp.example.com").find("\"options\""), std::string::npos);
  EXPECT_NE(body("docker.corp.example.com").find("\"status\":\"ok\""), std::string::npos);
  EXPECT_NE(body("workmail.default.svc").find("\"options\""), std::string::npos);
  EXPECT_EQ(under_name("evil.example", "GET", "/_workmail/health", "Origin: http://evil.example\r\n").status, 403);
  EXPECT_EQ(under_name("evil.example", "GET", "/_workmail/health", "Sec-Fetch-Site: cross-site\r\n").status, 403);
}

// The console under the name of a container, or an address: its requests have this origin.
TEST_F(Pages, AreServedUnderInnerNamesOfTheServer) {
  const auto with_origin = [&](const std::string& host, const std::string& origin) {
    return under_name(host, "POST", "/",
                      "Origin: " + origin + "\r\nX-Amz-Target: WorkMailService.ListOrganizations\r\n")
        .status;
  };
  for (const std::string host : {"workmail:9675", "192.168.1.5:9675", "workmail.default.svc", "[fd00::1]:9675"}) {
    EXPECT_EQ(with_origin(host, "http://" + host), 200) << host;
  }
  EXPECT_EQ(with_origin("workmail.test", "https://workmail.test"), 200);  // behind a TLS proxy
  EXPECT_EQ(with_origin("workmail:9675", "http://workmail:8080"), 403);   // another server's page
  EXPECT_EQ(with_origin("localhost:9675", "http://workmail:9675"), 403);
  EXPECT_EQ(with_origin("evil.example:9675", "http://evil.example:9675"), 403);
  EXPECT_EQ(with_origin("null", "null"), 403);
}

// The duration or failure of a load without CORS would reveal data.
TEST_F(Pages, LoadNothingWhenOfOtherOrigins) {
  ask(server, "PUT", "/_workmail/snapshots/before");
  for (const std::string site : {"cross-site", "same-site"}) {
    for (const std::string path :
         {"/_workmail/", "/_workmail/health", "/_workmail/snapshots/before", "/_workmail/snapshots/none",
          "/_workmail/requests?wait=600", "/_workmail/console/app.js", "/_workmail/none"}) {
      const auto answer =
          send(request_text("GET", path, "", "Sec-Fetch-Site: " + site + "\r\nSec-Fetch-Mode: no-cors\r\n"));
      EXPECT_EQ(answer.status, 403) << site << path;
      EXPECT_EQ(answer.field("cross-origin-resource-policy"), "same-origin");
    }
    // With CORS, the origin decides.
    EXPECT_EQ(send(request_text("GET", "/_workmail/clock", "",
                                "Origin: http://localhost:3000\r\nSec-Fetch-Site: " + site + "\r\n"))
                  .status,
              200);
  }
  for (const std::string site : {"same-origin", "none"}) {
    EXPECT_EQ(send(request_text("GET", "/_workmail/clock", "", "Sec-Fetch-Site: " + site + "\r\n")).status, 200);
  }
}

TEST_F(Pages, MayLinkToTheConsole) {
  const std::string link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: ";
  const auto status = [&](const std::string& path, const std::string& destination) {
    return send(request_text("GET", path, "", link + destination + "\r\n")).status;
  };
  EXPECT_EQ(status("/_workmail/", "document"), 200);
  EXPECT_EQ(status("/_workmail/", "iframe"), 403);
  EXPECT_EQ(status("/_workmail", "document"), 308);
  EXPECT_EQ(status("/_workmail", "iframe"), 403);
  EXPECT_EQ(status("/_workmail/state", "document"), 403);
  EXPECT_EQ(under_name("evil.example", "GET", "/_workmail/", link + "document\r\n").status, 403);
}

TEST_F(Pages, CannotLoadAnythingFromOtherOrigins) {
  for (const std::string path :
       {"/", "/nothing", "/_workmail/", "/_workmail/state", "/_workmail/none", "/_workmail/console/app.js"}) {
    EXPECT_EQ(ask(server, "GET", path).field("cross-origin-resource-policy"), "same-origin") << path;
  }
}

// For the browser this is the same origin, but it sends an Origin with every request that can write.
TEST_F(Pages, ChangeNothingByDnsRebinding) {
  const std::string host = "evil.example:9675";
  const std::string origin = "Origin: http://" + host + "\r\n";
  call(server, "CreateOrganization", R"({"Alias":"acme"})");
  ask(server, "PUT", "/_workmail/snapshots/before");
  EXPECT_EQ(under_name(host, "POST", "/_workmail/reset", origin).status, 403);
  EXPECT_EQ(under_name(host, "PUT", "/_workmail/snapshots/more", origin).status, 403);
  EXPECT_EQ(under_name(host, "DELETE", "/_workmail/snapshots/before", origin).status, 403);
  EXPECT_EQ(under_name(host, "POST", "/", origin + "X-Amz-Target: WorkMailService.ListOrganizations\r\n").status, 403);
  EXPECT_NE(call(server, "ListOrganizations", "{}").body.find("acme"), std::string::npos);
  EXPECT_NE(ask(server, "GET", "/_workmail/snapshots").body.find("before"), std::string::npos);
  EXPECT_EQ(ask(server, "GET", "/_workmail/snapshots/more").status, 404);
}

TEST(ControlToken, IsRequiredByTheControlPlaneOnly) {
  const Folder folder;
  const std::string token = "s3cret-token";
  const std::string port_file = folder.file("port");
  Running program({"--control-token", token, "--port-file", port_file, "--log", "json"});
  const auto with = [&](const std::string& fields) {
    Client client(program.port());
    client.send(request_text("GET", "/_workmail/clock", "", fields));
    return client.receive();
  };
  EXPECT_EQ(with("").status, 403);
  EXPECT_EQ(with("Authorization: Bearer s3cret-tokex\r\n").status, 403);
  EXPECT_EQ(with("Authorization: Bearer s3cret\r\n").status, 403);
  EXPECT_EQ(with("Authorization: Bearer s3cret-token-\r\n").status, 403);
  EXPECT_EQ(with("Authorization: Bearer " + token + "\r\n").status, 200);
  EXPECT_EQ(with("Authorization: bEARER  " + token + "\r\n").status, 200);
  for (const std::string scheme : {"", "Basic ", "Bearer", "Bearer\t", "Token ", "Bearer Bearer "}) {
    EXPECT_EQ(with("Authorization: " + scheme + token + "\r\n").status, 403) << scheme;
  }
  EXPECT_EQ(program.call("ListOrganizations", "{}").status, 200);
  Client client(program.port());
  client.send(request_text("GET", "/_workmail/health", "", "Authorization: Bearer " + token + "\r\n"));
  const auto health = client.receive().body;
  EXPECT_NE(health.find(R"("--control-token":"********")"), std::string::npos) << health;
  EXPECT_EQ(health.find("s3cret"), std::string::npos) << health;

  Program stranger({"healthcheck", "--listen", "localhost:0", "--port-file", port_file});
  EXPECT_EQ(stranger.wait(), 1);
  Program friendly({"healthcheck", "--listen", "localhost:0", "--port-file", port_file},
                   {{"WORKMAIL_CONTROL_TOKEN", token}});
  EXPECT_EQ(friendly.wait(), 0) << friendly.errors();
  program.signal(SIGTERM);
  program.wait();
  EXPECT_EQ((program.output() + program.errors()).find("s3cret"), std::string::npos) << program.errors();
}

TEST(AllowedHost, OpensTheControlPlaneUnderMoreNames) {
  // At a higher level than the line of each request.
  Running program(
      {"--allowed-host", "Docker.Corp.Example.com.", "--allowed-host", ".app.github.dev", "--log-level", "warning"});
  const auto status = [&](const std::string& host, const std::string& path = "/_workmail/clock",
                          const std::string& fields = "") {
    Client client(program.port());
    client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n");
    return client.receive();
  };
  for (const std::string host : {"docker.corp.example.com:32768", "DOCKER.corp.example.com.", "x-9675.app.github.dev",
                                 "a.b.app.github.dev", "localhost"}) {
    EXPECT_EQ(status(host).status, 200) << host;
    EXPECT_NE(status(host, "/_workmail/health").body.find("--allowed-host"), std::string::npos) << host;
  }
  EXPECT_EQ(
      status("docker.corp.example.com:1", "/_workmail/clock", "Origin: http://docker.corp.example.com:1\r\n").status,
      200);
  EXPECT_EQ(
      status("docker.corp.example.com:1", "/_workmail/clock", "Origin: http://docker.corp.example.com:2\r\n").status,
      403);
  for (const std::string host :
       {"app.github.dev", "xapp.github.dev", "evil.docker.corp.example.com", "corp.example.com"}) {
    EXPECT_EQ(status(host).status, 403) << host;
  }
  const std::string advice = "--allowed-host other.example allows it.";
  EXPECT_NE(status("other.example:1").body.find(advice), std::string::npos) << status("other.example:1").body;
  EXPECT_TRUE(program.has_said(advice));
  EXPECT_EQ(program.errors().find(advice), program.errors().rfind(advice)) << "logged again and again";
}

TEST(AllowedHost, IsAName) {
  for (const auto* name : {"http://docker.example", "docker.example:9675", "", ".", "*.example", "a b", "..example"}) {
    Program program({std::string("--allowed-host=") + name});
    EXPECT_EQ(program.wait(), 2) << name;
    EXPECT_NE(program.errors().find("--allowed-host"), std::string::npos) << program.errors();
  }
}

TEST(ControlToken, IsNotRepeatedInTheErrorWhenItIsInvalid) {
  Program program({"--control-token", "two words"});
  EXPECT_EQ(program.wait(), 2);
  EXPECT_EQ(program.errors(), "workmail-local: --control-token must be printable ASCII characters without spaces.\n");
  Program other({"--cors-origin", "console.example"});
  EXPECT_EQ(other.wait(), 2);
  EXPECT_NE(other.errors().find("an origin such as https://console.example"), std::string::npos) << other.errors();
}

}  // namespace
}  // namespace workmail::server
