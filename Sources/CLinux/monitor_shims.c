#define _GNU_SOURCE
#include "monitor_shims.h"

#include "create_shims.h"

#include <ftw.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif
#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1U << 2)
#endif
#ifndef TIOCGPTPEER
#define TIOCGPTPEER 0x5441
#endif
#ifndef P_PIDFD
#define P_PIDFD 3
#endif

static long answer(long value) { return value < 0 ? -errno : value; }

int monitor_open(const char *path, int flags, uint32_t mode) { return answer(open(path, flags | O_CLOEXEC, mode)); }

int monitor_openat(int directory, const char *path, int flags, uint32_t mode) {
    return answer(openat(directory, path, flags | O_CLOEXEC, mode));
}

int monitor_open_in_root(int root, const char *path, int flags) {
    struct open_how how = {
        .flags = (uint64_t)(flags | O_CLOEXEC), .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
    long descriptor;
    // The kernel asks for another try when something was renamed or mounted while it looked for "..".
    int tries = 0;
    do {
        descriptor = answer(syscall(SYS_openat2, root, path, &how, sizeof how));
    } while (descriptor == -EAGAIN && ++tries < 64);
    return (int)descriptor;
}

int monitor_close(int descriptor) { return answer(close(descriptor)); }

int monitor_close_range(unsigned first, unsigned last, int close_on_exec) {
    return answer(syscall(SYS_close_range, first, last, close_on_exec ? CLOSE_RANGE_CLOEXEC : 0));
}

int monitor_duplicate(int descriptor, int to) { return answer(dup2(descriptor, to)); }

int monitor_duplicate_above(int descriptor, int least) { return answer(fcntl(descriptor, F_DUPFD_CLOEXEC, least)); }

int monitor_is_open(int descriptor) { return fcntl(descriptor, F_GETFD) >= 0; }

int monitor_close_on_exec(int descriptor) { return answer(fcntl(descriptor, F_SETFD, FD_CLOEXEC)); }

int monitor_nonblocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? -errno : (int)answer(fcntl(descriptor, F_SETFL, flags | O_NONBLOCK));
}

int monitor_lock(int descriptor) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return answer(fcntl(descriptor, F_SETLK, &lock));
}

int monitor_stat(int descriptor, struct monitor_file *file) {
    struct stat found;
    if (fstat(descriptor, &found) < 0) return -errno;
    *file = (struct monitor_file){found.st_mode, found.st_gid, found.st_rdev, found.st_size};
    return 0;
}

long monitor_read(int descriptor, void *bytes, size_t count) { return answer(read(descriptor, bytes, count)); }

long monitor_pread(int descriptor, void *bytes, size_t count, int64_t offset) {
    return answer(pread(descriptor, bytes, count, offset));
}

long monitor_write(int descriptor, const void *bytes, size_t count) { return answer(write(descriptor, bytes, count)); }

long monitor_write2(int descriptor, const void *one, size_t one_count, const void *two, size_t two_count) {
    struct iovec parts[2] = {{(void *)one, one_count}, {(void *)two, two_count}};
    return answer(writev(descriptor, parts, 2));
}

int monitor_truncate(int descriptor, int64_t size) { return answer(ftruncate(descriptor, size)); }

int monitor_rename(int directory, const char *from, const char *to) {
    return answer(renameat(directory, from, directory, to));
}

int monitor_exchange(int directory, const char *one, const char *other) {
    return answer(syscall(SYS_renameat2, directory, one, directory, other, 2 /* RENAME_EXCHANGE */));
}

int monitor_unlink(int directory, const char *path) { return answer(unlinkat(directory, path, 0)); }

static int remove_directory(const char *path, const struct stat *file, int kind, struct FTW *place) {
    (void)file, (void)place;
    if (kind == FTW_DP) rmdir(path);
    return 0;
}

int monitor_remove_cgroup(const char *path) {
    if (rmdir(path) == 0 || errno == ENOENT) return 0;
    if (errno != EBUSY) return -errno;
    nftw(path, remove_directory, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
    return rmdir(path) == 0 || errno == ENOENT ? 0 : -errno;
}

int monitor_mkdir(int directory, const char *path, uint32_t mode) { return answer(mkdirat(directory, path, mode)); }

int monitor_mknod(int directory, const char *path, uint32_t mode, uint64_t device) {
    return answer(mknodat(directory, path, mode, device));
}

int monitor_symlink(const char *text, int directory, const char *path) {
    return answer(symlinkat(text, directory, path));
}

long monitor_readlink(int directory, const char *path, char *text, size_t count) {
    return answer(readlinkat(directory, path, text, count));
}

int monitor_chown(int directory, const char *path, uint32_t uid, uint32_t gid) {
    return answer(fchownat(directory, path, uid, gid, AT_SYMLINK_NOFOLLOW));
}

int monitor_fchown(int descriptor, uint32_t uid, uint32_t gid) { return answer(fchown(descriptor, uid, gid)); }

int monitor_chdir(const char *path) { return answer(chdir(path)); }

int monitor_fchdir(int descriptor) { return answer(fchdir(descriptor)); }

int monitor_umask(uint32_t mask) { return (int)umask(mask); }

int monitor_pipe(int ends[2]) { return answer(pipe2(ends, O_CLOEXEC)); }

int monitor_socket_pair(int ends[2]) {
    // Packets keep the three steps of the hand-shake apart.
    return answer(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends));
}

int monitor_stream_pair(int ends[2]) {
    return answer(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
}

int monitor_listen(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length >= sizeof address.sun_path) return -ENAMETOOLONG;
    memcpy(address.sun_path, path, length);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0) return -errno;
    unlink(address.sun_path);
    mode_t mask = umask(0177);
    int failed = bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 64) < 0;
    int error = errno;
    umask(mask);
    if (failed) close(listener);
    return failed ? -error : listener;
}

int monitor_accept(int listener) { return answer(accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)); }

long monitor_send(int socket, const void *bytes, size_t count) {
    return answer(send(socket, bytes, count, MSG_NOSIGNAL));
}

long monitor_receive(int socket, void *bytes, size_t count) { return answer(recv(socket, bytes, count, 0)); }

int monitor_send_descriptor(int socket, int descriptor) { return (int)monitor_send_with(socket, "T", 1, descriptor); }

long monitor_receive_descriptor(int socket, void *bytes, size_t count, int *descriptor) {
    struct iovec part = {bytes, count};
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space};
    ssize_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (received < 0) return -errno;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS
        && header->cmsg_len == CMSG_LEN(sizeof(int)))
        memcpy(descriptor, CMSG_DATA(header), sizeof *descriptor);
    return received;
}

int monitor_peer_gone(int socket) {
    struct pollfd wanted = {.fd = socket, .events = POLLRDHUP};
    return poll(&wanted, 1, 0) > 0 && (wanted.revents & (POLLHUP | POLLRDHUP | POLLERR)) != 0;
}

int monitor_epoll(void) { return answer(epoll_create1(EPOLL_CLOEXEC)); }

static int control(int epoll, int operation, int descriptor, uint32_t events, uint64_t tag) {
    struct epoll_event event = {.events = events, .data.u64 = tag};
    return answer(epoll_ctl(epoll, operation, descriptor, &event));
}

int monitor_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t tag) {
    return control(epoll, EPOLL_CTL_ADD, descriptor, events, tag);
}

int monitor_epoll_change(int epoll, int descriptor, uint32_t events, uint64_t tag) {
    return control(epoll, EPOLL_CTL_MOD, descriptor, events, tag);
}

int monitor_epoll_remove(int epoll, int descriptor) { return control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0); }

int monitor_epoll_wait(int epoll, struct monitor_event *events, int count, int timeout) {
    struct epoll_event found[16];
    int ready = epoll_wait(epoll, found, count < 16 ? count : 16, timeout);
    if (ready < 0) return -errno;
    for (int i = 0; i < ready; i++) events[i] = (struct monitor_event){found[i].data.u64, found[i].events};
    return ready;
}

int monitor_poll_priority(int descriptor, int timeout) {
    struct pollfd wanted = {.fd = descriptor, .events = POLLPRI};
    return answer(poll(&wanted, 1, timeout));
}

static int64_t clock_now(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t monitor_realtime(void) { return clock_now(CLOCK_REALTIME); }

int64_t monitor_monotonic(void) { return clock_now(CLOCK_MONOTONIC); }

void monitor_sleep(int64_t nanoseconds) {
    struct timespec time = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    nanosleep(&time, NULL);
}

int monitor_clone(uint64_t flags, int cgroup, int *pidfd) {
    struct clone_args arguments = {
        .flags = flags | CLONE_PIDFD | (cgroup >= 0 ? CLONE_INTO_CGROUP : 0),
        .pidfd = (uint64_t)(uintptr_t)pidfd,
        .exit_signal = SIGCHLD,
        .cgroup = cgroup >= 0 ? (uint64_t)cgroup : 0};
    return answer(syscall(SYS_clone3, &arguments, sizeof arguments));
}

int monitor_fork(void) { return answer(fork()); }

int monitor_pid(void) { return getpid(); }

int monitor_pidfd_open(int pid) { return answer(syscall(SYS_pidfd_open, pid, 0)); }

int monitor_pidfd_signal(int pidfd, int signal) {
    return answer(syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0));
}

int monitor_signal(int pid, int signal) { return answer(kill(pid, signal)); }

static void explain(const siginfo_t *info, int *code, int *killed) {
    *code = info->si_status;
    *killed = info->si_code != CLD_EXITED;
}

int monitor_reap(int pidfd, int *code, int *killed) {
    siginfo_t info = {0};
    if (waitid((idtype_t)P_PIDFD, (id_t)pidfd, &info, WEXITED) < 0) return -errno;
    explain(&info, code, killed);
    return 0;
}

int monitor_reap_any(int *code, int *killed) {
    siginfo_t info = {0};
    if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG) < 0) return -errno;
    if (info.si_pid != 0) explain(&info, code, killed);
    return info.si_pid;
}

int monitor_setns(int descriptor, int flags) { return answer(syscall(SYS_setns, descriptor, flags)); }

int monitor_unshare(int flags) { return answer(syscall(SYS_unshare, flags)); }

int monitor_setsid(void) { return answer(setsid()); }

int monitor_own_group(void) { return answer(setpgid(0, 0)); }

int monitor_execute(const char *path, char *const *arguments, char *const *environment) {
    return answer(execve(path, arguments, environment));
}

_Noreturn void monitor_exit(int code) { _exit(code); }

int monitor_seal_program(const char *name) {
    static const char program[] = "/proc/self/exe";
    struct statfs found;
    if (statfs(program, &found) < 0) return -errno;
    if (found.f_flags & MS_RDONLY) return answer(prctl(PR_SET_NAME, name, 0, 0, 0));
    int tree = monitor_clone_tree(AT_FDCWD, program, 0);
    if (tree < 0) return tree;
    int changed = monitor_mount_setattr(tree, 0, MOUNT_ATTR_RDONLY, 0, 0);
    if (changed == 0) {
        char *const arguments[] = {(char *)name, NULL};
        changed = (int)answer(syscall(SYS_execveat, tree, "", arguments, environ, AT_EMPTY_PATH));
    }
    close(tree);
    return changed;
}

int monitor_undumpable(void) { return answer(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)); }

char *const *monitor_environment(void) { return environ; }

void monitor_ignore_signal(int number) { signal(number, SIG_IGN); }

void monitor_default_signals(void) {
    // Straight to the kernel: glibc refuses the two signals that it keeps for itself, and the caller may ignore them.
    struct {
        void *handler;
        unsigned long flags;
        void *restorer;
        uint64_t mask;
    } action = {0};
    for (int number = 1; number <= 64; number++) syscall(SYS_rt_sigaction, number, &action, NULL, sizeof action.mask);
}

static void mask_signals(uint64_t mask) { syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, NULL, sizeof mask); }

void monitor_block_signals(void) { mask_signals(~0ULL); }

void monitor_unblock_signals(void) { mask_signals(0); }

int monitor_signal_descriptor(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGQUIT);
    return answer(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

int monitor_next_signal(int descriptor) {
    struct signalfd_siginfo info;
    return read(descriptor, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

int monitor_wait_signal(void) {
    uint64_t all = ~0ULL;
    return answer(syscall(SYS_rt_sigtimedwait, &all, NULL, NULL, sizeof all));
}

int monitor_death_signal(int number) { return answer(prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)); }

int monitor_rlimit(int resource, uint64_t soft, uint64_t hard) {
    struct rlimit limit = {soft, hard};
    return answer(setrlimit((__rlimit_resource_t)resource, &limit));
}

int monitor_setgroups(size_t count, const void *groups) { return answer(syscall(SYS_setgroups, count, groups)); }

int monitor_setgid(uint32_t gid) { return answer(syscall(SYS_setresgid, gid, gid, gid)); }

int monitor_setuid(uint32_t uid) { return answer(syscall(SYS_setresuid, uid, uid, uid)); }

int monitor_keep_capabilities(void) { return answer(prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)); }

int monitor_capget(uint64_t *effective, uint64_t *permitted, uint64_t *inheritable) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data) < 0) return -errno;
    *effective = (uint64_t)data[1].effective << 32 | data[0].effective;
    *permitted = (uint64_t)data[1].permitted << 32 | data[0].permitted;
    *inheritable = (uint64_t)data[1].inheritable << 32 | data[0].inheritable;
    return 0;
}

int monitor_capset(uint64_t effective, uint64_t permitted, uint64_t inheritable) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {
        {(uint32_t)effective, (uint32_t)permitted, (uint32_t)inheritable},
        {(uint32_t)(effective >> 32), (uint32_t)(permitted >> 32), (uint32_t)(inheritable >> 32)}};
    return answer(syscall(SYS_capset, &header, data));
}

int monitor_drop_bounding(int capability) { return answer(prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)); }

int monitor_clear_ambient(void) { return answer(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)); }

int monitor_raise_ambient(int capability) {
    return answer(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0));
}

int monitor_no_new_privileges(void) { return answer(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)); }

int monitor_seccomp(uint32_t flags, const void *filters, uint16_t count) {
    struct sock_fprog program = {count, (struct sock_filter *)filters};
    return answer(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program));
}

int monitor_sethostname(const char *name) { return answer(sethostname(name, strlen(name))); }

int monitor_setdomainname(const char *name) { return answer(setdomainname(name, strlen(name))); }

int monitor_loopback_up(void) {
    int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (any < 0) return -errno;
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    long result = answer(ioctl(any, SIOCSIFFLAGS, &request));
    close(any);
    return (int)result;
}

int monitor_terminal_unlock(int master) {
    int locked = 0;
    return answer(ioctl(master, TIOCSPTLCK, &locked));
}

int monitor_terminal_peer(int master) {
    return answer(ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
}

int monitor_terminal_size(int terminal, uint16_t rows, uint16_t columns) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    return answer(ioctl(terminal, TIOCSWINSZ, &size));
}

int monitor_terminal_control(int terminal) { return answer(ioctl(terminal, TIOCSCTTY, 0)); }

int monitor_terminal_foreground(int terminal) {
    pid_t group = getpgrp();
    return answer(ioctl(terminal, TIOCSPGRP, &group));
}
