#ifndef SPYHOP_CARCHIVE_SHIM_H
#define SPYHOP_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>

#endif
