#include "api/rules/dns_records.h"

#include <cstdint>
#include <string>

namespace workmail::api {

namespace {

// Pseudorandom letters that depend only on the text (FNV-1a as the seed of a linear congruential generator).
auto letters(std::string_view alphabet, std::size_t count, std::string_view text) -> std::string {
  std::uint64_t state = 0xcbf29ce484222325U;
  for (const char c : text) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  std::string result;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    result += alphabet[(state >> 33U) % alphabet.size()];
  }
  return result;
}

constexpr std::string_view kLowerCase = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64End = "AEIMQUYcgkosw048";  // before one "=": the last two bits are 0
static_assert(kLowerCase.size() == 32 && kBase64.size() == 64 && kBase64End.size() == 16);

}  // namespace

// AWS: types, order, final dots, and values except tokens are as public programs have observed them. The first TXT
// record proves ownership, the first CNAME record is autodiscover, and three CNAME records are for the DKIM keys. The
// form of the tokens is assumed (Q-dns-tokens).
auto dns_records(std::string_view domain, std::string_view region) -> std::vector<DnsRecord> {
  const std::string name = std::string(domain) + ".";
  const std::string seed = std::string(domain) + "|" + std::string(region);
  const auto record = [](std::string type, std::string hostname, std::string value) {
    return DnsRecord{.type = std::move(type), .hostname = std::move(hostname), .value = std::move(value)};
  };
  std::vector<DnsRecord> records{
      record("MX", name, "10 inbound-smtp." + std::string(region) + ".amazonaws.com."),
      record("TXT", "_amazonses." + name, letters(kBase64, 42, seed) + letters(kBase64End, 1, seed) + "="),
      record("CNAME", "autodiscover." + name, "autodiscover.mail." + std::string(region) + ".awsapps.com.")};
  for (const std::string_view key : {"1", "2", "3"}) {
    const auto token = letters(kLowerCase, 32, seed + "|dkim" + std::string(key));
    records.push_back(record("CNAME", token + "._domainkey." + name, token + ".dkim.amazonses.com."));
  }
  records.push_back(record("TXT", name, "v=spf1 include:amazonses.com ~all"));
  records.push_back(record("TXT", "_dmarc." + name, "v=DMARC1;p=quarantine;pct=100;fo=1"));
  return records;
}

}  // namespace workmail::api
