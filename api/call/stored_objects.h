// Objects in S3 that a call needs. It runs twice: the first time, without the object, it names the object; the
// server fetches that, because it takes time, and runs the call again with it.
#pragma once

#include <string>
#include <string_view>

namespace workmail::api {

struct ObjectReference {
  std::string bucket;
  std::string key;
  std::string version;  // empty: the newest
};

struct FetchedObject {
  std::string_view bytes;
  std::string_view failure;  // a sentence, when there are no bytes
};

}  // namespace workmail::api
