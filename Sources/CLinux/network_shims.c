#define _GNU_SOURCE
#include "network_shims.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int close_failed(int fd) {
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

int sph_netlink_socket(int protocol) {
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    if (fd < 0) return -1;
    int on = 1;
    // Old kernels know neither; answers are then poorer, not wrong.
    setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
    setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
    // The kernel answers within the call that asks; the limit is for answers that were lost.
    struct timeval limit = {.tv_sec = 10};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    struct sockaddr_nl address = {.nl_family = AF_NETLINK};
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) return close_failed(fd);
    return fd;
}

ssize_t sph_netlink_send(int socket, const void *bytes, size_t length) {
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    return sendto(socket, bytes, length, 0, (struct sockaddr *)&kernel, sizeof kernel);
}

ssize_t sph_netlink_receive(int socket, void *bytes, size_t capacity) {
    for (;;) {
        struct sockaddr_nl sender;
        socklen_t size = sizeof sender;
        ssize_t count = recvfrom(socket, bytes, capacity, MSG_TRUNC, (struct sockaddr *)&sender, &size);
        // Any process may write to the socket; only the kernel has the port 0.
        if (count < 0 || sender.nl_pid == 0) return count;
    }
}

int sph_join_network(int network_namespace) { return setns(network_namespace, CLONE_NEWNET); }

int sph_new_network(void) { return unshare(CLONE_NEWNET); }

int sph_ofd_lock(int fd) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_OFD_SETLK, &lock) == 0) return 1;
    return errno == EAGAIN || errno == EACCES ? 0 : -1;
}

int sph_ofd_is_locked(int fd) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_OFD_GETLK, &lock) != 0) return -1;
    return lock.l_type != F_UNLCK;
}

int sph_interface_facts(const char *name, struct sph_interface *facts) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    struct ifreq request = {0};
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    if (ioctl(fd, SIOCGIFINDEX, &request) != 0) return close_failed(fd);
    facts->index = request.ifr_ifindex;
    if (ioctl(fd, SIOCGIFFLAGS, &request) != 0) return close_failed(fd);
    facts->flags = (uint16_t)request.ifr_flags;
    if (ioctl(fd, SIOCGIFMTU, &request) != 0) return close_failed(fd);
    facts->mtu = (uint32_t)request.ifr_mtu;
    if (ioctl(fd, SIOCGIFHWADDR, &request) != 0) return close_failed(fd);
    facts->mac = 0;
    for (int i = 0; i < 6; i++) facts->mac = facts->mac << 8 | (uint8_t)request.ifr_hwaddr.sa_data[i];
    close(fd);
    return 0;
}

static int bind_to(int fd, const uint8_t *bytes, int is_v6, uint16_t port, uint32_t scope) {
    if (is_v6) {
        struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_scope_id = scope};
        memcpy(&address.sin6_addr, bytes, 16);
        return bind(fd, (struct sockaddr *)&address, sizeof address);
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    memcpy(&address.sin_addr, bytes, 4);
    return bind(fd, (struct sockaddr *)&address, sizeof address);
}

int sph_is_own_address(const uint8_t *address, int is_v6) {
    int fd = socket(is_v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    int bound = bind_to(fd, address, is_v6, 0, 0);
    int error = errno;
    close(fd);
    errno = error;
    return bound == 0 ? 1 : error == EADDRNOTAVAIL ? 0 : -1;
}

int sph_listen_on(const struct sph_listen *where, int backlog) {
    int family = where->is_v6 ? AF_INET6 : AF_INET;
    int fd = socket(family, (where->is_udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    int on = 1;
    // Connections of an earlier container that linger in TIME_WAIT do not keep the port. For UDP it would let two share it.
    if (!where->is_udp && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0) return close_failed(fd);
    if (where->is_v6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0) return close_failed(fd);
    if (bind_to(fd, where->address, where->is_v6, where->port, where->scope) != 0) return close_failed(fd);
    if (!where->is_udp && listen(fd, backlog) != 0) return close_failed(fd);
    return fd;
}

int sph_socket_port(int fd) {
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &size) != 0) return -1;
    if (address.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
    return ntohs(((struct sockaddr_in *)&address)->sin_port);
}
