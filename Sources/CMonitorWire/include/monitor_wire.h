// The wire between room Runtime, which writes plans and speaks to monitors, and spyhop-monitor, which carries
// them out. Both sides import this header; nothing about the layout is written down anywhere else.
//
// A plan is one file: a header, then `op_count` operations of fixed size, then a blob of bytes that strings,
// lists and binary data point into. All integers are in host order; a plan never leaves its machine.
#ifndef SPYHOP_MONITOR_WIRE_H
#define SPYHOP_MONITOR_WIRE_H

#include <stdint.h>

#define SPH_PLAN_MAGIC 0x50485053u   /* "SPHP" */
#define SPH_STATUS_MAGIC 0x53485053u /* "SPHS" */
#define SPH_WIRE_VERSION 1u

// Descriptors that the monitor is started with. 0 is the plan, read-only. A descriptor that is not wanted is closed.
enum sph_descriptor {
    SPH_FD_PLAN = 0,
    SPH_FD_REPORT = 3, // pipe: one sph_report is written when the container's program runs or has failed to
    SPH_FD_CLIENT = 4, // stream socket: a client from the start; its HELLO is already in the buffer
    // SPH_MODE_CREATE: the program's standard input, output and error, then whatever else it is handed as 3, 4, …;
    // there SPH_FD_REPORT is a stream socket. SPH_MODE_RUN: what the plan's networks name by their index, from 0.
    SPH_FD_PASSED = 5,
};

// A stretch of the blob. Strings and each string of a list end with a NUL that `length` does not count (string)
// or does count (every item of a list). offset 0, length 0: absent.
struct sph_span {
    uint32_t offset;
    uint32_t length;
};

enum sph_mode {
    SPH_MODE_RUN = 1,  // a container's first process; the monitor keeps lock, status, log and socket
    SPH_MODE_EXEC = 2, // a further process in a running container; neither status nor log nor restart
    // An OCI bundle's process, or with target_pid a further one. It is the caller's own child (CLONE_PARENT) and has the
    // descriptors of SPH_FD_PASSED; the monitor ends as soon as the process waits in SPH_OP_CREATED or runs its program.
    SPH_MODE_CREATE = 3,
};

enum sph_plan_flag {
    SPH_PLAN_TTY = 1 << 0,         // the child makes a pseudo-terminal (SPH_OP_TERMINAL) and sends its master
    SPH_PLAN_OPEN_STDIN = 1 << 1,  // standard input is a pipe that clients write to, else /dev/null
    SPH_PLAN_STDIN_ONCE = 1 << 2,  // the pipe closes when the first client with input leaves
    SPH_PLAN_AUTO_REMOVE = 1 << 3, // at the end the exit command runs, unless an owner is still connected
    SPH_PLAN_DENY_SETGROUPS = 1 << 4, // user namespace: `deny` to /proc/PID/setgroups before its gid_map
};

enum sph_restart {
    SPH_RESTART_NO = 0,
    SPH_RESTART_ON_FAILURE = 1,
    SPH_RESTART_ALWAYS = 2,
    SPH_RESTART_UNLESS_STOPPED = 3,
};

struct sph_plan_header {
    uint32_t magic;
    uint32_t version;
    uint32_t mode;  // sph_mode
    uint32_t flags; // sph_plan_flag
    uint32_t op_count;
    uint32_t blob_size;
    uint64_t clone_flags;         // CLONE_NEW*, for clone3; exec: namespaces to join by setns on the target's pidfd
    int32_t target_pid;           // exec: the container's first process on the host
    uint32_t restart;             // sph_restart
    uint32_t restart_retries;     // most restarts in a row, 0: no bound
    int32_t stop_signal;          // for SPH_FRAME_STOP frames that name none
    uint32_t stop_timeout_ms;     // likewise
    uint32_t log_max_files;       // current file included
    uint64_t log_max_size;        // bytes
    uint64_t target_start_ticks;  // exec: field 22 of /proc/PID/stat, so that a reused pid is never joined
    uint16_t terminal_rows;       // 0: unknown
    uint16_t terminal_columns;
    uint32_t passed;              // descriptors from SPH_FD_PASSED on; SPH_MODE_CREATE: at least 3
    struct sph_span id;           // string; full container identifier
    struct sph_span directory;    // string; the container's state directory: lock, status, log live here
    struct sph_span log_path;     // string
    struct sph_span socket_path;  // string; where the monitor listens, absolute; may be longer than sun_path allows
    struct sph_span events_path;  // string; file that JSON lines are appended to
    // string; ready JSON members for the "attributes" object: "name":"web","image":"busybox". The file `event-fields` in
    // `directory`, when there is one, has newer ones; it is taken away at the start.
    struct sph_span event_fields;
    struct sph_span cgroup_v2;    // string; directory of the v2 cgroup, for CLONE_INTO_CGROUP, freeze and kill
    struct sph_span cgroup_list;  // list; the container's own cgroup directories, removed at the very end with what is in them
    struct sph_span oom_path;     // string; memory.events (v2) or memory.oom_control (v1)
    struct sph_span freezer_path; // string; v1 freezer.state where cgroup v2 cannot freeze, else absent
    struct sph_span exit_command; // list; argv that is started at the very end for SPH_PLAN_AUTO_REMOVE
    // What follows is for SPH_MODE_CREATE alone.
    uint32_t front_count; // so many operations from the first on are the monitor's own, before it clones
    uint32_t reserved2;
    struct sph_span uid_map; // string; lines for /proc/PID/uid_map of the new user namespace
    struct sph_span gid_map;
    // list; instead of uid_map: argv of newuidmap(1), its second item to be replaced by the process's pid
    struct sph_span uid_map_helper;
    struct sph_span gid_map_helper;
    // Health checks, for SPH_MODE_RUN. bytes; a whole plan of SPH_MODE_EXEC whose target the monitor fills in. Absent: none.
    struct sph_span health_plan;
    uint64_t health_interval; // nanoseconds, as the next three
    uint64_t health_timeout;
    uint64_t health_start_period;   // failures within it do not count
    uint64_t health_start_interval; // instead of the interval within it, until the first success
    uint32_t health_retries;        // so many failures in a row make it unhealthy; at least 1
    uint32_t reserved3;
    struct sph_span health_late; // string; what the result of a probe says that took too long
    struct sph_span event_detail; // string; exec: stands in JSON behind the action exec_start, as the command does with docker
    // Networks, for SPH_MODE_RUN. All descriptors are indices from SPH_FD_PASSED on, -1: none; the monitor keeps every one
    // of them as long as it lives (leases are locked, the keeper of an ordinary user's network counts its connections).
    struct sph_span links;      // array of struct sph_link, one a network
    struct sph_span ports;      // array of struct sph_port
    // bytes; a batch of nf_tables messages, sent once by a socket in `network_home` that stays open: its table is owned
    // by it (NFT_TABLE_F_OWNER) and goes with it, however the monitor ends. It replaces its own table when sent anew.
    struct sph_span firewall;
    // bytes; a batch of nf_tables messages, sent in the container's network namespace at every start: what goes to
    // SPH_NAME_ADDRESS port 53 is led to SPH_NAME_PORT. Absent: nobody answers names. Where it fails the monitor
    // listens on port 53 itself.
    struct sph_span name_rules;
    struct sph_span resolvers;  // array of struct sph_address: who is asked for other names, the first one first
    int32_t network_home;       // descriptor of the network namespace that bridges lie in; -1: the monitor's own
    uint32_t network_flags;     // sph_network_flag
};

enum sph_network_flag {
    SPH_NETWORK_ISOLATED = 1 << 0, // all networks are internal: names of the world are not asked for
};

// The resolver of a container (docker's address); the port is beyond those that the kernel gives by itself.
#define SPH_NAME_ADDRESS 0x7f00000bu /* 127.0.0.11, host order */
#define SPH_NAME_PORT 61053u

// An address and a port of UDP or TCP.
struct sph_address {
    uint8_t bytes[16]; // network order; an IPv4 address in the first four
    uint16_t port;     // host order
    uint8_t family;    // AF_INET or AF_INET6
    uint8_t reserved;
    uint32_t scope;    // interface index of a link-local address, else 0
};

// One network of a container: a pair of virtual interfaces, its addresses and routes, as ready netlink messages. Each message
// asks for an acknowledgement (NLM_F_ACK); the first that fails ends the start.
struct sph_link {
    struct sph_span network;  // string; the network's identifier
    // bytes; NETLINK_ROUTE messages for `network_home`. The 32-bit value at each offset in `patches` becomes the number of the
    // descriptor of the container's network namespace (IFLA_NET_NS_FD).
    // The last message is sent once more after `inner`: it asks for the pair's end here, which so learns at once that the
    // other end is up. Until it does, in the kernel's own time, it loses whatever it is to carry.
    struct sph_span outer;
    struct sph_span patches;  // array of uint32_t: offsets into `outer`
    struct sph_span inner;    // bytes; NETLINK_ROUTE messages sent in the container's network namespace
    struct sph_span removal;  // bytes; NETLINK_ROUTE messages for `network_home` that take the pair away; failures are passed over
    // string; file that says which addresses and names the container has here (docs/ARCHITECTURE.md, leases); locked by
    // an open-file-description lock through `lease` as long as it is true, unlinked at the end.
    struct sph_span lease_path;
    struct sph_span names;    // string; directory of the network's leases, for answering names. Absent: names are not shared here.
    int32_t lease;            // descriptor index; in an SPH_FRAME_ATTACH it comes along by SCM_RIGHTS and this is 0
    uint32_t reserved;
};

// A published port. The listener is bound by the engine, so that a taken port is told at once; what arrives there has not
// been led to the container by the firewall (loopback, or everything for an ordinary user) and is passed on by a process
// that the monitor forks at the first connection.
struct sph_port {
    int32_t listener;         // descriptor index; TCP: listening, UDP: bound
    uint32_t protocol;        // IPPROTO_TCP or IPPROTO_UDP
    struct sph_address target; // in the container; family 0: nowhere at present
};

// Payload of SPH_FRAME_ATTACH: this, then the bytes that the spans point into (offsets from the payload's beginning).
// `link.network` names a network that the monitor knows already: that one is replaced in place.
struct sph_attach {
    struct sph_link link;
    struct sph_span firewall; // replaces the plan's; absent: nothing changes
    struct sph_span targets;  // array of struct sph_address, one for each of the plan's ports; absent: nothing changes
    struct sph_span name_rules; // when the plan had none: names are answered from now on
    struct sph_span resolvers;  // array of struct sph_address; absent: nothing changes
    uint32_t network_flags;
    uint32_t reserved;
};

// Payload of SPH_FRAME_DETACH, likewise.
struct sph_detach {
    struct sph_span network;  // string
    struct sph_span firewall;
    struct sph_span targets;
    uint32_t network_flags;
    uint32_t reserved;
};

// What the child does, one after another. `target` paths of mounts are resolved inside `root` (set by
// SPH_OP_ROOT) with openat2(RESOLVE_IN_ROOT); missing targets are made, a directory or an empty file like the source.
enum sph_op_kind {
    // s1 path on the host, s2 bytes; opened O_WRONLY, written at once. Also how a cgroup is joined ("0" to tasks).
    SPH_OP_WRITE_FILE = 1,
    // n1 CLONE_NEW* flags
    SPH_OP_UNSHARE = 2,
    // s1 name
    SPH_OP_HOSTNAME = 3,
    SPH_OP_DOMAINNAME = 4,
    // brings interface lo up
    SPH_OP_LOOPBACK_UP = 5,
    // n1 MS_* propagation flags set on "/" (MS_REC | MS_SLAVE and so on)
    SPH_OP_PROPAGATION = 6,
    // s1 directory to chdir to, s2 mount options whose paths may be relative to s1, s3 absolute mount point, n1 MS_* flags
    SPH_OP_OVERLAY = 7,
    // s1 absolute path: the container's root from now on; made a mount point by binding onto itself when n1 is 1
    SPH_OP_ROOT = 8,
    // s1 source, s2 target, s3 file system type, s4 data; n1 MS_* flags, n2 MS_* propagation,
    // n3 1: what lies at the target is copied into it (tmpcopyup)
    SPH_OP_MOUNT = 9,
    // s1 source on the host, s2 target, s3 absent or a path within the source, resolved with it as root (openat2
    // RESOLVE_IN_ROOT); n1 MS_* flags (MS_REC, MS_RDONLY, MS_NOSUID …), n2 MS_* propagation,
    // n3 1: make a missing source directory; n4 MOUNT_ATTR_* to set and, << 32, to clear on it and all below
    SPH_OP_BIND = 10,
    // s1 path; n1 mode with S_IFMT, n2 device number, n3 uid << 32 | gid; n4 1: one that is there may stay; where no device may be made, as in a user
    // namespace, the host's file s2 is bound instead
    SPH_OP_DEVICE = 11,
    // s1 what the link says, s2 its path
    SPH_OP_SYMLINK = 12,
    // opens the container's /dev/ptmx, sends the master to the monitor, binds the slave on /dev/console,
    // makes it the controlling terminal and descriptors 0 to 2
    SPH_OP_TERMINAL = 13,
    // s1 path; a file gets /dev/null on it, a directory an empty read-only tmpfs; a missing path is passed over
    SPH_OP_MASK = 14,
    // s1 path; bound on itself read-only; a missing path is passed over
    SPH_OP_READONLY = 15,
    // makes `root` the root. n1 sph_root_change
    SPH_OP_PIVOT_ROOT = 16,
    // remounts "/" read-only
    SPH_OP_ROOT_READONLY = 17,
    // s1 path; made with its parents (0755, owner n1 << 32 …: uid n2, gid n3) when n1 is 1 and it is missing
    SPH_OP_CHDIR = 18,
    // n1 resource, n2 soft, n3 hard; n4 1: a refusal (EPERM) is passed over, as a host without CAP_SYS_RESOURCE needs;
    // n4 2: nothing is done here, the monitor sets it at SPH_SYNC_RLIMITS
    SPH_OP_RLIMIT = 19,
    // n1 umask
    SPH_OP_UMASK = 20,
    // n1 uid, n2 gid, s1 additional groups as uint32_t each, n3 1: which this user namespace lets nobody set.
    // Keeps capabilities until SPH_OP_CAPABILITIES.
    SPH_OP_IDENTITY = 21,
    // n1 bounding, n2 permitted and effective, n3 inheritable, n4 ambient: bit masks by capability number
    SPH_OP_CAPABILITIES = 22,
    SPH_OP_NO_NEW_PRIVILEGES = 23,
    // s1 struct sock_filter array, n1 flags for seccomp(2); with SECCOMP_FILTER_FLAG_NEW_LISTENER the listener goes to
    // the launcher (SPH_STAGE_LISTENER)
    SPH_OP_SECCOMP = 24,
    // forks; pid 1 stays behind, passes signals on, reaps, and ends as the command does; the rest runs in its child
    SPH_OP_INIT = 25,
    // s1 path on the host, s2 bytes: as WRITE_FILE, but a failure is passed over (OOM score and the like)
    SPH_OP_TRY_WRITE_FILE = 26,
    // s1 argv list, s2 environment list; argv[0] without a slash is looked for in the environment's PATH. Never returns.
    SPH_OP_EXEC = 27,

    // The monitor's own, in front of all others (front_count).
    // s1 path of a namespace, n1 its CLONE_NEW* flag. One that is refused is tried again after a user namespace is joined.
    SPH_OP_JOIN = 28,
    // A detached copy of s1, n1 MS_REC or 0, for the SPH_OP_PLACE that names it; idmapped by the user namespace at path s4,
    // or by the maps s2 (uid) and s3 (gid), on itself or, n2 1, on all below. The copies are counted from 0.
    SPH_OP_TREE = 29,

    // As SPH_OP_BIND, of the copy n3 of SPH_OP_TREE: s2 target, n1, n2 and n4 as there
    SPH_OP_PLACE = 30,
    // n1 sph_sync; waits for the answer
    SPH_OP_SYNC = 31,
    // s1 program, s2 argv list, s3 environment list, s4 list of two: the state's JSON before and after the pid; n1 milliseconds
    // or 0, n2 1: the pid is the one in the container's pid namespace
    SPH_OP_HOOK = 32,
    // In front, the monitor's own: s1 path of a fifo for SPH_OP_CREATED; s2 path of a file, made when missing, that gets an
    // sph_report if the program does not run although the start has come
    SPH_OP_GATE = 33,
    // tells the monitor that all is made, and waits until a byte comes through the gate. The gate's reading end closes as
    // the program runs, or as the process ends.
    SPH_OP_CREATED = 34,
    // as SPH_OP_EXEC, but only looks whether there is such a program
    SPH_OP_LOOK_UP = 35,
    // n1 personality(2)
    SPH_OP_PERSONALITY = 36,
    // s1 struct sched_attr (sched_setattr(2))
    SPH_OP_SCHEDULER = 37,
    // n1 value for ioprio_set(2)
    SPH_OP_IO_PRIORITY = 38,
    // s1 CPU mask (sched_setaffinity(2))
    SPH_OP_AFFINITY = 39,
    // user and group 0 of the user namespace just entered; n1 1: supplementary groups are dropped
    SPH_OP_NAMESPACE_ROOT = 40,
    // s1 name of a new session keyring
    SPH_OP_KEYRING = 41,
    // s1 path; the mount it lies on gets the propagation n1
    SPH_OP_PARENT_PROPAGATION = 42,
    // n1 propagation of "/"
    SPH_OP_ROOT_PROPAGATION = 43,
    // n1 CLONE_NEWTIME, s1 lines for /proc/self/timens_offsets; in force from exec on (Linux 6.0)
    SPH_OP_TIME_NAMESPACE = 44,
    // n1 mask: the effective set, where it is less than the permitted one
    SPH_OP_EFFECTIVE = 45,
    // s1 path of a mount; n1 MOUNT_ATTR_* to set on it
    SPH_OP_ATTRIBUTES = 46,
    // n1 index of a passed descriptor of a namespace, n2 its CLONE_NEW* flag: joined by the child (SPH_MODE_RUN)
    SPH_OP_JOIN_DESCRIPTOR = 47,

    // Mounts whose source is no path of the host (SPH_MODE_RUN). What is made lies on the empty directory s3 for a moment,
    // before SPH_OP_ROOT, and is then the next copy for SPH_OP_PLACE, counted from 0.
    // s1 directory to chdir to, s2 overlay options whose paths may be relative to s1, s4 absent or a path within, resolved with
    // the joined file system as root; n1 MS_* flags
    SPH_OP_LAYERS = 48,
    // memory that holds one file: s2 its bytes; n1 its mode, n2 uid << 32 | gid
    SPH_OP_SECRET = 49,
};

enum sph_root_change {
    SPH_ROOT_PIVOT = 0,  // pivot_root, the old root detached
    SPH_ROOT_MOVE = 1,   // mounted over "/" and chroot, for a root that cannot be pivoted from (initramfs)
    SPH_ROOT_CHROOT = 2, // chroot alone, in a mount namespace that is not the container's
};

// What the child asks of the monitor, as an sph_request on the hand-shake's socket; one byte answers.
enum sph_sync {
    SPH_SYNC_HOOKS = 1,    // the launcher's hooks: SPH_STAGE_HOOKS
    SPH_SYNC_RLIMITS = 2,  // all SPH_OP_RLIMIT with n4 2: set from outside the user namespace
    SPH_SYNC_LISTENER = 3, // `value` is the child's descriptor number of a seccomp listener
    SPH_SYNC_CREATED = 4,  // no answer
};

struct sph_request {
    uint32_t kind; // sph_sync
    int32_t value;
};

struct sph_op {
    uint32_t kind; // sph_op_kind
    uint32_t reserved;
    uint64_t n1, n2, n3, n4;
    struct sph_span s1, s2, s3, s4;
};

// Written once to SPH_FD_REPORT; the pipe then closes. Also the child's own report to its monitor.
struct sph_report {
    uint32_t op_index; // the operation that failed, or SPH_STAGE_*
    int32_t error;     // errno, 0: the program runs
    int32_t pid;       // the container's first process on the host
    uint32_t op_kind;  // behind a gate, where nobody has the plan any more: sph_op_kind of the operation
    int64_t started_at; // nanoseconds since the epoch
};

// What failed outside any operation.
enum sph_stage {
    SPH_STAGE_PLAN = 0x80000001,   // the plan is malformed
    SPH_STAGE_LOCK = 0x80000002,   // another monitor holds the container
    SPH_STAGE_LOG = 0x80000003,
    SPH_STAGE_SOCKET = 0x80000004,
    SPH_STAGE_CLONE = 0x80000005,
    SPH_STAGE_STATUS = 0x80000006,
    SPH_STAGE_TARGET = 0x80000007, // exec: the container's process is gone
    SPH_STAGE_MAPPING = 0x80000008, // the user namespace's maps
    SPH_STAGE_LINK = 0x80000009,    // a network's interfaces, addresses or routes; op_kind is the link's index
    SPH_STAGE_FIREWALL = 0x8000000a, // the rules of published ports
    SPH_STAGE_NAMES = 0x8000000b,   // the resolver's sockets
    // No failures: SPH_MODE_CREATE, before the last report. `pid` is the process on the host; a descriptor may come along.
    // One byte answers, 0: go on; the end of the socket instead gives the container up.
    SPH_STAGE_HOOKS = 0x80000010,    // namespaces and mounts are made, the root is not yet changed
    SPH_STAGE_TERMINAL = 0x80000011, // with the pseudo-terminal's master
    SPH_STAGE_LISTENER = 0x80000012, // with a seccomp listener
};

enum sph_phase {
    SPH_PHASE_STARTING = 1,
    SPH_PHASE_RUNNING = 2,
    SPH_PHASE_PAUSED = 3,
    SPH_PHASE_RESTARTING = 4,
    SPH_PHASE_EXITED = 5,
    SPH_PHASE_FAILED = 6, // never ran: error_op and error tell why
};

enum sph_status_flag {
    SPH_STATUS_OOM_KILLED = 1 << 0,
    SPH_STATUS_STOPPED = 1 << 1, // by a person: unless-stopped does not start it again
};

// The file `status` in the container's directory: replaced by rename, written by its monitor alone. It is true only
// while the monitor holds a POSIX record lock (F_SETLK, F_WRLCK, whole file) on the file `lock` beside it, or when
// the phase is EXITED or FAILED; any other phase without the lock means that the monitor was killed.
struct sph_status {
    uint32_t magic;
    uint32_t version;
    uint32_t phase;  // sph_phase
    uint32_t flags;  // sph_status_flag
    int32_t pid;
    int32_t monitor_pid;
    int32_t exit_code;   // 0 to 255; 128+n for signal n
    int32_t exit_signal; // 0: none
    uint32_t restart_count;
    uint32_t error_op;
    int32_t error;
    uint32_t health; // sph_health_state
    int64_t started_at;
    int64_t finished_at;
    uint64_t pid_start_ticks; // field 22 of /proc/PID/stat
};

enum sph_health_state {
    SPH_HEALTH_NONE = 0, // nothing is checked
    SPH_HEALTH_STARTING = 1,
    SPH_HEALTH_HEALTHY = 2,
    SPH_HEALTH_UNHEALTHY = 3,
};

#define SPH_HEALTH_MAGIC 0x48485053u /* "SPHH" */
#define SPH_HEALTH_RESULTS 5u
#define SPH_HEALTH_OUTPUT 4096u

// One probe's end.
struct sph_health_result {
    int64_t started_at; // nanoseconds since the epoch
    int64_t finished_at;
    int32_t exit_code; // -1: it could not be run, or took too long; the output says which
    uint32_t length;   // of the output: SPH_HEALTH_OUTPUT bytes of both streams as they came, and words around them
};

// The file `health` in the container's directory, for containers with health checks: replaced by rename after every
// probe, written by the monitor alone. `count` results follow, the oldest first, each with its output right behind it.
struct sph_health {
    uint32_t magic;
    uint32_t version;
    uint32_t state; // sph_health_state
    uint32_t failing_streak;
    uint32_t count; // SPH_HEALTH_RESULTS at most
    uint32_t reserved;
};

// Frames on the monitor's stream socket, both ways: this header, then `length` bytes (SPH_FRAME_MAX at most).
#define SPH_FRAME_MAX 65536u

enum sph_frame_kind {
    // client to monitor
    SPH_FRAME_HELLO = 1,        // uint32_t sph_hello_flag; must be the first frame; answered by SPH_FRAME_ACK
    SPH_FRAME_STDIN = 2,        // bytes
    SPH_FRAME_STDIN_EOF = 3,
    SPH_FRAME_RESIZE = 4,       // uint16_t rows, uint16_t columns
    SPH_FRAME_SIGNAL = 5,       // int32_t signal; ACK
    SPH_FRAME_STOP = 6,         // int32_t signal (0: the plan's), int32_t timeout in ms (-1: the plan's); ACK once ended
    SPH_FRAME_PAUSE = 7,        // ACK once frozen
    SPH_FRAME_RESUME = 8,       // ACK once thawed
    SPH_FRAME_RESTART_RULE = 9, // uint32_t sph_restart, uint32_t retries; ACK
    SPH_FRAME_WAIT = 10,        // nothing; SPH_FRAME_EXITED follows when the process ends (also before a restart)
    SPH_FRAME_ATTACH = 11,      // struct sph_attach, with one descriptor (SCM_RIGHTS) on its first byte; ACK. Kept over restarts.
    SPH_FRAME_DETACH = 12,      // struct sph_detach; ACK
    SPH_FRAME_PROBE = 13,       // the health check is run now instead of when it is due; ACK once it is under way
    // monitor to client
    SPH_FRAME_STDOUT = 16,
    SPH_FRAME_STDERR = 17,
    SPH_FRAME_EXITED = 18,   // int32_t exit code, int32_t signal, uint32_t sph_status_flag; all output came before it
    SPH_FRAME_ACK = 19,      // int32_t errno, 0: done
    SPH_FRAME_DETACHED = 20, // the client was too slow and is let go
};

enum sph_hello_flag {
    SPH_HELLO_OUTPUT = 1 << 0, // wants STDOUT and STDERR frames
    SPH_HELLO_INPUT = 1 << 1,  // may send STDIN
    // The terminal or pipe that the output is for: when it is slow the container waits for it (others are let go),
    // and it removes an AUTO_REMOVE container itself: the exit command runs only when it left before EXITED.
    SPH_HELLO_OWNER = 1 << 2,
    // The container lives no longer than this client: it is killed at once when the connection ends. It is told EXITED only
    // when the container's root is unmounted, so that what lies beneath can be used by itself.
    SPH_HELLO_LEASH = 1 << 3,
};

struct sph_frame {
    uint32_t kind;   // sph_frame_kind
    uint32_t length; // of the payload
};

_Static_assert(sizeof(struct sph_plan_header) == 320, "plan header layout");
_Static_assert(sizeof(struct sph_address) == 24, "address layout");
_Static_assert(sizeof(struct sph_link) == 64, "link layout");
_Static_assert(sizeof(struct sph_port) == 32, "port layout");
_Static_assert(sizeof(struct sph_attach) == 104, "attach layout");
_Static_assert(sizeof(struct sph_detach) == 32, "detach layout");
_Static_assert(sizeof(struct sph_op) == 72, "operation layout");
_Static_assert(sizeof(struct sph_request) == 8, "request layout");
_Static_assert(sizeof(struct sph_report) == 24, "report layout");
_Static_assert(sizeof(struct sph_status) == 72, "status layout");
_Static_assert(sizeof(struct sph_health_result) == 24, "health result layout");
_Static_assert(sizeof(struct sph_health) == 24, "health layout");
_Static_assert(sizeof(struct sph_frame) == 8, "frame layout");

#endif
