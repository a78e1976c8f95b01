#define _GNU_SOURCE
#include "create_shims.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif

extern char **environ;

static long answer(long value) { return value < 0 ? -errno : value; }

int monitor_clone_sibling(uint64_t flags, int cgroup, int *pidfd) {
    // No exit signal: the parent is told with the one that the caller itself was made with.
    struct clone_args arguments = {
        .flags = flags | CLONE_PARENT | CLONE_PIDFD | (cgroup >= 0 ? CLONE_INTO_CGROUP : 0),
        .pidfd = (uint64_t)(uintptr_t)pidfd,
        .cgroup = cgroup >= 0 ? (uint64_t)cgroup : 0};
    return answer(syscall(SYS_clone3, &arguments, sizeof arguments));
}

int monitor_run(char *const *arguments) {
    pid_t pid = fork();
    if (pid < 0) return -errno;
    if (pid == 0) {
        execve(arguments[0], arguments, environ);
        _exit(127);
    }
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return -errno;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int monitor_user_namespace_holder(int *pidfd) {
    struct clone_args arguments = {
        .flags = CLONE_NEWUSER | CLONE_PIDFD, .pidfd = (uint64_t)(uintptr_t)pidfd, .exit_signal = SIGCHLD};
    long pid = answer(syscall(SYS_clone3, &arguments, sizeof arguments));
    if (pid != 0) return (int)pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) pause();
}

int monitor_chroot(const char *path) { return answer(chroot(path)); }

int monitor_dumpable(void) { return answer(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)); }

int monitor_pidfd_descriptor(int pidfd, int descriptor) {
    return answer(syscall(SYS_pidfd_getfd, pidfd, descriptor, 0));
}

int monitor_prlimit(int pid, int resource, uint64_t soft, uint64_t hard) {
    struct rlimit limit = {soft, hard};
    return answer(prlimit(pid, resource, &limit, NULL));
}

long monitor_send_with(int socket, const void *bytes, size_t count, int descriptor) {
    struct iovec part = {(void *)bytes, count};
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {.space = {0}};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    return answer(sendmsg(socket, &message, MSG_NOSIGNAL));
}

int monitor_poll_readable(int descriptor, int timeout) {
    struct pollfd poller = {descriptor, POLLIN, 0};
    int ready;
    do {
        ready = poll(&poller, 1, timeout);
    } while (ready < 0 && errno == EINTR);
    return answer(ready);
}

static void end(int number) { _exit(128 + number); }

void monitor_exit_on_signals(void) {
    const int numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT};
    struct sigaction action = {.sa_handler = end};
    for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++) sigaction(numbers[index], &action, NULL);
}

int monitor_may_execute(const char *path) {
    struct stat file;
    if (stat(path, &file) < 0) return -errno;
    if (!S_ISREG(file.st_mode)) return -EACCES;
    // By the effective user, whose capabilities count; access(2) would ask for the real one.
    if (faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) < 0) return -errno;
    return 0;
}

int monitor_personality(uint64_t persona) { return answer(personality(persona)); }

int monitor_scheduler(const void *attributes, size_t size) {
    uint8_t copy[64] = {0};
    if (size > sizeof copy) return -E2BIG;
    memcpy(copy, attributes, size);
    return answer(syscall(SYS_sched_setattr, 0, copy, 0));
}

int monitor_io_priority(int value) { return answer(syscall(SYS_ioprio_set, 1 /* IOPRIO_WHO_PROCESS */, 0, value)); }

int monitor_affinity(const void *mask, size_t size) { return answer(syscall(SYS_sched_setaffinity, 0, size, mask)); }

int monitor_session_keyring(const char *name) {
    return answer(syscall(SYS_keyctl, 1 /* KEYCTL_JOIN_SESSION_KEYRING */, name));
}

int monitor_idmap(int tree, int recursive, int user_namespace) {
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_IDMAP, .userns_fd = (uint64_t)user_namespace};
    unsigned flags = AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
    return answer(syscall(SYS_mount_setattr, tree, "", flags, &attributes, sizeof attributes));
}

int monitor_parent_propagation(const char *path, uint64_t propagation) {
    char place[PATH_MAX];
    if (strlen(path) >= sizeof place || *path != '/') return -EINVAL;
    strcpy(place, path);
    for (;;) {
        if (mount(NULL, place, NULL, propagation, NULL) == 0) return 0;
        // EINVAL: not a mount point; its parent may be.
        if (errno != EINVAL || strcmp(place, "/") == 0) return -errno;
        char *slash = strrchr(place, '/');
        slash[slash == place] = 0;
    }
}

static int copy_file(int from, int to, const char *name) {
    int source = openat(from, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (source < 0) return -errno;
    int target = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    int failure = target < 0 ? -errno : 0;
    ssize_t moved = 1;
    while (failure == 0 && moved > 0) {
        moved = sendfile(target, source, NULL, 1 << 20);
        if (moved < 0) failure = -errno;
    }
    if (target >= 0) close(target);
    close(source);
    return failure;
}

static int copy_link(int from, int to, const char *name) {
    char text[PATH_MAX];
    ssize_t length = readlinkat(from, name, text, sizeof text - 1);
    if (length < 0) return -errno;
    text[length] = 0;
    return answer(symlinkat(text, to, name));
}

static int copy_directory(int from, int to, const char *name) {
    if (mkdirat(to, name, 0700) < 0 && errno != EEXIST) return -errno;
    int source = openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (source < 0) return -errno;
    int target = openat(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int failure = target < 0 ? -errno : monitor_copy_tree(source, target);
    if (target >= 0) close(target);
    close(source);
    return failure;
}

static int copy_entry(int from, int to, const char *name) {
    struct stat file;
    if (fstatat(from, name, &file, AT_SYMLINK_NOFOLLOW) < 0) return -errno;
    int failure;
    if (S_ISDIR(file.st_mode)) failure = copy_directory(from, to, name);
    else if (S_ISREG(file.st_mode)) failure = copy_file(from, to, name);
    else if (S_ISLNK(file.st_mode)) failure = copy_link(from, to, name);
    else failure = answer(mknodat(to, name, file.st_mode, file.st_rdev));
    if (failure < 0) return failure;
    if (fchownat(to, name, file.st_uid, file.st_gid, AT_SYMLINK_NOFOLLOW) < 0) return -errno;
    if (!S_ISLNK(file.st_mode) && fchmodat(to, name, file.st_mode & 07777, 0) < 0) return -errno;
    struct timespec times[2] = {file.st_atim, file.st_mtim};
    utimensat(to, name, times, AT_SYMLINK_NOFOLLOW);
    return 0;
}

int monitor_copy_tree(int from, int to) {
    // A directory stream of its own: `from` may be a path-only descriptor.
    int readable = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (readable < 0) return -errno;
    DIR *directory = fdopendir(readable);
    if (!directory) {
        int failure = -errno;
        close(readable);
        return failure;
    }
    int failure = 0;
    struct dirent *entry;
    while (failure == 0 && (entry = readdir(directory))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        failure = copy_entry(from, to, entry->d_name);
    }
    closedir(directory);
    return failure;
}
