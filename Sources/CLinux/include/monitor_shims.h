// System calls for room Monitor, spelled so that Embedded Swift can call them: no variadic functions, no errno.
// Every function that can fail returns a value that is not negative, or -errno.
#ifndef SPYHOP_MONITOR_SHIMS_H
#define SPYHOP_MONITOR_SHIMS_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

// What the monitor wants to know about a file.
struct monitor_file {
    uint32_t mode;
    uint32_t gid;
    uint64_t device; // st_rdev
    int64_t size;
};

// One answer of epoll, without the packed union that Swift cannot reach into.
struct monitor_event {
    uint64_t tag;
    uint32_t events;
};

static const uint32_t MONITOR_READABLE = 0x001; // EPOLLIN
static const uint32_t MONITOR_WRITABLE = 0x004; // EPOLLOUT
static const uint32_t MONITOR_PEER_GONE = 0x2000; // EPOLLRDHUP

// Of headers that Swift sees only in part.
static const int MONITOR_PATH_ONLY = 010000000;           // O_PATH
static const uint64_t MONITOR_NEW_PID_SPACE = 0x20000000; // CLONE_NEWPID

// Files
int monitor_open(const char *path, int flags, uint32_t mode);
int monitor_openat(int directory, const char *path, int flags, uint32_t mode);
// openat2 with RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS: no link and no ".." leads out of `root`.
int monitor_open_in_root(int root, const char *path, int flags);
int monitor_close(int descriptor);
int monitor_close_range(unsigned first, unsigned last, int close_on_exec);
int monitor_duplicate(int descriptor, int to);
int monitor_duplicate_above(int descriptor, int least);
int monitor_is_open(int descriptor);
int monitor_close_on_exec(int descriptor);
int monitor_nonblocking(int descriptor);
// A record lock for writing on the whole file, not waited for.
int monitor_lock(int descriptor);
int monitor_stat(int descriptor, struct monitor_file *file);
long monitor_read(int descriptor, void *bytes, size_t count);
long monitor_pread(int descriptor, void *bytes, size_t count, int64_t offset);
long monitor_write(int descriptor, const void *bytes, size_t count);
// One write of two stretches.
long monitor_write2(int descriptor, const void *one, size_t one_count, const void *two, size_t two_count);
int monitor_truncate(int descriptor, int64_t size);
int monitor_rename(int directory, const char *from, const char *to);
// Two names change places at once.
int monitor_exchange(int directory, const char *one, const char *other);
int monitor_unlink(int directory, const char *path);
// Removes a cgroup with those that the container made beneath it; one that is not there counts as removed.
int monitor_remove_cgroup(const char *path);
int monitor_mkdir(int directory, const char *path, uint32_t mode);
int monitor_mknod(int directory, const char *path, uint32_t mode, uint64_t device);
int monitor_symlink(const char *text, int directory, const char *path);
long monitor_readlink(int directory, const char *path, char *text, size_t count);
int monitor_chown(int directory, const char *path, uint32_t uid, uint32_t gid);
int monitor_fchown(int descriptor, uint32_t uid, uint32_t gid);
int monitor_chdir(const char *path);
int monitor_fchdir(int descriptor);
int monitor_umask(uint32_t mask);
int monitor_pipe(int ends[2]);

// Sockets
int monitor_socket_pair(int ends[2]);
// Frames have no borders there, as on the monitor's own socket.
int monitor_stream_pair(int ends[2]);
int monitor_listen(const char *path);
int monitor_accept(int listener);
long monitor_send(int socket, const void *bytes, size_t count);
long monitor_receive(int socket, void *bytes, size_t count);
int monitor_send_descriptor(int socket, int descriptor);
// As monitor_receive; a descriptor that came along is put into *descriptor, else it stays as it is.
long monitor_receive_descriptor(int socket, void *bytes, size_t count, int *descriptor);
int monitor_peer_gone(int socket);

// Readiness and time
int monitor_epoll(void);
int monitor_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t tag);
int monitor_epoll_change(int epoll, int descriptor, uint32_t events, uint64_t tag);
int monitor_epoll_remove(int epoll, int descriptor);
int monitor_epoll_wait(int epoll, struct monitor_event *events, int count, int timeout);
int monitor_poll_priority(int descriptor, int timeout);
int64_t monitor_realtime(void);
int64_t monitor_monotonic(void);
void monitor_sleep(int64_t nanoseconds);

// Processes
// clone3 with CLONE_PIDFD, and CLONE_INTO_CGROUP when cgroup is not negative; 0 in the child.
int monitor_clone(uint64_t flags, int cgroup, int *pidfd);
int monitor_fork(void);
int monitor_pid(void);
int monitor_pidfd_open(int pid);
int monitor_pidfd_signal(int pidfd, int signal);
int monitor_signal(int pid, int signal);
// Reaps the process; *code is its exit code or, where *killed is 1, the signal that killed it.
int monitor_reap(int pidfd, int *code, int *killed);
// As monitor_reap for any child; returns its pid, 0 when none has ended.
int monitor_reap_any(int *code, int *killed);
int monitor_setns(int descriptor, int flags);
int monitor_unshare(int flags);
int monitor_setsid(void);
int monitor_own_group(void);
int monitor_execute(const char *path, char *const *arguments, char *const *environment);
_Noreturn void monitor_exit(int code);
// Starts the running program anew from a read-only mount of its own file, unless it lies on one already.
int monitor_seal_program(const char *name);
int monitor_undumpable(void);
char *const *monitor_environment(void);
void monitor_ignore_signal(int signal);
void monitor_default_signals(void);
void monitor_block_signals(void);
void monitor_unblock_signals(void);
// Descriptor that SIGTERM, SIGINT and SIGQUIT are read from, and the one to read from it; 0: none waits.
int monitor_signal_descriptor(void);
int monitor_next_signal(int descriptor);
// Waits for any blocked signal.
int monitor_wait_signal(void);

// Confinement
int monitor_death_signal(int signal);
int monitor_rlimit(int resource, uint64_t soft, uint64_t hard);
int monitor_setgroups(size_t count, const void *groups);
int monitor_setgid(uint32_t gid);
int monitor_setuid(uint32_t uid);
int monitor_keep_capabilities(void);
int monitor_capget(uint64_t *effective, uint64_t *permitted, uint64_t *inheritable);
int monitor_capset(uint64_t effective, uint64_t permitted, uint64_t inheritable);
int monitor_drop_bounding(int capability);
int monitor_clear_ambient(void);
int monitor_raise_ambient(int capability);
int monitor_no_new_privileges(void);
int monitor_seccomp(uint32_t flags, const void *filters, uint16_t count);
int monitor_sethostname(const char *name);
int monitor_setdomainname(const char *name);
int monitor_loopback_up(void);

// Mounts
int monitor_mount(const char *source, const char *target, const char *type, uint64_t flags, const char *data);
int monitor_detach(const char *target);
int monitor_pivot_root(const char *root, const char *old);
int monitor_fsopen(const char *type);
int monitor_fsconfig_string(int context, const char *key, const char *value);
int monitor_fsconfig_flag(int context, const char *key);
int monitor_fsconfig_create(int context);
int monitor_fsmount(int context, uint32_t attributes);
// A detached copy of the mount that path, or directory itself when path is empty, lies on.
int monitor_clone_tree(int directory, const char *path, int recursive);
int monitor_mount_setattr(int tree, int recursive, uint64_t set, uint64_t clear, uint64_t propagation);
int monitor_move_mount(int tree, int target);

// Terminals
int monitor_terminal_unlock(int master);
int monitor_terminal_peer(int master);
int monitor_terminal_size(int terminal, uint16_t rows, uint16_t columns);
int monitor_terminal_control(int terminal);
int monitor_terminal_foreground(int terminal);

#endif
