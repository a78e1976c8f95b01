#ifndef SPYHOP_CARCHIVE_SHIM_H
#define SPYHOP_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>
// Entries carry extended attributes; Swift's Glibc module leaves this header out.
#include <sys/xattr.h>

// Declared by <unistd.h> only with _GNU_SOURCE, which Swift's import does without.
int syncfs(int fd);

#endif
