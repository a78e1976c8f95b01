// What entering a user namespace takes. Everything here is called while the process has a single thread.
#ifndef SPYHOP_ROOTLESS_SHIMS_H
#define SPYHOP_ROOTLESS_SHIMS_H

#include <stdint.h>

// The inode number of the first user namespace's file in /proc/PID/ns (PROC_USER_INIT_INO of the kernel).
#define SPH_INITIAL_USER_NAMESPACE 0xEFFFFFFDu

// What the keeper is called, as argv[0] and in /proc/PID/comm.
#define SPH_KEEPER_NAME "spyhop-keeper"

// A process that stands in a new user namespace and waits for its id maps.
struct sph_keeper {
    int pid;
    int control; // packet socket to it; closing it before sph_keeper_release ends the process
};

// Forks twice, so that nobody has to reap it, and makes the user namespace. Answers 0 or an errno.
int sph_keeper_prepare(struct sph_keeper *keeper);

// Lets it go on as `program`, which keeps the namespace. With `writes_maps` it first maps nothing but its own ids to 0.
// Answers 0 when the program runs, or an errno. The control socket is closed.
int sph_keeper_release(struct sph_keeper *keeper, const char *program, int writes_maps);

// Joins the user namespace behind the descriptor, and makes a mount namespace beneath it. Answers 0 or an errno.
int sph_enter_user_namespace(int user_namespace);

// ioctl_ns(2), NS_GET_OWNER_UID: the user who made the namespace. -1 and errno on failure.
int sph_namespace_owner(int user_namespace, uint32_t *owner);

// Whether this program was started as a keeper.
int sph_is_keeper(void);

// A keeper's life: holds on to nothing but its namespaces, until SIGTERM or SIGKILL.
_Noreturn void sph_keep(void);

// What the companion of a fuse mount is called, and the descriptors that it is started with: a pidfd, and the mount.
#define SPH_COMPANION_NAME "spyhop-companion"
#define SPH_COMPANION_PROCESS 3
#define SPH_COMPANION_MOUNT 4

// Whether this program was started as a companion.
int sph_is_companion(void);

// A companion's life: waits for the process's end, and takes the mount away.
_Noreturn void sph_accompany(void);

#endif
