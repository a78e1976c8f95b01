#define _GNU_SOURCE
#include "monitor_network_shims.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef F_OFD_GETLK
#define F_OFD_GETLK 36
#endif

static long answer(long value) { return value < 0 ? -errno : value; }

// Sockets in other namespaces

struct making {
    int network;
    int count;
    int error;
    struct monitor_socket *sockets;
};

static int make_socket(uint32_t kind) {
    switch (kind) {
    case MONITOR_ROUTE_SOCKET: return answer(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
    case MONITOR_FILTER_SOCKET: return answer(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER));
    case MONITOR_DATAGRAM_SOCKET: return monitor_socket(AF_INET, SOCK_DGRAM);
    case MONITOR_STREAM_SOCKET: return monitor_socket(AF_INET, SOCK_STREAM);
    default: return -EINVAL;
    }
}

static int make_sockets(void *argument) {
    struct making *making = argument;
    if (making->network >= 0 && setns(making->network, CLONE_NEWNET) < 0) {
        making->error = -errno;
        return 0;
    }
    for (int i = 0; i < making->count; i++) making->sockets[i].number = make_socket(making->sockets[i].kind);
    return 0;
}

// A child that shares memory and descriptors, while this process waits for its end: it enters the namespace, the sockets are
// everybody's.
static int make_sockets_apart(struct making *making) {
    static char stack[16384] __attribute__((aligned(16)));
    int pid = clone(make_sockets, stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_FILES, making);
    if (pid < 0) return -errno;
    while (waitpid(pid, NULL, __WCLONE) < 0 && errno == EINTR) continue;
    return 0;
}

int monitor_sockets_in(int network, struct monitor_socket *sockets, int count) {
    struct making making = {network, count, 0, sockets};
    int error = 0;
    int own = network < 0 ? -1 : open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    // Who may enter his own namespace may come back to it. That is much quicker, and never waits for its turn on a
    // processor, as a child does.
    if (network < 0 || (own >= 0 && setns(own, CLONE_NEWNET) == 0)) {
        make_sockets(&making);
        if (network >= 0 && setns(own, CLONE_NEWNET) < 0) making.error = -errno;
    } else {
        error = make_sockets_apart(&making);
    }
    if (own >= 0) close(own);
    if (error < 0 || making.error < 0) return error < 0 ? error : making.error;
    for (int i = 0; i < count; i++)
        if (sockets[i].number < 0 && error == 0) error = sockets[i].number;
    for (int i = 0; error < 0 && i < count; i++)
        if (sockets[i].number >= 0) close(sockets[i].number);
    return error;
}

int monitor_bind_ipv4(int socket, uint32_t address, uint16_t port) {
    struct sockaddr_in place = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(address)};
    int one = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    return answer(bind(socket, (struct sockaddr *)&place, sizeof place));
}

int monitor_listen_stream(int socket, int backlog) { return answer(listen(socket, backlog)); }

int monitor_socket(int family, int type) {
    return answer(socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

// Addresses

static socklen_t to_native(const struct monitor_endpoint *endpoint, struct sockaddr_storage *native) {
    memset(native, 0, sizeof *native);
    if (endpoint->family == AF_INET) {
        struct sockaddr_in *four = (struct sockaddr_in *)native;
        four->sin_family = AF_INET;
        four->sin_port = htons(endpoint->port);
        memcpy(&four->sin_addr, endpoint->bytes, 4);
        return sizeof *four;
    }
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)native;
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(endpoint->port);
    six->sin6_scope_id = endpoint->scope;
    memcpy(&six->sin6_addr, endpoint->bytes, 16);
    return sizeof *six;
}

static void from_native(const struct sockaddr_storage *native, struct monitor_endpoint *endpoint) {
    memset(endpoint, 0, sizeof *endpoint);
    endpoint->family = native->ss_family;
    if (native->ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)native;
        endpoint->port = ntohs(four->sin_port);
        memcpy(endpoint->bytes, &four->sin_addr, 4);
    } else if (native->ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)native;
        endpoint->port = ntohs(six->sin6_port);
        endpoint->scope = six->sin6_scope_id;
        memcpy(endpoint->bytes, &six->sin6_addr, 16);
    }
}

int monitor_connect(int socket, const struct monitor_endpoint *to) {
    struct sockaddr_storage native;
    socklen_t length = to_native(to, &native);
    return answer(connect(socket, (struct sockaddr *)&native, length));
}

int monitor_socket_error(int socket) {
    int error = 0;
    socklen_t length = sizeof error;
    if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) < 0) return errno;
    return error;
}

int monitor_is_connected(int socket) {
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    return getpeername(socket, (struct sockaddr *)&peer, &length) == 0;
}

int monitor_shutdown_writing(int socket) { return answer(shutdown(socket, SHUT_WR)); }

int monitor_abort_on_close(int socket) {
    struct linger linger = {1, 0};
    return answer(setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, sizeof linger));
}

int monitor_watch_peer(int socket, int unanswered) {
    unsigned time = (unsigned)unanswered;
    int one = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &time, sizeof time);
    return answer(setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof one));
}

int monitor_no_delay(int socket) {
    int one = 1;
    return answer(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one));
}

// Datagrams

union information {
    struct cmsghdr header;
    char space[CMSG_SPACE(sizeof(struct in_pktinfo)) + CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

static void read_information(struct msghdr *message, struct monitor_endpoint *asked) {
    for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header; header = CMSG_NXTHDR(message, header)) {
        if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo info;
            memcpy(&info, CMSG_DATA(header), sizeof info);
            asked->family = AF_INET;
            memcpy(asked->bytes, &info.ipi_addr, 4);
        } else if (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_PKTINFO) {
            struct in6_pktinfo info;
            memcpy(&info, CMSG_DATA(header), sizeof info);
            asked->family = AF_INET6;
            memcpy(asked->bytes, &info.ipi6_addr, 16);
            if (IN6_IS_ADDR_LINKLOCAL(&info.ipi6_addr)) asked->scope = info.ipi6_ifindex;
        }
    }
}

long monitor_receive_from(
    int socket, void *bytes, size_t count, struct monitor_endpoint *from, struct monitor_endpoint *asked) {
    struct iovec part = {bytes, count};
    struct sockaddr_storage name;
    union information control;
    struct msghdr message = {
        .msg_name = &name, .msg_namelen = sizeof name, .msg_iov = &part, .msg_iovlen = 1,
        .msg_control = control.space, .msg_controllen = sizeof control.space};
    memset(asked, 0, sizeof *asked);
    ssize_t received = recvmsg(socket, &message, MSG_DONTWAIT | MSG_TRUNC);
    if (received < 0) return -errno;
    from_native(&name, from);
    read_information(&message, asked);
    return received;
}

long monitor_send_to(
    int socket, const void *bytes, size_t count, const struct monitor_endpoint *to,
    const struct monitor_endpoint *from) {
    struct iovec part = {(void *)bytes, count};
    struct sockaddr_storage name;
    union information control;
    struct msghdr message = {.msg_name = &name, .msg_iov = &part, .msg_iovlen = 1};
    message.msg_namelen = to_native(to, &name);
    if (from && from->family != 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.space;
        message.msg_controllen = sizeof control.space;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        if (from->family == AF_INET) {
            struct in_pktinfo info = {0};
            memcpy(&info.ipi_spec_dst, from->bytes, 4);
            *header = (struct cmsghdr){CMSG_LEN(sizeof info), IPPROTO_IP, IP_PKTINFO};
            memcpy(CMSG_DATA(header), &info, sizeof info);
            message.msg_controllen = CMSG_SPACE(sizeof info);
        } else {
            struct in6_pktinfo info = {.ipi6_ifindex = from->scope};
            memcpy(&info.ipi6_addr, from->bytes, 16);
            *header = (struct cmsghdr){CMSG_LEN(sizeof info), IPPROTO_IPV6, IPV6_PKTINFO};
            memcpy(CMSG_DATA(header), &info, sizeof info);
            message.msg_controllen = CMSG_SPACE(sizeof info);
        }
    }
    return answer(sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL));
}

int monitor_tell_addresses(int socket) {
    int one = 1;
    int four = setsockopt(socket, IPPROTO_IP, IP_PKTINFO, &one, sizeof one);
    int six = setsockopt(socket, IPPROTO_IPV6, IPV6_RECVPKTINFO, &one, sizeof one);
    return four < 0 && six < 0 ? -errno : 0;
}

long monitor_receive_now(int socket, void *bytes, size_t count) {
    return answer(recv(socket, bytes, count, MSG_DONTWAIT | MSG_TRUNC));
}

// Everything else

void monitor_widen_pipe(int end, int size) { fcntl(end, F_SETPIPE_SZ, size); }

long monitor_splice(int from, int to, size_t count) {
    return answer(splice(from, NULL, to, NULL, count, SPLICE_F_NONBLOCK | SPLICE_F_MOVE));
}

long monitor_random(void *bytes, size_t count) { return answer(getrandom(bytes, count, 0)); }

long monitor_entries(int directory, void *bytes, size_t count) {
    return answer(syscall(SYS_getdents64, directory, bytes, count));
}

int monitor_parse_address(int ipv4, const char *text, void *bytes) {
    return inet_pton(ipv4 ? AF_INET : AF_INET6, text, bytes) == 1;
}

int monitor_is_leased(int descriptor) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(descriptor, F_OFD_GETLK, &lock) < 0) return -errno;
    return lock.l_type != F_UNLCK;
}

void monitor_show_as(const char *name) {
    prctl(PR_SET_NAME, name, 0, 0, 0);
    // The name that the program was started with lies where /proc/PID/cmdline shows it from.
    char *shown = program_invocation_name;
    size_t room = strlen(shown);
    strncpy(shown, name, room);
}

int monitor_most_descriptors(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return -errno;
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) < 0) limit.rlim_cur = before;
    return limit.rlim_cur > INT32_MAX ? INT32_MAX : (int)limit.rlim_cur;
}
