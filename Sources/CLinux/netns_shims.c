#define _GNU_SOURCE
#include "netns_shims.h"

#include "create_shims.h"
#include "monitor_shims.h"

#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <linux/capability.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int answer(long result) { return result < 0 ? -errno : (int)result; }

int sph_is_netns(void) { return strcmp(program_invocation_name, SPH_NETNS_NAME) == 0; }

char **sph_netns_arguments(void) {
    // A route to the world takes some thirty words.
    enum { most = 256, size = 16384 };
    static char text[size + 1];
    static char *words[most + 1];
    int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t length = 0, count;
    while (file >= 0 && length < size && (count = read(file, text + length, size - (size_t)length)) > 0) length += count;
    if (file >= 0) close(file);
    int next = 0;
    for (ssize_t at = 0; at < length && next < most; at += (ssize_t)strlen(text + at) + 1) words[next++] = text + at;
    return words;
}

void sph_netns_settle(void) {
    prctl(PR_SET_NAME, SPH_NETNS_NAME, 0, 0, 0);
    for (int number = 1; number < 32; number++)
        if (number != SIGTERM && number != SIGCHLD) signal(number, SIG_IGN);
    if (fork() > 0) _exit(0);
    for (int fd = SPH_NETNS_LISTENER; fd <= SPH_NETNS_HOLD; fd++) {
        // Numbers that have a meaning are taken by nothing else.
        if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) fcntl(open("/dev/null", O_RDWR | O_CLOEXEC), F_SETFD, FD_CLOEXEC);
    }
    fcntl(SPH_NETNS_LISTENER, F_SETFL, O_NONBLOCK);
    syscall(SYS_close_range, (unsigned)SPH_NETNS_HOLD + 1, ~0u, 0u);
}

static void put(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    // A kernel without IPv6 has nothing to set.
    if (write(file, text, strlen(text)) < 0) {}
    close(file);
}

// A process with memory of its own and the same descriptors. Who has left the host's network namespace for one of a user's
// own never gets back (setns(2)), so it is always somebody else who goes there.
static pid_t envoy(void) { return (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, NULL, NULL, NULL, 0); }

int sph_netns_make(void) {
    int status = 0;
    pid_t child = envoy();
    if (child < 0) return -errno;
    if (child > 0) {
        while (waitpid(child, &status, 0) < 0)
            if (errno != EINTR) return -errno;
        return WIFEXITED(status) ? -WEXITSTATUS(status) : -EINTR;
    }
    if (unshare(CLONE_NEWNET) < 0) _exit(errno);
    int error = monitor_loopback_up();
    if (error < 0) _exit(-error);
    put("/proc/sys/net/ipv4/ip_forward", "1");
    // Its addresses are nobody else's, so there is nothing to wait for before they may be used.
    put("/proc/sys/net/ipv6/conf/all/accept_dad", "0");
    put("/proc/sys/net/ipv6/conf/default/accept_dad", "0");
    // A router takes no advertisement, least of all a container's.
    put("/proc/sys/net/ipv6/conf/all/accept_ra", "0");
    put("/proc/sys/net/ipv6/conf/default/accept_ra", "0");
    put("/proc/sys/net/ipv6/conf/all/forwarding", "1");
    put("/proc/sys/net/ipv6/conf/default/forwarding", "1");
    int space = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    if (space < 0) _exit(errno);
    if (space == SPH_NETNS_NAMESPACE) _exit(0);
    error = dup3(space, SPH_NETNS_NAMESPACE, O_CLOEXEC) < 0 ? errno : 0;
    close(space);
    _exit(error);
}

static int is_reached(const char *interface) {
    struct ifaddrs *all = NULL;
    int found = 0;
    if (getifaddrs(&all) < 0) return 0;
    for (struct ifaddrs *one = all; one && !found; one = one->ifa_next) {
        if (!one->ifa_addr || strcmp(one->ifa_name, interface) != 0 || !(one->ifa_flags & IFF_UP)) continue;
        int family = one->ifa_addr->sa_family;
        found = family == AF_INET
             || (family == AF_INET6 && !IN6_IS_ADDR_LINKLOCAL(&((struct sockaddr_in6 *)one->ifa_addr)->sin6_addr));
    }
    freeifaddrs(all);
    return found;
}

int sph_netns_anchor(int space, const char *interface) {
    int entered[2];
    char byte = 0;
    pid_t parent = getpid();
    if (pipe2(entered, O_CLOEXEC) < 0) return -errno;
    pid_t child = fork();
    if (child != 0) {
        int error = errno;
        close(entered[1]);
        // Before it is there its /proc entry shows another namespace.
        while (child > 0 && read(entered[0], &byte, 1) < 0 && errno == EINTR) {}
        close(entered[0]);
        return child < 0 ? -error : child;
    }
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {0};
    if (setns(space, CLONE_NEWNET) < 0 || syscall(SYS_capset, &header, none) < 0) _exit(1);
    // What loses its parent ends: asked for last, since giving up rights may clear it.
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent || write(entered[1], &byte, 1) != 1) _exit(1);
    syscall(SYS_close_range, 3u, ~0u, 0u);
    while (!is_reached(interface)) usleep(1000);
    _exit(0);
}

int sph_netns_program(char *const *arguments, int words) {
    pid_t parent = getpid();
    pid_t child = fork();
    if (child != 0) return answer(child);
    char *const environment[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", NULL};
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, 0);
    dup2(null, 1);
    dup2(words, 2);
    syscall(SYS_close_range, 3u, ~0u, 0u);
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent) _exit(1);
    execve(arguments[0], arguments, environment);
    dprintf(2, "cannot execute %s: %s\n", arguments[0], strerror(errno));
    _exit(127);
}

int sph_netns_holder(int pipe) {
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", pipe);
    return answer(open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK));
}

int sph_netns_peer(int socket) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid();
}

long sph_netns_send(int socket, const void *bytes, size_t count, int descriptor) {
    return monitor_send_with(socket, bytes, count, descriptor);
}

uint64_t sph_netns_inode(int descriptor) {
    struct stat facts;
    return fstat(descriptor, &facts) == 0 ? facts.st_ino : 0;
}

uint64_t sph_netns_inode_at(const char *path) {
    struct stat facts;
    return lstat(path, &facts) == 0 ? facts.st_ino : 0;
}

int sph_netns_lock(const char *path) {
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return -errno;
    if (flock(file, LOCK_EX | LOCK_NB) == 0) return file;
    int error = errno;
    close(file);
    return -error;
}

int sph_netns_pipe(int ends[2]) { return answer(pipe2(ends, O_CLOEXEC | O_NONBLOCK)); }

int sph_netns_poll(struct sph_netns_wait *waits, int count, int timeout) {
    struct pollfd polled[8];
    if (count > 8) return -EINVAL;
    for (int i = 0; i < count; i++) polled[i] = (struct pollfd){.fd = waits[i].descriptor, .events = POLLIN};
    int ready = poll(polled, (nfds_t)count, timeout);
    int error = errno;
    for (int i = 0; i < count; i++) {
        short events = ready > 0 ? polled[i].revents : 0;
        waits[i].ready = (events & POLLIN ? 1 : 0) | (events & (POLLHUP | POLLERR | POLLNVAL) ? 2 : 0);
    }
    return ready < 0 ? -error : ready;
}

int sph_netns_is_space(int descriptor) {
    // ioctl_ns(2): _IO(0xb7, 3) is NS_GET_NSTYPE.
    return ioctl(descriptor, 0xb703) == CLONE_NEWNET;
}
