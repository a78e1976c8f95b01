#define _GNU_SOURCE
#include "tree_shims.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

// For file systems between which the kernel does not copy.
static int copy_by_hand(int from, int to, off_t offset, off_t end) {
    enum { SIZE = 256 << 10 };
    char *buffer = malloc(SIZE);
    if (buffer == NULL) return -1;
    int result = 0;
    while (offset < end) {
        size_t wanted = end - offset < SIZE ? (size_t)(end - offset) : SIZE;
        ssize_t got = pread(from, buffer, wanted, offset);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            result = (int)got;
            break;
        }
        for (ssize_t done = 0; done < got;) {
            ssize_t put = pwrite(to, buffer + done, (size_t)(got - done), offset + done);
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) {
                result = -1;
                goto end;
            }
            done += put;
        }
        offset += got;
    }
end:
    free(buffer);
    return result;
}

static int copy_range(int from, int to, off_t offset, off_t end) {
    while (offset < end) {
        off_t in = offset, out = offset;
        ssize_t got = copy_file_range(from, &in, to, &out, (size_t)(end - offset), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP))
            return copy_by_hand(from, to, offset, end);
        if (got < 0) return -1;
        if (got == 0) return copy_by_hand(from, to, offset, end);
        offset += got;
    }
    return 0;
}

int sph_copy_content(int from, int to, int64_t size) {
    off_t offset = 0;
    while (offset < size) {
        off_t data = lseek(from, offset, SEEK_DATA);
        if (data < 0) {
            if (errno == ENXIO) break;
            // A file system that knows no holes has none.
            if (copy_range(from, to, offset, size) != 0) return -1;
            break;
        }
        off_t hole = lseek(from, data, SEEK_HOLE);
        if (hole < 0 || hole > size) hole = size;
        if (copy_range(from, to, data, hole) != 0) return -1;
        offset = hole;
    }
    return ftruncate(to, size);
}

static int is_foreign(const char *name) {
    static const char *const prefixes[] = {"trusted.overlay.", "user.overlay.", "user.fuseoverlayfs."};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0) return 1;
    return strcmp(name, "security.selinux") == 0;
}

static int is_tolerable(const char *name) {
    return strcmp(name, "security.capability") != 0 && (errno == ENOTSUP || errno == EPERM || errno == EINVAL);
}

// XATTR_LIST_MAX and XATTR_SIZE_MAX
enum { MOST = 64 << 10 };

// The two paths' attributes; with `follows` what links at their ends lead to.
static int copy_attributes(const char *source, const char *target, int follows) {
    ssize_t (*list)(const char *, char *, size_t) = follows ? listxattr : llistxattr;
    ssize_t (*get)(const char *, const char *, void *, size_t) = follows ? getxattr : lgetxattr;
    int (*set)(const char *, const char *, const void *, size_t, int) = follows ? setxattr : lsetxattr;
    if (list(source, NULL, 0) <= 0) return 0;
    char *names = malloc(2 * MOST);
    if (names == NULL) return -1;
    char *value = names + MOST;
    ssize_t count = list(source, names, MOST);
    int result = 0;
    for (char *name = names; count > 0 && name < names + count; name += strlen(name) + 1) {
        if (is_foreign(name)) continue;
        ssize_t size = get(source, name, value, MOST);
        if (size < 0) continue;
        if (set(target, name, value, (size_t)size, 0) != 0 && !is_tolerable(name)) {
            result = -1;
            break;
        }
    }
    int number = errno;
    free(names);
    errno = number;
    return result;
}

int sph_copy_attributes(int from, int to) {
    char source[64], target[64];
    snprintf(source, sizeof source, "/proc/self/fd/%d", from);
    snprintf(target, sizeof target, "/proc/self/fd/%d", to);
    return copy_attributes(source, target, 1);
}

int sph_copy_attributes_at(int from, int to, const char *name) {
    char source[300], target[300];
    if (snprintf(source, sizeof source, "/proc/self/fd/%d/%s", from, name) >= (int)sizeof source ||
        snprintf(target, sizeof target, "/proc/self/fd/%d/%s", to, name) >= (int)sizeof target) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return copy_attributes(source, target, 0);
}

static int by_name(const void *one, const void *other) {
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static ssize_t read_attributes(const char *path, int follows, char *buffer, size_t size) {
    ssize_t (*list)(const char *, char *, size_t) = follows ? listxattr : llistxattr;
    ssize_t (*get)(const char *, const char *, void *, size_t) = follows ? getxattr : lgetxattr;
    ssize_t length = list(path, NULL, 0);
    // A file system without attributes has none.
    if (length <= 0) return length == 0 || errno == ENOTSUP ? 0 : -1;
    char *names = malloc(MOST);
    if (names == NULL) return -1;
    const char *sorted[1024];
    size_t count = 0;
    length = list(path, names, MOST);
    for (char *name = names; length > 0 && name < names + length && count < 1024; name += strlen(name) + 1)
        if (!is_foreign(name)) sorted[count++] = name;
    qsort(sorted, count, sizeof *sorted, by_name);
    size_t used = 0;
    ssize_t result = -1;
    for (size_t i = 0; i < count; i++) {
        size_t name = strlen(sorted[i]) + 1;
        if (size - used < name + 4) goto full;
        ssize_t value = get(path, sorted[i], buffer + used + name + 4, size - used - name - 4);
        if (value < 0 && errno == ERANGE) goto end;
        if (value < 0) continue;
        memcpy(buffer + used, sorted[i], name);
        uint32_t written = (uint32_t)value;
        memcpy(buffer + used + name, &written, 4);
        used += name + 4 + (size_t)value;
    }
    result = (ssize_t)used;
    goto end;
full:
    errno = ERANGE;
end:;
    int number = errno;
    free(names);
    errno = number;
    return result;
}

ssize_t sph_attributes(int fd, void *buffer, size_t size) {
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return read_attributes(path, 1, buffer, size);
}

ssize_t sph_attributes_at(int directory, const char *name, void *buffer, size_t size) {
    char path[300];
    if (snprintf(path, sizeof path, "/proc/self/fd/%d/%s", directory, name) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return read_attributes(path, 0, buffer, size);
}

int sph_rename_new(int from, const char *name, int to, const char *new_name) {
    return renameat2(from, name, to, new_name, RENAME_NOREPLACE);
}

int sph_rename_exchange_at(int directory, const char *one, const char *other) {
    return renameat2(directory, one, directory, other, RENAME_EXCHANGE);
}

int sph_rename_exchange(const char *one, const char *other) {
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}
