// What the room Networking asks of the kernel beyond what Swift can spell. Every function answers like a system call: -1 and
// errno on failure.
#ifndef SPYHOP_NETWORK_SHIMS_H
#define SPYHOP_NETWORK_SHIMS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    SPH_NETLINK_ROUTE = 0,
    SPH_NETLINK_NETFILTER = 12,
};

// A bound netlink socket of `protocol` in the calling thread's network namespace, close-on-exec, with extended
// acknowledgements that do not repeat the request (NETLINK_EXT_ACK, NETLINK_CAP_ACK), and a time limit on answers.
int sph_netlink_socket(int protocol);

// send(2) of a whole batch to the kernel.
ssize_t sph_netlink_send(int socket, const void *bytes, size_t length);

// One datagram; answers its whole length even when it was longer than `capacity` (MSG_TRUNC).
ssize_t sph_netlink_receive(int socket, void *bytes, size_t capacity);

// setns(2) of the calling thread to a network namespace.
int sph_join_network(int network_namespace);
// unshare(2) of the calling thread into a new network namespace.
int sph_new_network(void);

// Open-file-description locks (fcntl F_OFD_SETLK, F_OFD_GETLK), for writing, on a whole file. They belong to the open
// file: whoever has a copy of the descriptor keeps the lock. 1: taken, 0: somebody else has it.
int sph_ofd_lock(int fd);
// Whether another open file holds a lock: 1 or 0.
int sph_ofd_is_locked(int fd);

// What ioctls tell of an interface without waiting for whoever changes links, as netlink's answers do (netdevice(7)).
struct sph_interface {
    uint64_t mac; // the 48 bits, the first byte highest
    int32_t index;
    uint32_t mtu;
    uint32_t flags; // IFF_*
};

// Of the calling thread's network namespace; -1 with ENODEV: there is none of the name.
int sph_interface_facts(const char *name, struct sph_interface *facts);
// Whether an address, 4 or 16 bytes, is the namespace's own: 1 or 0. -1 with errno for other failures.
int sph_is_own_address(const uint8_t *address, int is_v6);

// Where a socket listens. `address` has 4 or 16 bytes in network order, `scope` is an interface's index or 0.
struct sph_listen {
    uint8_t address[16];
    uint32_t scope;
    uint16_t port;
    uint8_t is_v6;  // bound V6ONLY
    uint8_t is_udp; // else TCP, listening
};

// A bound socket, close-on-exec.
int sph_listen_on(const struct sph_listen *where, int backlog);

// getsockname(2)'s port, host order.
int sph_socket_port(int fd);

#endif
