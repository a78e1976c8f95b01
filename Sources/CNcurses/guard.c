#define _GNU_SOURCE 1
#include "CNcurses.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t armed;
static int guarded = -1;
static struct termios saved;
static char farewell[512];
static size_t farewell_length;
static char stack[32768] __attribute__((aligned(16)));

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGQUIT, SIGSYS};
#define FATAL_COUNT (sizeof fatal / sizeof *fatal)
static struct sigaction before[FATAL_COUNT];

static void restore(void) {
    if (!armed) return;
    armed = 0;
    size_t sent = 0;
    while (sent < farewell_length) {
        ssize_t n = write(guarded, farewell + sent, farewell_length - sent);
        if (n <= 0) break;
        sent += (size_t)n;
    }
    tcsetattr(guarded, TCSANOW, &saved);
}

static void on_fatal(int number) {
    restore();
    for (size_t i = 0; i < FATAL_COUNT; i++)
        if (fatal[i] == number) sigaction(number, &before[i], NULL);
    /* Blocked while this handler runs; it takes its course, with a core or a backtrace, on return. */
    raise(number);
}

void sph_guard_arm(int fd, const char *escape, size_t length) {
    if (armed || tcgetattr(fd, &saved) != 0) return;
    guarded = fd;
    farewell_length = length < sizeof farewell ? length : sizeof farewell;
    memcpy(farewell, escape, farewell_length);
    stack_t alternative = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternative, NULL);
    struct sigaction action = {.sa_handler = on_fatal, .sa_flags = SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    armed = 1;
    for (size_t i = 0; i < FATAL_COUNT; i++) sigaction(fatal[i], &action, &before[i]);
}

void sph_guard_disarm(void) {
    if (!armed) return;
    armed = 0;
    for (size_t i = 0; i < FATAL_COUNT; i++) sigaction(fatal[i], &before[i], NULL);
}

static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT};
#define WATCHED_COUNT (sizeof watched / sizeof *watched)
static struct sigaction earlier[WATCHED_COUNT];
static volatile sig_atomic_t came[65];
static volatile sig_atomic_t events = -1;

static void on_watched(int number) {
    int error = errno;
    came[number] = 1;
    sph_wake(events);
    errno = error;
}

int sph_events_open(void) {
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (fd < 0) return -errno;
    events = fd;
    struct sigaction action = {.sa_handler = on_watched, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < WATCHED_COUNT; i++) {
        came[watched[i]] = 0;
        sigaction(watched[i], &action, &earlier[i]);
    }
    return fd;
}

void sph_events_close(int fd) {
    for (size_t i = 0; i < WATCHED_COUNT; i++) sigaction(watched[i], &earlier[i], NULL);
    events = -1;
    close(fd);
}

void sph_wake(int fd) {
    uint64_t one = 1;
    if (fd >= 0 && write(fd, &one, sizeof one) < 0) return;
}

void sph_events_drain(int fd) {
    uint64_t count;
    if (read(fd, &count, sizeof count) < 0) return;
}

int sph_signal_taken(int number) {
    if (number < 1 || number > 64 || !came[number]) return 0;
    came[number] = 0;
    return 1;
}

int sph_wait(int terminal, int wake, int milliseconds) {
    struct pollfd fds[2] = {{terminal, POLLIN, 0}, {wake, POLLIN, 0}};
    int n = poll(fds, 2, milliseconds);
    if (n < 0) return errno == EINTR ? 0 : -errno;
    int bits = 0;
    for (int i = 0; i < 2; i++)
        if (fds[i].revents) bits |= 1 << i;
    if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) bits |= 8;
    return bits;
}

int sph_window(int fd, int *rows, int *cols) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || !size.ws_row || !size.ws_col) return -1;
    *rows = size.ws_row;
    *cols = size.ws_col;
    return 0;
}

void sph_write(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t n = write(fd, bytes, length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) {
            struct pollfd writable = {fd, POLLOUT, 0};
            if (poll(&writable, 1, 1000) > 0) continue;
        }
        if (n <= 0) return;
        bytes += n;
        length -= (size_t)n;
    }
}
