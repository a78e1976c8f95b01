// System calls that Swift cannot spell: variadic ones, those glibc has no wrapper for, and packed structures.
// Every function answers like a system call: -1 and errno on failure.
#ifndef SPYHOP_SYSTEM_SHIMS_H
#define SPYHOP_SYSTEM_SHIMS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// The words for an errno in English, static and the same in every thread; never NULL.
const char *sph_strerror(int number);

// openat2(2); `resolve` is RESOLVE_* of <linux/openat2.h>.
int sph_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);

enum {
    SPH_RESOLVE_NO_XDEV = 0x01,
    SPH_RESOLVE_NO_MAGICLINKS = 0x02,
    SPH_RESOLVE_NO_SYMLINKS = 0x04,
    SPH_RESOLVE_BENEATH = 0x08,
    SPH_RESOLVE_IN_ROOT = 0x10,
};

int sph_pidfd_open(pid_t pid);
int sph_pidfd_send_signal(int pidfd, int signal);
// waitid(P_PIDFD, WEXITED | WNOHANG): 1 and the code filled in when the child has ended (128+n for signal n),
// 0 when it still runs.
int sph_pidfd_reap(int pidfd, int *code);

int sph_memfd_create(const char *name);
// ioctl(2) with a terminal's size.
int sph_get_window_size(int fd, uint16_t *rows, uint16_t *columns);

// Record locks (fcntl F_SETLK, F_GETLK) on a whole file.
int sph_record_lock(int fd);
// The process that holds a write lock on the whole file: its id, 0 for nobody, -1 on failure.
pid_t sph_record_lock_holder(int fd);

// pipe2(2) with O_CLOEXEC, and O_NONBLOCK when asked for.
int sph_pipe(int ends[2], int non_blocking);

enum {
    SPH_O_PATH = 010000000,
    SPH_O_TMPFILE = 020000000 | 0200000,
};

// epoll_create1(2) and a non-blocking eventfd(2), both close-on-exec.
int sph_epoll_create(void);
int sph_eventfd(void);

enum {
    SPH_EPOLL_ADD = 1,
    SPH_EPOLL_DELETE = 2,
    SPH_EPOLL_CHANGE = 3,
};

// epoll with a descriptor as its data, so that the packed structure stays in C. `change`: SPH_EPOLL_*.
int sph_epoll_control(int epoll, int change, int fd, uint32_t events);
// Waits; fills `fds` and `events`; answers how many.
int sph_epoll_wait(int epoll, int *fds, uint32_t *events, int capacity, int timeout_ms);

// An overlay that is mounted nowhere: fsopen, fsconfig, fsmount. `options` are pairs key, value up to a
// NULL key; a flag has a NULL value.
int sph_detached_mount(const char *type, const char *const *options, int read_only);

// A read-only mount of one file or directory that lies nowhere (open_tree, mount_setattr); -1 with errno.
int sph_read_only_clone(const char *path);

// fgetxattr(2): the value's length.
ssize_t sph_fgetxattr(int fd, const char *name, void *value, size_t size);

// posix_spawn(3) with exactly `count` descriptors: sources[i] becomes targets[i]; every other one is closed.
// A new session, an empty signal mask, default signal actions, working directory `/`. Answers an errno, 0 when done.
int sph_spawn(pid_t *pid, const char *path, char *const argv[], char *const envp[], const int *sources,
              const int *targets, size_t count);

#endif
