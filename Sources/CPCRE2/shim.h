#ifndef SPYHOP_PCRE2_SHIM_H
#define SPYHOP_PCRE2_SHIM_H

// The library serves bytes, 16-bit and 32-bit units from one header; logs are bytes.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#endif
