// The file extensions that are rejected in attachments.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "store/ascii.h"

namespace workmail::api {

// AWS: Amazon SES Developer Guide, "Amazon SES unsupported attachment types"; WorkMail refuses the same ones (API
// reference of RawMessageContent).
inline constexpr std::array<std::string_view, 90> kUnsupportedExtensions = {
    "ade",  "adp",    "app",     "asp",     "bas",    "bat", "cer", "chm", "cmd",      "com",    "cpl", "crt",
    "csh",  "der",    "exe",     "fxp",     "gadget", "hlp", "hta", "inf", "ins",      "isp",    "its", "js",
    "jse",  "ksh",    "lib",     "lnk",     "mad",    "maf", "mag", "mam", "maq",      "mar",    "mas", "mat",
    "mau",  "mav",    "maw",     "mda",     "mdb",    "mde", "mdt", "mdw", "mdz",      "msc",    "msh", "msh1",
    "msh2", "mshxml", "msh1xml", "msh2xml", "msi",    "msp", "mst", "ops", "pcd",      "pif",    "plg", "prf",
    "prg",  "reg",    "scf",     "scr",     "sct",    "shb", "shs", "sys", "ps1",      "ps1xml", "ps2", "ps2xml",
    "psc1", "psc2",   "tmp",     "url",     "vb",     "vbe", "vbs", "vps", "vsmacros", "vss",    "vst", "vsw",
    "vxd",  "ws",     "wsc",     "wsf",     "wsh",    "xnk"};

// The extension of the name, without its dot, if it is rejected; else empty. Trailing dots and spaces are ignored, as
// in Windows.
inline auto unsupported_extension(std::string_view file_name) -> std::string_view {
  file_name = file_name.substr(0, file_name.find_last_not_of(". ") + 1);
  const auto dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return {};
  const auto extension = file_name.substr(dot + 1);
  const auto is_it = [&](std::string_view one) { return store::equals_ignoring_case(one, extension); };
  return std::any_of(kUnsupportedExtensions.begin(), kUnsupportedExtensions.end(), is_it) ? extension
                                                                                          : std::string_view();
}

}  // namespace workmail::api
