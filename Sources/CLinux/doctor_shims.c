#define _GNU_SOURCE
#include "doctor_shims.h"

#include "create_shims.h"
#include "monitor_shims.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// The child's answer: an errno is below 256.
static int answer_of(pid_t child) {
    int status = 0;
    if (child < 0) return errno;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return errno;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

_Noreturn static void end(long result) { _exit(result < 0 ? errno & 0xff : 0); }

static void must(long result) {
    if (result < 0) end(result);
}

static void put(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    must(file);
    must(write(file, text, strlen(text)));
    close(file);
}

static void number_line(char *text, size_t size, unsigned id) { snprintf(text, size, "0 %u 1\n", id); }

static void enter(uint64_t flags, int as_user) {
    char line[32];
    uid_t uid = geteuid();
    gid_t gid = getegid();
    must(unshare((int)(flags | (as_user ? CLONE_NEWUSER : 0))));
    if (!as_user) return;
    put("/proc/self/setgroups", "deny");
    number_line(line, sizeof line, uid);
    put("/proc/self/uid_map", line);
    number_line(line, sizeof line, gid);
    put("/proc/self/gid_map", line);
}

int sph_probe_namespaces(uint64_t flags, int as_user) {
    pid_t child = fork();
    if (child == 0) {
        enter(flags, as_user);
        _exit(0);
    }
    return answer_of(child);
}

int sph_probe_within(uint64_t flags, int as_user, int (*probe)(const void *), const void *argument) {
    pid_t child = fork();
    if (child == 0) {
        enter(flags, as_user);
        _exit(probe(argument) & 0xff);
    }
    return answer_of(child);
}

int sph_probe_overlay(const char *directory, int as_user) {
    pid_t child = fork();
    if (child == 0) {
        enter(CLONE_NEWNS, as_user);
        must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
        must(chdir(directory));
        const char *options = as_user ? "lowerdir=lower,upperdir=upper,workdir=work,userxattr"
                                      : "lowerdir=lower,upperdir=upper,workdir=work";
        must(mount("overlay", "merged", "overlay", 0, options));
        int file = open("merged/probe", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        must(file);
        must(write(file, "x", 1));
        // A directory that replaces another takes the attribute that needs the right kind.
        must(rmdir("merged/inner"));
        must(mkdir("merged/inner", 0700));
        _exit(0);
    }
    return answer_of(child);
}

int sph_probe_proc(const char *directory, int as_user) {
    pid_t child = fork();
    if (child == 0) {
        enter(CLONE_NEWNS | CLONE_NEWPID, as_user);
        pid_t inner = fork();
        if (inner == 0) {
            must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
            must(mount("proc", directory, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL));
            _exit(0);
        }
        _exit(answer_of(inner));
    }
    return answer_of(child);
}

int sph_probe_idmapped_mount(const char *directory) {
    pid_t child = fork();
    if (child == 0) {
        char path[64];
        int pidfd = -1;
        must(unshare(CLONE_NEWNS));
        int holder = monitor_user_namespace_holder(&pidfd);
        if (holder < 0) _exit(-holder);
        snprintf(path, sizeof path, "/proc/%d/uid_map", holder);
        put(path, "0 1000 1\n");
        snprintf(path, sizeof path, "/proc/%d/gid_map", holder);
        put(path, "0 1000 1\n");
        snprintf(path, sizeof path, "/proc/%d/ns/user", holder);
        int space = open(path, O_RDONLY | O_CLOEXEC);
        must(space);
        int tree = monitor_clone_tree(AT_FDCWD, directory, 0);
        int changed = tree < 0 ? tree : monitor_idmap(tree, 0, space);
        kill(holder, SIGKILL);
        waitpid(holder, NULL, 0);
        _exit(-changed);
    }
    return answer_of(child);
}

int sph_probe_device_program(void) {
    struct bpf_insn program[] = {
        {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .imm = 1},
        {.code = BPF_JMP | BPF_EXIT},
    };
    union bpf_attr load;
    memset(&load, 0, sizeof load);
    load.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
    load.insns = (uint64_t)(uintptr_t)program;
    load.insn_cnt = 2;
    load.license = (uint64_t)(uintptr_t) "Apache-2.0";
    int descriptor = (int)syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof load);
    if (descriptor < 0) return errno;
    close(descriptor);
    return 0;
}

// A call with senseless arguments: a kernel that knows it complains of them.
static int known(long result) {
    if (result >= 0) close((int)result);
    return result < 0 && errno == ENOSYS ? ENOSYS : 0;
}

int sph_probe_call(int call) {
    uint32_t action = SECCOMP_RET_ERRNO;
    long result;
    switch (call) {
    case SPH_PROBE_OPENAT2: return known(syscall(SYS_openat2, -1, "", NULL, 0));
    case SPH_PROBE_CLONE3: return known(syscall(SYS_clone3, NULL, 0));
    case SPH_PROBE_PIDFD: return known(syscall(SYS_pidfd_open, getpid(), 0));
    case SPH_PROBE_MOUNT_API: return known(syscall(SYS_fsopen, NULL, 0));
    case SPH_PROBE_MOUNT_SETATTR: return known(syscall(SYS_mount_setattr, -1, "", 0, NULL, 0));
    case SPH_PROBE_SECCOMP: break;
    case SPH_PROBE_SECCOMP_NOTIFY: action = SECCOMP_RET_USER_NOTIF; break;
    default: return EINVAL;
    }
    result = syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action);
    return result < 0 ? errno : 0;
}
