// Probes: each tries in a child process, which ends at once, what a container's start needs, and answers 0 or the errno
// of the step that failed. Nothing of the caller changes. The children make system calls alone, so a process with many
// threads may ask.
#ifndef SPYHOP_DOCTOR_SHIMS_H
#define SPYHOP_DOCTOR_SHIMS_H

#include <stdint.h>

// unshare(2) of `flags` (CLONE_NEW*); `as_user`: beneath a user namespace that is made first.
int sph_probe_namespaces(uint64_t flags, int as_user);

// An overlay over `directory`/lower, upper and work on `directory`/merged, with a file written through it; `as_user` as
// above, with the option userxattr.
int sph_probe_overlay(const char *directory, int as_user);

// An id-mapped copy of the mount that `directory` lies on (mount_setattr(2), MOUNT_ATTR_IDMAP).
int sph_probe_idmapped_mount(const char *directory);

// /proc for a new pid namespace, as every container has it; `as_user` as above.
int sph_probe_proc(const char *directory, int as_user);

// Loading a cgroup device program (bpf(2)).
int sph_probe_device_program(void);

enum sph_probe_call {
    SPH_PROBE_OPENAT2 = 1,
    SPH_PROBE_CLONE3 = 2,
    SPH_PROBE_PIDFD = 3,
    SPH_PROBE_MOUNT_API = 4,     // fsopen(2), as far as it is known to the kernel
    SPH_PROBE_MOUNT_SETATTR = 5,
    SPH_PROBE_SECCOMP = 6,       // seccomp(2) with filters
    SPH_PROBE_SECCOMP_NOTIFY = 7,
};

// Whether the kernel knows a call: 0, or ENOSYS and the like.
int sph_probe_call(int call);

// Runs a probe in a child in new namespaces (CLONE_NEW*), beneath a user namespace when `as_user`; its answer.
int sph_probe_within(uint64_t flags, int as_user, int (*probe)(const void *), const void *argument);

#endif
