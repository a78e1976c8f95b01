// One end of a conversation over TCP or UDP, of IPv4 and IPv6, for tests of networks. Statically linked, so that it
// runs in any root file system.
//
//   peer serve tcp|udp PORT WORD [ADDRESS]   answers whoever asks with "WORD FROM-ADDRESS", line by line, until it is killed
//   peer ask tcp|udp ADDRESS PORT            says "hello", prints the answer; exit code 1 when there is none in two seconds
//   peer hold tcp ADDRESS PORT               as ask, again and again over one connection, a line each; ends with it
//   peer dns PORT NAME ADDRESS               a resolver that knows one A record
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static socklen_t parse(const char *text, int port, struct sockaddr_storage *address) {
    memset(address, 0, sizeof *address);
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV}, *found;
    char service[16];
    snprintf(service, sizeof service, "%d", port);
    if (getaddrinfo(text, service, &hints, &found) != 0) {
        fprintf(stderr, "not an address: %s\n", text);
        exit(2);
    }
    memcpy(address, found->ai_addr, found->ai_addrlen);
    return found->ai_addrlen;
}

static int listening(int type, int port, const char *text) {
    struct sockaddr_storage address;
    socklen_t length = parse(text ? text : "::", port, &address);
    int socket_ = socket(address.ss_family, type | SOCK_CLOEXEC, 0), on = 1, off = 0;
    if (socket_ < 0) fail("socket");
    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (!text) setsockopt(socket_, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(socket_, (struct sockaddr *)&address, length) < 0) fail("bind");
    if (type == SOCK_STREAM && listen(socket_, 64) < 0) fail("listen");
    return socket_;
}

static int answer(char *line, size_t size, const char *word, const struct sockaddr_storage *from) {
    char text[INET6_ADDRSTRLEN] = "";
    if (from->ss_family == AF_INET6) {
        const struct in6_addr *address = &((const struct sockaddr_in6 *)from)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(address))
            inet_ntop(AF_INET, &address->s6_addr[12], text, sizeof text);
        else
            inet_ntop(AF_INET6, address, text, sizeof text);
    } else {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)from)->sin_addr, text, sizeof text);
    }
    return snprintf(line, size, "%s %s\n", word, text);
}

static void serve_tcp(int port, const char *word, const char *text) {
    int listener = listening(SOCK_STREAM, port, text);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        struct sockaddr_storage from;
        socklen_t length = sizeof from;
        int one = accept(listener, (struct sockaddr *)&from, &length);
        if (one < 0) continue;
        if (fork() == 0) {
            char heard[4096], line[256];
            int count = answer(line, sizeof line, word, &from);
            for (ssize_t got; (got = read(one, heard, sizeof heard)) > 0;)
                for (ssize_t index = 0; index < got; index++)
                    if (heard[index] == '\n' && write(one, line, count) != count) exit(1);
            exit(0);
        }
        close(one);
    }
}

static void serve_udp(int port, const char *word, const char *text) {
    int socket_ = listening(SOCK_DGRAM, port, text);
    for (;;) {
        struct sockaddr_storage from;
        socklen_t length = sizeof from;
        char heard[4096], line[256];
        if (recvfrom(socket_, heard, sizeof heard, 0, (struct sockaddr *)&from, &length) < 0) continue;
        int count = answer(line, sizeof line, word, &from);
        sendto(socket_, line, count, 0, (struct sockaddr *)&from, length);
    }
}

static int connected(int type, const char *text, int port) {
    struct sockaddr_storage address;
    socklen_t length = parse(text, port, &address);
    int socket_ = socket(address.ss_family, type | SOCK_CLOEXEC, 0);
    if (socket_ < 0) fail("socket");
    struct timeval two = {.tv_sec = 2};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &two, sizeof two);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &two, sizeof two);
    if (connect(socket_, (struct sockaddr *)&address, length) < 0) fail("connect");
    return socket_;
}

// A connected UDP socket takes an answer only from the address that was asked.
static int ask(int socket_) {
    char line[256];
    if (write(socket_, "hello\n", 6) != 6) fail("write");
    ssize_t count = read(socket_, line, sizeof line);
    if (count < 0) fail("read");
    return count > 0 && write(1, line, count) == count;
}

static void serve_names(int port, const char *name, const char *text) {
    int socket_ = listening(SOCK_DGRAM, port, "127.0.0.53");
    struct in_addr known;
    if (inet_pton(AF_INET, text, &known) != 1) exit(2);
    for (;;) {
        struct sockaddr_storage from;
        socklen_t length = sizeof from;
        unsigned char packet[1024];
        char asked[256] = "";
        ssize_t count = recvfrom(socket_, packet, 512, 0, (struct sockaddr *)&from, &length);
        if (count < 17) continue;
        ssize_t at = 12;
        size_t used = 0;
        while (at < count && packet[at] != 0) {
            size_t label = packet[at++];
            if (label > 63 || at + (ssize_t)label >= count || used + label + 2 > sizeof asked) break;
            memcpy(asked + used, packet + at, label);
            used += label;
            asked[used++] = '.';
            at += label;
        }
        asked[used ? used - 1 : 0] = 0;
        if (at + 5 > count || packet[at] != 0) continue;
        int is_a = packet[at + 1] == 0 && packet[at + 2] == 1, is_known = strcasecmp(asked, name) == 0;
        at += 5;
        packet[2] = 0x81;
        packet[3] = is_known ? 0x80 : 0x83;
        memset(packet + 6, 0, 6);
        if (is_known && is_a) {
            static const unsigned char head[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4};
            packet[7] = 1;
            memcpy(packet + at, head, sizeof head);
            memcpy(packet + at + sizeof head, &known, 4);
            at += sizeof head + 4;
        }
        sendto(socket_, packet, at, 0, (struct sockaddr *)&from, length);
    }
}

int main(int count, char **words) {
    if (count == 5 && strcmp(words[1], "dns") == 0) serve_names(atoi(words[2]), words[3], words[4]);
    if (count < 5) return 2;
    int type = strcmp(words[2], "udp") == 0 ? SOCK_DGRAM : SOCK_STREAM;
    if (strcmp(words[1], "serve") == 0) {
        const char *address = count > 5 ? words[5] : NULL;
        if (type == SOCK_DGRAM) serve_udp(atoi(words[3]), words[4], address);
        serve_tcp(atoi(words[3]), words[4], address);
    }
    int socket_ = connected(type, words[3], atoi(words[4]));
    if (strcmp(words[1], "ask") == 0) return ask(socket_) ? 0 : 1;
    while (ask(socket_)) usleep(50000);
    return 0;
}
