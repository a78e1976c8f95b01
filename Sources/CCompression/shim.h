#ifndef SPYHOP_CCOMPRESSION_SHIM_H
#define SPYHOP_CCOMPRESSION_SHIM_H

// For its crc32; CInflate decompresses faster.
#include <zlib.h>
#include <zstd.h>

#endif
