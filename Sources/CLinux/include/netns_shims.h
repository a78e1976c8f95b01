// What room Rootless and the keeper of an ordinary user's network namespace (spyhop-netns, which is spyhop-monitor under
// another name) have agreed on, and the calls that the keeper alone makes.
#ifndef SPYHOP_NETNS_SHIMS_H
#define SPYHOP_NETNS_SHIMS_H

#include <stddef.h>
#include <stdint.h>

// What it is called, as argv[0] and in /proc/PID/comm. argv[1] is the run-time directory; then come the programs that lead
// to the world, the first choice first. Each is a decimal sph_netns_world, a path, its arguments, and an empty string.
#define SPH_NETNS_NAME "spyhop-netns"
// The argument that stands for the namespace's path.
#define SPH_NETNS_PLACE "@"
// The interface that leads to the world; when it has an address, it does.
#define SPH_NETNS_INTERFACE "tap0"

// Files in the run-time directory. The record: keeper's pid, its start ticks, the inode numbers of the namespace and of the
// pipe, in decimal, with spaces between.
#define SPH_NETNS_SOCKET "netns.sock"
#define SPH_NETNS_RECORD "netns"
#define SPH_NETNS_LOCK "netns.lock"

// Descriptors it is started with. The last two only when a keeper was killed and containers still have its namespace.
#define SPH_NETNS_LISTENER 3
#define SPH_NETNS_NAMESPACE 4
#define SPH_NETNS_HOLD 5

// What leads to the world.
enum sph_netns_world {
    SPH_NETNS_ALONE = 0, // nothing
    SPH_NETNS_PASTA = 1,
    SPH_NETNS_SLIRP = 2,
};

// The answer to every connection, with the namespace by SCM_RIGHTS; one more byte follows with the writing end of a pipe,
// which is what keeps the namespace. With an error there are neither.
struct sph_netns_greeting {
    int32_t error;      // errno: no namespace could be made
    uint32_t world;     // sph_netns_world
    int32_t code;       // how the last program that was tried ended; -1 when none was
    uint32_t tried;     // sph_netns_world of it
    char words[240];    // what it said, ends with NUL
};

// Whether this program was started as the keeper.
int sph_is_netns(void);

// argv, from /proc/self/cmdline as the kernel keeps it: strings that end with NUL, in memory that is never freed.
char **sph_netns_arguments(void);

// Takes the name, forks and lets the child go on, while the parent ends: nobody has to wait for the keeper.
void sph_netns_settle(void);

// Makes a network namespace as descriptor SPH_NETNS_NAMESPACE: lo is up, packets are forwarded, IPv6 addresses are good
// at once. This process stays where it is. 0 or a negative errno, as all that follow.
int sph_netns_make(void);
// Whether the descriptor is a network namespace and not what stands in for one.
int sph_netns_is_space(int descriptor);
// A process without any right that stands in the namespace and shows it at /proc/PID/ns/net to programs that have
// given up theirs. It ends with exit code 0 once the interface has an address that leads anywhere, or with this
// process. Answers its pid.
int sph_netns_anchor(int space, const char *interface);
// Starts a program in this process's network namespace. It ends with this process. Its complaints go to `words`.
// Answers its pid.
int sph_netns_program(char *const *arguments, int words);
// pipe2(2), both ends without waiting.
int sph_netns_pipe(int ends[2]);

// A further end of the pipe behind the descriptor, for writing.
int sph_netns_holder(int pipe);
// Whether the socket's other side is this user.
int sph_netns_peer(int socket);
// send(2) of bytes with a descriptor.
long sph_netns_send(int socket, const void *bytes, size_t count, int descriptor);
// The inode number behind a descriptor; 0 on failure.
uint64_t sph_netns_inode(int descriptor);
uint64_t sph_netns_inode_at(const char *path);
// flock(2) without waiting: the descriptor, or a negative errno.
int sph_netns_lock(const char *path);
// poll(2) for input.
struct sph_netns_wait {
    int descriptor; // -1: passed over
    int ready;      // 1: input, 2: the other side has gone
};
int sph_netns_poll(struct sph_netns_wait *waits, int count, int timeout);

#endif
