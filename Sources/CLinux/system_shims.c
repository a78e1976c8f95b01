#define _GNU_SOURCE
#include "system_shims.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/xattr.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

// From <linux/mount.h>, which cannot be included beside <sys/mount.h> in every glibc.
#define SPH_FSOPEN_CLOEXEC 1u
#define SPH_FSMOUNT_CLOEXEC 1u
#define SPH_FSCONFIG_SET_FLAG 0u
#define SPH_FSCONFIG_SET_STRING 1u
#define SPH_FSCONFIG_CMD_CREATE 6u
#define SPH_MOUNT_ATTR_RDONLY 1u

const char *sph_strerror(int number) {
    const char *words = strerrordesc_np(number);
    return words ? words : "unknown error";
}

struct sph_open_how {
    uint64_t flags, mode, resolve;
};

int sph_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct sph_open_how how = {flags, mode, resolve};
    // RESOLVE_IN_ROOT answers EAGAIN when a rename elsewhere raced with "..": trying again is what the manual asks for.
    for (int attempt = 0;; attempt++) {
        int fd = (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
        if (fd >= 0 || errno != EAGAIN || attempt == 32) return fd;
    }
}

int sph_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int sph_pidfd_send_signal(int pidfd, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int sph_pidfd_reap(int pidfd, int *code) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    if (waitid((idtype_t)P_PIDFD, (id_t)pidfd, &info, WEXITED | WNOHANG) < 0) return -1;
    if (info.si_pid == 0) return 0;
    *code = info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
    return 1;
}

int sph_memfd_create(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int sph_get_window_size(int fd, uint16_t *rows, uint16_t *columns) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -1;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return 0;
}

int sph_record_lock(int fd) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(fd, F_SETLK, &lock);
}

pid_t sph_record_lock_holder(int fd) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_GETLK, &lock) < 0) return -1;
    return lock.l_type == F_UNLCK ? 0 : lock.l_pid;
}

int sph_pipe(int ends[2], int non_blocking) { return pipe2(ends, O_CLOEXEC | (non_blocking ? O_NONBLOCK : 0)); }

int sph_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int sph_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

_Static_assert(SPH_O_PATH == O_PATH && SPH_O_TMPFILE == O_TMPFILE, "open flags");
_Static_assert(SPH_EPOLL_ADD == EPOLL_CTL_ADD && SPH_EPOLL_DELETE == EPOLL_CTL_DEL, "epoll changes");

int sph_epoll_control(int epoll, int change, int fd, uint32_t events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    return epoll_ctl(epoll, change, fd, &event);
}

int sph_epoll_wait(int epoll, int *fds, uint32_t *events, int capacity, int timeout_ms) {
    struct epoll_event ready[64];
    int count = epoll_wait(epoll, ready, capacity < 64 ? capacity : 64, timeout_ms);
    for (int i = 0; i < count; i++) {
        fds[i] = ready[i].data.fd;
        events[i] = ready[i].events;
    }
    return count;
}

int sph_detached_mount(const char *type, const char *const *options, int read_only) {
    int fs = (int)syscall(SYS_fsopen, type, SPH_FSOPEN_CLOEXEC);
    if (fs < 0) return -1;
    int mount = -1;
    for (; options[0]; options += 2) {
        int kind = options[1] ? SPH_FSCONFIG_SET_STRING : SPH_FSCONFIG_SET_FLAG;
        if (syscall(SYS_fsconfig, fs, kind, options[0], options[1], 0) < 0) goto done;
    }
    if (syscall(SYS_fsconfig, fs, SPH_FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0) goto done;
    mount = (int)syscall(SYS_fsmount, fs, SPH_FSMOUNT_CLOEXEC, read_only ? SPH_MOUNT_ATTR_RDONLY : 0);
done:;
    int error = errno;
    close(fs);
    errno = error;
    return mount;
}

struct sph_mount_attr {
    uint64_t set, clear, propagation, user_namespace;
};

int sph_read_only_clone(const char *path) {
    // OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC
    int tree = (int)syscall(SYS_open_tree, AT_FDCWD, path, 1u | (unsigned)O_CLOEXEC);
    if (tree < 0) return -1;
    struct sph_mount_attr attributes = {SPH_MOUNT_ATTR_RDONLY, 0, 0, 0};
    if (syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH, &attributes, sizeof attributes) == 0) return tree;
    int error = errno;
    close(tree);
    errno = error;
    return -1;
}

int sph_spawn(pid_t *pid, const char *path, char *const argv[], char *const envp[], const int *sources,
              const int *targets, size_t count) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    // Engines may hand a thousand descriptors on (--preserve-fds).
    int moved[1088];
    int highest = -1, error = 0;
    size_t kept = 0;
    if (count > sizeof moved / sizeof *moved) return EINVAL;
    if ((error = posix_spawn_file_actions_init(&actions))) return error;
    if ((error = posix_spawnattr_init(&attributes))) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    for (size_t i = 0; i < count; i++)
        if (targets[i] > highest) highest = targets[i];
    // Sources are moved above every target first: no mapping can then overwrite the source of another.
    for (; kept < count; kept++) {
        moved[kept] = fcntl(sources[kept], F_DUPFD_CLOEXEC, highest + 1);
        if (moved[kept] < 0) {
            error = errno;
            goto done;
        }
    }
    for (int fd = 0; fd <= highest && !error; fd++) {
        size_t i = 0;
        while (i < count && targets[i] != fd) i++;
        error = i < count ? posix_spawn_file_actions_adddup2(&actions, moved[i], fd)
                          : posix_spawn_file_actions_addclose(&actions, fd);
    }
    if (!error) error = posix_spawn_file_actions_addclosefrom_np(&actions, highest + 1);
    if (!error) error = posix_spawn_file_actions_addchdir_np(&actions, "/");
    if (error) goto done;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
    error = posix_spawn(pid, path, &actions, &attributes, argv, envp);
done:
    for (size_t i = 0; i < kept; i++) close(moved[i]);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

ssize_t sph_fgetxattr(int fd, const char *name, void *value, size_t size)
{
    return fgetxattr(fd, name, value, size);
}
