// Copying files with all that belongs to them: calls that Swift cannot spell.
// Every function answers like a system call: -1 and errno on failure.
#ifndef SPYHOP_TREE_SHIMS_H
#define SPYHOP_TREE_SHIMS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Copies the first `size` bytes of the open file `from` to the empty file `to`; holes stay holes.
int sph_copy_content(int from, int to, int64_t size);

// Copies the extended attributes of an open file, or of the name `name` in the directory `from` to the same name in `to`,
// a link itself and not what it points to. overlayfs's bookkeeping and SELinux's labels are left out, and so is what the
// other file system does not know, but never a capability.
int sph_copy_attributes(int from, int to);
int sph_copy_attributes_at(int from, int to, const char *name);

// The extended attributes that would be copied of a name in a directory (a link itself), or of an open file: in order of
// their names, each as NAME NUL, four bytes of length, VALUE. Answers how many bytes; ERANGE when there is no room.
ssize_t sph_attributes(int fd, void *buffer, size_t size);
ssize_t sph_attributes_at(int directory, const char *name, void *buffer, size_t size);

// renameat2(2) with RENAME_NOREPLACE.
int sph_rename_new(int from, const char *name, int to, const char *new_name);
// renameat2(2) with RENAME_EXCHANGE: two paths change places in one step.
int sph_rename_exchange(const char *one, const char *other);
// The same for two names in an open directory.
int sph_rename_exchange_at(int directory, const char *one, const char *other);

#endif
