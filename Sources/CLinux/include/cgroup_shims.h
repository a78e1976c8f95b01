// Device control on cgroup v2: a BPF program of type BPF_PROG_TYPE_CGROUP_DEVICE (bpf(2)).
#ifndef SPYHOP_CGROUP_SHIMS_H
#define SPYHOP_CGROUP_SHIMS_H

#include <stdint.h>

// Kinds of device nodes; 0 stands for every kind.
enum sph_device_kind {
    SPH_DEVICE_ANY = 0,
    SPH_DEVICE_BLOCK = 1,
    SPH_DEVICE_CHARACTER = 2,
};

// Rights, as bits.
enum sph_device_access {
    SPH_DEVICE_MKNOD = 1,
    SPH_DEVICE_READ = 2,
    SPH_DEVICE_WRITE = 4,
};

// One thing allowed or denied. A number of -1 stands for every number.
struct sph_device_rule {
    uint32_t kind;   // sph_device_kind
    uint32_t access; // sph_device_access bits
    int64_t major;
    int64_t minor;
    uint32_t allow; // 1, or 0 to deny
    uint32_t unused;
};

// Decides by `rules` what the processes in the cgroup whose directory is open as `cgroup` may do with devices: of every right
// asked for, the last rule that fits counts, and what none fits is denied. A program that an earlier call left is replaced in
// one step; with `open` there is none any more. The program lives as long as the cgroup. Returns 0, or the errno of what the
// kernel refused.
int sph_cgroup_set_devices(int cgroup, const struct sph_device_rule *rules, int count, int open);

#endif
