#ifndef SPYHOP_CCOMPRESSION_SHIM_H
#define SPYHOP_CCOMPRESSION_SHIM_H

#include <zlib.h>
#include <zstd.h>

#endif
