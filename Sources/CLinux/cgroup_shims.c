#define _GNU_SOURCE
#include "cgroup_shims.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// Registers: 2 kind, 3 access asked for, 4 major, 5 minor, 1 scratch.
enum { INSTRUCTIONS_BEFORE = 6, INSTRUCTIONS_PER_RULE = 8, INSTRUCTIONS_AFTER = 2 };

static struct bpf_insn instruction(uint8_t code, uint8_t to, uint8_t from, int16_t offset, int32_t value) {
    return (struct bpf_insn){.code = code, .dst_reg = to, .src_reg = from, .off = offset, .imm = value};
}

// Reads the context (struct bpf_cgroup_dev_ctx): access_type holds the kind below and the rights above bit 16.
static int read_context(struct bpf_insn *at) {
    const uint8_t load = BPF_LDX | BPF_MEM | BPF_W;
    int n = 0;
    at[n++] = instruction(load, 2, 1, offsetof(struct bpf_cgroup_dev_ctx, access_type), 0);
    at[n++] = instruction(BPF_ALU | BPF_MOV | BPF_X, 3, 2, 0, 0);
    at[n++] = instruction(BPF_ALU | BPF_AND | BPF_K, 2, 0, 0, 0xffff);
    at[n++] = instruction(BPF_ALU | BPF_RSH | BPF_K, 3, 0, 0, 16);
    at[n++] = instruction(load, 4, 1, offsetof(struct bpf_cgroup_dev_ctx, major), 0);
    at[n++] = instruction(load, 5, 1, offsetof(struct bpf_cgroup_dev_ctx, minor), 0);
    return n;
}

// Falls to the next rule unless kind, numbers and every right asked for match.
static int match_rule(struct bpf_insn *at, const struct sph_device_rule *rule) {
    const uint8_t differs = BPF_JMP | BPF_JNE | BPF_K;
    int n = 0, jumps[4], jump_count = 0;
    if (rule->kind != SPH_DEVICE_ANY) {
        jumps[jump_count++] = n;
        at[n++] = instruction(differs, 2, 0, 0, (int32_t)rule->kind);
    }
    at[n++] = instruction(BPF_ALU | BPF_MOV | BPF_X, 1, 3, 0, 0);
    at[n++] = instruction(BPF_ALU | BPF_AND | BPF_K, 1, 0, 0, (int32_t)(~rule->access & 0xffff));
    jumps[jump_count++] = n;
    at[n++] = instruction(differs, 1, 0, 0, 0);
    if (rule->major >= 0) {
        jumps[jump_count++] = n;
        at[n++] = instruction(differs, 4, 0, 0, (int32_t)rule->major);
    }
    if (rule->minor >= 0) {
        jumps[jump_count++] = n;
        at[n++] = instruction(differs, 5, 0, 0, (int32_t)rule->minor);
    }
    at[n++] = instruction(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 1);
    at[n++] = instruction(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
    for (int i = 0; i < jump_count; i++) at[jumps[i]].off = (int16_t)(n - jumps[i] - 1);
    return n;
}

static int load_and_attach(int cgroup, const struct bpf_insn *program, int length) {
    union bpf_attr load;
    memset(&load, 0, sizeof load);
    load.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
    load.insns = (uint64_t)(uintptr_t)program;
    load.insn_cnt = (uint32_t)length;
    load.license = (uint64_t)(uintptr_t) "Apache-2.0";
    memcpy(load.prog_name, "spyhop_devices", sizeof "spyhop_devices");
    int descriptor = (int)syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof load);
    if (descriptor < 0) return errno;
    union bpf_attr attach;
    memset(&attach, 0, sizeof attach);
    attach.target_fd = (uint32_t)cgroup;
    attach.attach_bpf_fd = (uint32_t)descriptor;
    attach.attach_type = BPF_CGROUP_DEVICE;
    // MULTI: programs of cgroups above (systemd's) go on counting too, and containers may attach their own.
    attach.attach_flags = BPF_F_ALLOW_MULTI;
    int failure = syscall(SYS_bpf, BPF_PROG_ATTACH, &attach, sizeof attach) == 0 ? 0 : errno;
    close(descriptor);
    return failure;
}

int sph_cgroup_allow_devices(int cgroup, const struct sph_device_rule *rules, int count) {
    if (count < 0 || count > 256) return EINVAL;
    size_t room = INSTRUCTIONS_BEFORE + (size_t)count * INSTRUCTIONS_PER_RULE + INSTRUCTIONS_AFTER;
    struct bpf_insn *program = calloc(room, sizeof *program);
    if (!program) return ENOMEM;
    int length = read_context(program);
    for (int i = 0; i < count; i++) length += match_rule(program + length, &rules[i]);
    program[length++] = instruction(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0);
    program[length++] = instruction(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
    int failure = load_and_attach(cgroup, program, length);
    free(program);
    return failure;
}
