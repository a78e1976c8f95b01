// System calls for room Monitor that only the making of OCI bundles needs; the rules are those of monitor_shims.h.
#ifndef SPYHOP_CREATE_SHIMS_H
#define SPYHOP_CREATE_SHIMS_H

#include <stddef.h>
#include <stdint.h>

static const uint64_t MONITOR_NEW_USER_SPACE = 0x10000000; // CLONE_NEWUSER
static const uint32_t MONITOR_NEW_LISTENER = 1 << 3;       // SECCOMP_FILTER_FLAG_NEW_LISTENER

// As monitor_clone, but the process is the caller's sibling: a child of its parent (CLONE_PARENT).
int monitor_clone_sibling(uint64_t flags, int cgroup, int *pidfd);
// Runs a program to its end and answers its exit code, 128+n for signal n.
int monitor_run(char *const *arguments);
// A process that ends when the caller does, in a user namespace of its own; its pidfd goes to *pidfd.
int monitor_user_namespace_holder(int *pidfd);
int monitor_chroot(const char *path);
// What other processes are allowed to see of this one follows its user again (PR_SET_DUMPABLE).
int monitor_dumpable(void);
int monitor_pidfd_descriptor(int pidfd, int descriptor);
int monitor_prlimit(int pid, int resource, uint64_t soft, uint64_t hard);
long monitor_send_with(int socket, const void *bytes, size_t count, int descriptor);
// Waits until something can be read; 0 when `timeout` milliseconds went by, -1: no timeout.
int monitor_poll_readable(int descriptor, int timeout);
// SIGTERM, SIGINT, SIGHUP and SIGQUIT end the process with 128+n, also as pid 1, until it executes something else.
void monitor_exit_on_signals(void);
// 0, or why execve would not even try: ENOENT, EACCES and the like.
int monitor_may_execute(const char *path);

int monitor_personality(uint64_t persona);
// s: struct sched_attr of `size` bytes.
int monitor_scheduler(const void *attributes, size_t size);
int monitor_io_priority(int value);
int monitor_affinity(const void *mask, size_t size);
int monitor_session_keyring(const char *name);

int monitor_idmap(int tree, int recursive, int user_namespace);
// Sets the propagation of the mount that `path` lies on, whichever of its parents is the mount point.
int monitor_parent_propagation(const char *path, uint64_t propagation);
// Copies what lies in one directory into another: files, directories, links, devices, with owners, modes and times.
int monitor_copy_tree(int from, int to);

#endif
