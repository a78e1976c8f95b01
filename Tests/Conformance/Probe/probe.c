// Asks the kernel what no shell can: inside a container about its process, beside it as the peer of its sockets.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

struct attributes {
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period;
    uint32_t least, most;
};

static int sched(void) {
    struct attributes a = {.size = sizeof a};
    if (syscall(SYS_sched_getattr, 0, &a, sizeof a, 0) < 0) return perror("sched_getattr"), 1;
    printf("policy=%u flags=%llu nice=%d priority=%u runtime=%llu deadline=%llu period=%llu\n", a.policy,
           (unsigned long long)a.flags, a.nice, a.priority, (unsigned long long)a.runtime,
           (unsigned long long)a.deadline, (unsigned long long)a.period);
    return 0;
}

// The open descriptors, without the one that reads them.
static int descriptors(void) {
    DIR *directory = opendir("/proc/self/fd");
    if (!directory) return perror("/proc/self/fd"), 1;
    for (struct dirent *entry; (entry = readdir(directory));)
        if (entry->d_name[0] != '.' && atoi(entry->d_name) != dirfd(directory)) printf("%s ", entry->d_name);
    putchar('\n');
    return 0;
}

static int call(int count, char **words) {
    long a[7] = {0};
    for (int i = 0; i < count && i < 7; i++) a[i] = (long)strtoull(words[i], NULL, 0);
    errno = 0;
    long result = syscall(a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
    printf("result=%ld errno=%d\n", result, result < 0 ? errno : 0);
    return 0;
}

// Touches that many MiB and keeps them.
static int eat(size_t megabytes) {
    for (size_t i = 0; i < megabytes; i++) {
        char *page = malloc(1 << 20);
        if (!page) return 1;
        memset(page, 7, 1 << 20);
    }
    puts("eaten");
    return 0;
}

// Listens at a path and takes one message with one descriptor.
static int receive(const char *path, char *text, size_t size) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1)) return -1;
    int peer = accept(listener, NULL, NULL), descriptor = -1;
    if (peer < 0) return -1;
    size_t filled = 0;
    for (;;) {
        union { struct cmsghdr header; char bytes[CMSG_SPACE(4 * sizeof(int))]; } control;
        struct iovec part = {text + filled, size - 1 - filled};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control,
                                 .msg_controllen = sizeof control};
        ssize_t count = recvmsg(peer, &message, 0);
        if (count <= 0) break;
        filled += count;
        for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c))
            if (c->cmsg_type == SCM_RIGHTS) memcpy(&descriptor, CMSG_DATA(c), sizeof descriptor);
        if (filled >= size - 1) break;
    }
    text[filled] = 0;
    close(peer);
    close(listener);
    unlink(path);
    return descriptor;
}

// The peer of --console-socket: types a text, copies what the terminal shows.
static int console(const char *path, const char *input) {
    char name[4096];
    int terminal = receive(path, name, sizeof name);
    if (terminal < 0) return perror("console"), 1;
    printf("received: %s\n", isatty(terminal) ? "a terminal" : "no terminal");
    fflush(stdout);
    if (write(terminal, input, strlen(input)) < 0) perror("write");
    char buffer[4096];
    for (ssize_t count; (count = read(terminal, buffer, sizeof buffer)) > 0;) {
        fwrite(buffer, 1, count, stdout);
        fflush(stdout);
    }
    return 0;
}

// The peer of linux.seccomp.listenerPath: prints the state it is sent, then answers every call with a value.
static int supervise(const char *path, long value) {
    static char state[65536];
    int listener = receive(path, state, sizeof state);
    printf("%s\n", state);
    fflush(stdout);
    if (listener < 0) return perror("listener"), 1;
    for (;;) {
        struct pollfd waiter = {listener, POLLIN, 0};
        if (poll(&waiter, 1, -1) < 0 || waiter.revents & POLLHUP) return 0;
        struct seccomp_notif request = {0};
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &request) < 0) {
            if (errno == EINTR || errno == ENOENT) continue;
            return 0;
        }
        struct seccomp_notif_resp answer = {.id = request.id, .val = value};
        ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    }
}

int main(int count, char **words) {
    const char *verb = count > 1 ? words[1] : "";
    if (!strcmp(verb, "sched")) return sched();
    if (!strcmp(verb, "fds")) return descriptors();
    if (!strcmp(verb, "call")) return call(count - 2, words + 2);
    if (!strcmp(verb, "eat") && count > 2) return eat(strtoul(words[2], NULL, 10));
    if (!strcmp(verb, "ioprio")) {
        int value = syscall(SYS_ioprio_get, 1, 0);
        return printf("class=%d level=%d\n", value >> 13, value & 0x1fff), 0;
    }
    if (!strcmp(verb, "personality")) return printf("%#x\n", personality(0xffffffff)), 0;
    if (!strcmp(verb, "console") && count > 3) return console(words[2], words[3]);
    if (!strcmp(verb, "supervise") && count > 3) return supervise(words[2], strtol(words[3], NULL, 0));
    fprintf(stderr, "probe: unknown verb %s\n", verb);
    return 2;
}
