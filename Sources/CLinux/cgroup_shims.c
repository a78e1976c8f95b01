#define _GNU_SOURCE
#include "cgroup_shims.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// Registers: 2 kind, 3 rights that no rule has allowed yet, 4 major, 5 minor, 1 scratch.
enum { INSTRUCTIONS_BEFORE = 6, INSTRUCTIONS_PER_RULE = 8, INSTRUCTIONS_AFTER = 2, MOST_RULES = 1024, MOST_PROGRAMS = 64 };

static const char program_name[] = "spyhop_devices";

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

static int answer(struct bpf_insn *at, int allow) {
    at[0] = instruction(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, allow);
    at[1] = instruction(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
    return 2;
}

// Falls to the next rule unless kind and numbers match. One that denies ends it when it names a right that is still open; one
// that allows closes its rights, and ends it when none is left.
static int match_rule(struct bpf_insn *at, const struct sph_device_rule *rule) {
    const uint8_t differs = BPF_JMP | BPF_JNE | BPF_K, equals = BPF_JMP | BPF_JEQ | BPF_K;
    int n = 0, jumps[4], jump_count = 0;
    if (rule->kind != SPH_DEVICE_ANY) {
        jumps[jump_count++] = n;
        at[n++] = instruction(differs, 2, 0, 0, (int32_t)rule->kind);
    }
    if (rule->major >= 0) {
        jumps[jump_count++] = n;
        at[n++] = instruction(differs, 4, 0, 0, (int32_t)rule->major);
    }
    if (rule->minor >= 0) {
        jumps[jump_count++] = n;
        at[n++] = instruction(differs, 5, 0, 0, (int32_t)rule->minor);
    }
    if (rule->allow) {
        at[n++] = instruction(BPF_ALU | BPF_AND | BPF_K, 3, 0, 0, (int32_t)(~rule->access & 0xffff));
        jumps[jump_count++] = n;
        at[n++] = instruction(differs, 3, 0, 0, 0);
    } else {
        at[n++] = instruction(BPF_ALU | BPF_MOV | BPF_X, 1, 3, 0, 0);
        at[n++] = instruction(BPF_ALU | BPF_AND | BPF_K, 1, 0, 0, (int32_t)(rule->access & 0xffff));
        jumps[jump_count++] = n;
        at[n++] = instruction(equals, 1, 0, 0, 0);
    }
    n += answer(at + n, rule->allow ? 1 : 0);
    for (int i = 0; i < jump_count; i++) at[jumps[i]].off = (int16_t)(n - jumps[i] - 1);
    return n;
}

static int bpf(int command, union bpf_attr *attributes) {
    return (int)syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

static int load_program(const struct bpf_insn *program, int length) {
    union bpf_attr load;
    memset(&load, 0, sizeof load);
    load.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
    load.insns = (uint64_t)(uintptr_t)program;
    load.insn_cnt = (uint32_t)length;
    load.license = (uint64_t)(uintptr_t) "Apache-2.0";
    memcpy(load.prog_name, program_name, sizeof program_name);
    return bpf(BPF_PROG_LOAD, &load);
}

// The descriptor of the program that an earlier call attached, or -1: others' programs (systemd's) stay as they are.
static int attached_program(int cgroup) {
    uint32_t identifiers[MOST_PROGRAMS];
    union bpf_attr query;
    memset(&query, 0, sizeof query);
    query.query.target_fd = (uint32_t)cgroup;
    query.query.attach_type = BPF_CGROUP_DEVICE;
    query.query.prog_ids = (uint64_t)(uintptr_t)identifiers;
    query.query.prog_cnt = MOST_PROGRAMS;
    if (bpf(BPF_PROG_QUERY, &query) != 0) return -1;
    for (uint32_t i = 0; i < query.query.prog_cnt && i < MOST_PROGRAMS; i++) {
        union bpf_attr find;
        memset(&find, 0, sizeof find);
        find.prog_id = identifiers[i];
        int program = bpf(BPF_PROG_GET_FD_BY_ID, &find);
        if (program < 0) continue;
        struct bpf_prog_info info;
        memset(&info, 0, sizeof info);
        union bpf_attr ask;
        memset(&ask, 0, sizeof ask);
        ask.info.bpf_fd = (uint32_t)program;
        ask.info.info_len = sizeof info;
        ask.info.info = (uint64_t)(uintptr_t)&info;
        if (bpf(BPF_OBJ_GET_INFO_BY_FD, &ask) == 0 && strncmp(info.name, program_name, sizeof info.name) == 0) return program;
        close(program);
    }
    return -1;
}

static int detach(int cgroup, int program) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.target_fd = (uint32_t)cgroup;
    attributes.attach_bpf_fd = (uint32_t)program;
    attributes.attach_type = BPF_CGROUP_DEVICE;
    return bpf(BPF_PROG_DETACH, &attributes) == 0 ? 0 : errno;
}

static int attach(int cgroup, int program, int replaced) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.target_fd = (uint32_t)cgroup;
    attributes.attach_bpf_fd = (uint32_t)program;
    attributes.attach_type = BPF_CGROUP_DEVICE;
    // MULTI: programs of cgroups above (systemd's) go on counting too, and containers may attach their own.
    attributes.attach_flags = BPF_F_ALLOW_MULTI;
    if (replaced >= 0) {
        attributes.attach_flags |= BPF_F_REPLACE;
        attributes.replace_bpf_fd = (uint32_t)replaced;
        if (bpf(BPF_PROG_ATTACH, &attributes) == 0) return 0;
        // Before Linux 5.6 there is no replacing: for a moment both count, and both must allow.
        attributes.attach_flags = BPF_F_ALLOW_MULTI;
        attributes.replace_bpf_fd = 0;
    }
    if (bpf(BPF_PROG_ATTACH, &attributes) != 0) return errno;
    return replaced >= 0 ? detach(cgroup, replaced) : 0;
}

int sph_cgroup_set_devices(int cgroup, const struct sph_device_rule *rules, int count, int open) {
    if (count < 0 || count > MOST_RULES) return E2BIG;
    int previous = attached_program(cgroup), failure = 0;
    if (open) {
        if (previous >= 0) failure = detach(cgroup, previous);
    } else {
        size_t room = INSTRUCTIONS_BEFORE + (size_t)count * INSTRUCTIONS_PER_RULE + INSTRUCTIONS_AFTER;
        struct bpf_insn *program = calloc(room, sizeof *program);
        if (!program) failure = ENOMEM;
        else {
            int length = read_context(program);
            // Backwards: the last rule that fits decides.
            for (int i = count; i-- > 0;) {
                length += match_rule(program + length, &rules[i]);
                // Nothing that stands before a rule for everything can count.
                if (rules[i].kind == SPH_DEVICE_ANY) break;
            }
            length += answer(program + length, 0);
            int loaded = load_program(program, length);
            free(program);
            if (loaded < 0) failure = errno;
            else {
                failure = attach(cgroup, loaded, previous);
                close(loaded);
            }
        }
    }
    if (previous >= 0) close(previous);
    return failure;
}
