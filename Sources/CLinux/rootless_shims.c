#define _GNU_SOURCE
#include "rootless_shims.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// From <linux/nsfs.h>: _IO(0xb7, 4).
#define SPH_NS_GET_OWNER_UID 0xb704u

struct answer {
    int error;
    int pid;
};

static int put(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return errno;
    ssize_t count = write(file, text, strlen(text));
    int error = count < 0 ? errno : 0;
    close(file);
    return error;
}

// The one map that needs no helper: the writer's own ids (user_namespaces(7)).
static int map_own(uid_t uid, gid_t gid) {
    char text[32];
    int error = put("/proc/self/setgroups", "deny");
    // Kernels before 3.19 have no such file, and need none.
    if (error && error != ENOENT) return error;
    snprintf(text, sizeof text, "0 %u 1\n", uid);
    if ((error = put("/proc/self/uid_map", text))) return error;
    snprintf(text, sizeof text, "0 %u 1\n", gid);
    return put("/proc/self/gid_map", text);
}

static void leave_everything(int control) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; fd < 3 && null >= 0; fd++) dup2(null, fd);
    if (control != 3) {
        dup3(control, 3, O_CLOEXEC);
        close(control);
    }
    syscall(SYS_close_range, 4u, ~0u, 0u);
    if (chdir("/") != 0) _exit(1);
}

_Noreturn static void become_keeper(int control) {
    uid_t uid = geteuid();
    gid_t gid = getegid();
    struct answer answer = {unshare(CLONE_NEWUSER) == 0 ? 0 : errno, getpid()};
    send(control, &answer, sizeof answer, MSG_NOSIGNAL);
    char program[4096];
    ssize_t count = answer.error ? 0 : recv(control, program, sizeof program - 1, 0);
    // The first byte says whether the maps are this process's own business.
    if (count < 2) _exit(1);
    program[count] = 0;
    answer.error = program[0] == 'm' ? map_own(uid, gid) : 0;
    if (!answer.error) {
        leave_everything(control);
        control = 3;
        char *const arguments[] = {(char *)SPH_KEEPER_NAME, NULL};
        char *const environment[] = {NULL};
        execve(program + 1, arguments, environment);
        answer.error = errno;
    }
    send(control, &answer, sizeof answer, MSG_NOSIGNAL);
    _exit(1);
}

int sph_keeper_prepare(struct sph_keeper *keeper) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) return errno;
    pid_t between = fork();
    if (between == 0) {
        close(ends[0]);
        setsid();
        pid_t child = fork();
        if (child == 0) become_keeper(ends[1]);
        _exit(child < 0);
    }
    int error = between < 0 ? errno : 0;
    close(ends[1]);
    while (between > 0 && waitpid(between, NULL, 0) < 0 && errno == EINTR) {}
    struct answer answer = {0};
    if (!error && recv(ends[0], &answer, sizeof answer, 0) != (ssize_t)sizeof answer) error = EAGAIN;
    if (!error) error = answer.error;
    if (error) close(ends[0]);
    *keeper = (struct sph_keeper){answer.pid, error ? -1 : ends[0]};
    return error;
}

int sph_keeper_release(struct sph_keeper *keeper, const char *program, int writes_maps) {
    char message[4096];
    int length = snprintf(message, sizeof message, "%c%s", writes_maps ? 'm' : 'g', program);
    int error = length >= (int)sizeof message ? ENAMETOOLONG : 0;
    struct answer answer = {0};
    if (!error && send(keeper->control, message, (size_t)length, MSG_NOSIGNAL) < 0) error = errno;
    // The end of file comes from close-on-exec: the program runs.
    if (!error && recv(keeper->control, &answer, sizeof answer, 0) > 0) error = answer.error;
    close(keeper->control);
    keeper->control = -1;
    return error;
}

int sph_enter_user_namespace(int user_namespace) {
    if (setns(user_namespace, CLONE_NEWUSER) < 0) return errno;
    return unshare(CLONE_NEWNS) < 0 ? errno : 0;
}

int sph_namespace_owner(int user_namespace, uint32_t *owner) {
    return ioctl(user_namespace, SPH_NS_GET_OWNER_UID, owner);
}

int sph_is_keeper(void) { return strcmp(program_invocation_name, SPH_KEEPER_NAME) == 0; }

int sph_is_companion(void) { return strcmp(program_invocation_name, SPH_COMPANION_NAME) == 0; }

_Noreturn void sph_accompany(void) {
    char path[32];
    struct pollfd process = {.fd = SPH_COMPANION_PROCESS, .events = POLLIN};
    prctl(PR_SET_NAME, SPH_COMPANION_NAME, 0, 0, 0);
    for (int number = 1; number < 32; number++) signal(number, SIG_IGN);
    while (poll(&process, 1, -1) < 0 && errno == EINTR) {}
    snprintf(path, sizeof path, "/proc/self/fd/%d", SPH_COMPANION_MOUNT);
    umount2(path, MNT_DETACH);
    _exit(0);
}

_Noreturn void sph_keep(void) {
    prctl(PR_SET_NAME, SPH_KEEPER_NAME, 0, 0, 0);
    for (int number = 1; number < 32; number++)
        if (number != SIGTERM) signal(number, SIG_IGN);
    for (;;) pause();
}
