// What the kernel alone takes for a container's life: the same system calls that a runtime must make, with nothing
// around them. Every step includes the ones before it, so that the difference between two lines is one step's price.
//
//     floor ROOTFS ROUNDS      the median of each step in microseconds; ROOTFS has /bin/true
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum step { EXEC, NAMESPACES, NETWORK, ROOT, MOUNTS, PROTECTION, FILTER, CGROUPS, STEPS };

static const char *const names[STEPS] = {
    "clone, exec and wait for true", "and pid, mount, ipc, uts, cgroup namespaces", "and a network namespace",
    "and a root file system to pivot into", "and proc, dev, devpts, shm, mqueue, sysfs", "and 11 paths hidden or read-only",
    "and a seccomp filter of 400 instructions", "and cgroups: made, joined, removed"};

static const char *rootfs;

static void must(long answer, const char *what) {
    if (answer >= 0) return;
    fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
    _exit(1);
}

static void enter_root(enum step step) {
    must(mount(NULL, "/", NULL, MS_SLAVE | MS_REC, NULL), "propagation");
    must(mount(rootfs, rootfs, NULL, MS_BIND | MS_REC, NULL), "bind the root");
    must(chdir(rootfs), "enter the root");
    if (step >= MOUNTS) {
        must(mount("proc", "proc", "proc", MS_NOSUID | MS_NOEXEC | MS_NODEV, NULL), "proc");
        must(mount("tmpfs", "dev", "tmpfs", MS_NOSUID, "mode=755"), "dev");
        mkdir("dev/pts", 0755);
        mkdir("dev/shm", 0755);
        mkdir("dev/mqueue", 0755);
        must(mount("devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620"), "pts");
        must(mount("shm", "dev/shm", "tmpfs", MS_NOSUID | MS_NOEXEC | MS_NODEV, "mode=1777,size=65536k"), "shm");
        must(mount("mqueue", "dev/mqueue", "mqueue", MS_NOSUID | MS_NOEXEC | MS_NODEV, NULL), "mqueue");
        if (step >= NETWORK) must(mount("sysfs", "sys", "sysfs", MS_RDONLY | MS_NOSUID | MS_NOEXEC | MS_NODEV, NULL), "sys");
        const int numbers[][2] = {{1, 3}, {1, 5}, {1, 7}, {1, 8}, {1, 9}, {5, 0}};
        for (unsigned index = 0; index < sizeof numbers / sizeof *numbers; index++) {
            char path[32];
            snprintf(path, sizeof path, "dev/node%u", index);
            must(mknod(path, S_IFCHR | 0666, (dev_t)(numbers[index][0] << 8 | numbers[index][1])), "mknod");
        }
    }
    if (step >= PROTECTION) {
        const char *const hidden[] = {"proc/acpi", "proc/kcore", "proc/keys", "proc/timer_list", "proc/interrupts", "sys/firmware"};
        const char *const kept[] = {"proc/bus", "proc/fs", "proc/irq", "proc/sys", "proc/sysrq-trigger"};
        for (unsigned index = 0; index < sizeof hidden / sizeof *hidden; index++) {
            struct stat file;
            if (stat(hidden[index], &file) < 0) continue;
            if (S_ISDIR(file.st_mode)) mount("tmpfs", hidden[index], "tmpfs", MS_RDONLY, NULL);
            else mount("dev/node0", hidden[index], NULL, MS_BIND, NULL);
        }
        for (unsigned index = 0; index < sizeof kept / sizeof *kept; index++) {
            if (mount(kept[index], kept[index], NULL, MS_BIND | MS_REC, NULL) < 0) continue;
            mount(NULL, kept[index], NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL);
        }
    }
    must(syscall(SYS_pivot_root, ".", "."), "pivot_root");
    must(umount2(".", MNT_DETACH), "detach the old root");
    must(chdir("/"), "chdir");
}

static void filter(void) {
    struct sock_filter program[400];
    for (int index = 0; index < 399; index++)
        program[index] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0);
    program[399] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog whole = {400, program};
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs");
    must(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &whole), "seccomp");
}

static const char *const hierarchies[] = {"unified", "memory", "pids", "blkio", "devices"};

static int cgroup_path(char *path, size_t size, unsigned index, const char *file) {
    return snprintf(path, size, "/sys/fs/cgroup/%s/spyhop-floor%s", hierarchies[index], file);
}

static void cgroups(int make) {
    char path[128];
    for (unsigned index = 0; index < sizeof hierarchies / sizeof *hierarchies; index++) {
        cgroup_path(path, sizeof path, index, "");
        if (make) mkdir(path, 0755);
        else
            // The process that has just been waited for may hold it for a moment.
            for (int tries = 0; rmdir(path) < 0 && errno == EBUSY && tries < 1000; tries++) usleep(20);
    }
}

static void join(void) {
    char path[128];
    for (unsigned index = 0; index < sizeof hierarchies / sizeof *hierarchies; index++) {
        cgroup_path(path, sizeof path, index, index == 0 ? "/cgroup.procs" : "/tasks");
        int file = open(path, O_WRONLY | O_CLOEXEC);
        if (file < 0) continue;
        if (write(file, "0", 1) < 0) _exit(1);
        close(file);
    }
}

static double once(enum step step) {
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    if (step >= CGROUPS) cgroups(1);
    struct clone_args arguments = {.exit_signal = SIGCHLD};
    if (step >= NAMESPACES) arguments.flags |= CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;
    if (step >= NETWORK) arguments.flags |= CLONE_NEWNET;
    long pid = syscall(SYS_clone3, &arguments, sizeof arguments);
    must(pid, "clone");
    if (pid == 0) {
        if (step >= CGROUPS) join();
        char path[512];
        snprintf(path, sizeof path, "%s/bin/true", step >= ROOT ? "" : rootfs);
        if (step >= ROOT) enter_root(step);
        if (step >= FILTER) filter();
        execl(path, "true", NULL);
        _exit(127);
    }
    int status = 0;
    waitpid((pid_t)pid, &status, 0);
    if (step >= CGROUPS) cgroups(0);
    clock_gettime(CLOCK_MONOTONIC, &after);
    if (status != 0) {
        fprintf(stderr, "floor: '%s' ended with status %d\n", names[step], status);
        exit(1);
    }
    return (double)(after.tv_sec - before.tv_sec) * 1e6 + (double)(after.tv_nsec - before.tv_nsec) / 1e3;
}

static int ascending(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

int main(int count, char **arguments) {
    if (count != 3 || atoi(arguments[2]) < 1) {
        fprintf(stderr, "usage: floor ROOTFS ROUNDS\n");
        return 2;
    }
    rootfs = arguments[1];
    int rounds = atoi(arguments[2]);
    double *times = calloc((size_t)rounds, sizeof *times);
    if (!times) return 1;
    for (int step = 0; step < STEPS; step++) {
        for (int round = 0; round < rounds; round++) times[round] = once((enum step)step);
        qsort(times, (size_t)rounds, sizeof *times, ascending);
        printf("%.0f\t%s\n", times[rounds / 2], names[step]);
    }
    free(times);
    return 0;
}
