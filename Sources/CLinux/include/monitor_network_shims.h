// System calls for room Monitor that only networks need; the rules are those of monitor_shims.h.
#ifndef SPYHOP_MONITOR_NETWORK_SHIMS_H
#define SPYHOP_MONITOR_NETWORK_SHIMS_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

static const uint32_t MONITOR_EDGE = 1u << 31; // EPOLLET
static const uint32_t MONITOR_READ_HANGUP = 0x2000; // EPOLLRDHUP
static const uint32_t MONITOR_BROKEN = 0x008;  // EPOLLERR
static const uint64_t MONITOR_NEW_NETWORK = 0x40000000; // CLONE_NEWNET

// Kinds of sockets, for monitor_sockets_in.
enum monitor_socket_kind {
    MONITOR_ROUTE_SOCKET,     // NETLINK_ROUTE
    MONITOR_FILTER_SOCKET,    // NETLINK_NETFILTER
    MONITOR_DATAGRAM_SOCKET,  // UDP over IPv4, not blocking
    MONITOR_STREAM_SOCKET,    // TCP over IPv4, not blocking
};

struct monitor_socket {
    uint32_t kind;
    int32_t number; // the descriptor, or -errno
};

// An address and a port of UDP or TCP.
struct monitor_endpoint {
    uint8_t bytes[16]; // network order; an IPv4 address in the first four
    uint16_t port;
    uint16_t family;
    uint32_t scope; // interface index of a link-local address, else 0
};

// Makes sockets in a network namespace; -1: the caller's own. The caller is back where it was afterwards, also where it has no
// rights over its own namespace, as an ordinary user's monitor.
int monitor_sockets_in(int network, struct monitor_socket *sockets, int count);
int monitor_bind_ipv4(int socket, uint32_t address, uint16_t port);
int monitor_listen_stream(int socket, int backlog);
// A socket for datagrams or streams that does not block, in the caller's namespace.
int monitor_socket(int family, int type);
// 0, or -EINPROGRESS.
int monitor_connect(int socket, const struct monitor_endpoint *to);
int monitor_socket_error(int socket);
// 1 once a connection that was begun stands.
int monitor_is_connected(int socket);
int monitor_shutdown_writing(int socket);
// Closing it will break the connection off instead of ending it.
int monitor_abort_on_close(int socket);
// A connection that is being made or that is silent does not last for good: so many milliseconds for an unanswered byte
// (0: as the kernel has it), and probes when nothing is said.
int monitor_watch_peer(int socket, int unanswered);
// Answers go out as they come, in small pieces too.
int monitor_no_delay(int socket);

// As monitor_receive, of a datagram that may be longer than `count`; who sent it, and the address it was sent to where
// monitor_tell_addresses was called. Never blocks.
long monitor_receive_from(
    int socket, void *bytes, size_t count, struct monitor_endpoint *from, struct monitor_endpoint *asked);
// Sends a datagram; `from` may be NULL. Never blocks.
long monitor_send_to(
    int socket, const void *bytes, size_t count, const struct monitor_endpoint *to,
    const struct monitor_endpoint *from);
int monitor_tell_addresses(int socket);
// recv(2) with MSG_DONTWAIT and MSG_TRUNC: the message's own length.
long monitor_receive_now(int socket, void *bytes, size_t count);

// Asks for a pipe that takes so many bytes; it stays as it is where the user has too many such already.
void monitor_widen_pipe(int end, int size);
// Moves bytes between a pipe and a socket without waiting.
long monitor_splice(int from, int to, size_t count);
long monitor_random(void *bytes, size_t count);
// The next entries of a directory as getdents64(2) lays them out.
long monitor_entries(int directory, void *bytes, size_t count);
// Reads an address in text, IPv4 or IPv6, into 16 bytes of network order: 1, or 0 when it is none.
int monitor_parse_address(int ipv4, const char *text, void *bytes);
// 1 when somebody holds an open-file-description lock on the file, through another opening of it.
int monitor_is_leased(int descriptor);
// Shows another name in ps and top. `name` is cut to what the program was started with.
void monitor_show_as(const char *name);
// As many descriptors as the hard limit allows; answers how many.
int monitor_most_descriptors(void);

#endif
