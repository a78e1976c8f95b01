#define _GNU_SOURCE
#include "holder_shims.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void hold(int control) {
    char byte;
    // Systemd stops a unit by SIGTERM, whatever the parent had made of that.
    signal(SIGTERM, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    dup2(control, 0);
    syscall(SYS_close_range, 1, UINT_MAX, 0);
    while (read(0, &byte, 1) < 0 && errno == EINTR) {
    }
    _exit(0);
}

int sph_holder_start(struct sph_holder *holder) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return errno;
    pid_t pid = fork();
    if (pid == 0) hold(ends[0]);
    int error = errno;
    close(ends[0]);
    if (pid < 0) {
        close(ends[1]);
        return error;
    }
    holder->pid = pid;
    holder->control = ends[1];
    return 0;
}

void sph_holder_end(struct sph_holder *holder) {
    close(holder->control);
    while (waitpid(holder->pid, NULL, 0) < 0 && errno == EINTR) {
    }
}
