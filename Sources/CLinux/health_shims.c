#define _GNU_SOURCE
#include "health_shims.h"

#include <errno.h>
#include <sys/socket.h>

int monitor_stream_pair(int ends[2]) {
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 ? 0 : -errno;
}
