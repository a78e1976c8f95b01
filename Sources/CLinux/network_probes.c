#define _GNU_SOURCE
#include "network_probes.h"

#include "doctor_shims.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

// Messages that are put together one behind the other.
struct batch {
    char bytes[2048];
    size_t length;
    size_t message; // where the last one begins
};

static void append(struct batch *batch, const void *bytes, size_t count) {
    size_t padded = NLMSG_ALIGN(count);
    if (batch->length + padded > sizeof batch->bytes) return;
    if (count > 0) memcpy(batch->bytes + batch->length, bytes, count);
    memset(batch->bytes + batch->length + count, 0, padded - count);
    batch->length += padded;
}

static void close_message(struct batch *batch) {
    uint32_t length = (uint32_t)(batch->length - batch->message);
    memcpy(batch->bytes + batch->message, &length, sizeof length);
}

static void begin(struct batch *batch, int type, int flags, const void *body, size_t count) {
    batch->message = batch->length;
    struct nlmsghdr header = {.nlmsg_type = (uint16_t)type, .nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags)};
    append(batch, &header, sizeof header);
    append(batch, body, count);
    close_message(batch);
}

static void put(struct batch *batch, int type, const void *bytes, size_t count) {
    struct nlattr header = {.nla_type = (uint16_t)type, .nla_len = (uint16_t)(sizeof header + count)};
    append(batch, &header, sizeof header);
    append(batch, bytes, count);
    close_message(batch);
}

static void put_text(struct batch *batch, int type, const char *text) { put(batch, type, text, strlen(text) + 1); }

static void put_number(struct batch *batch, int type, uint32_t number) {
    uint32_t value = htonl(number);
    put(batch, type, &value, sizeof value);
}

static size_t open_nest(struct batch *batch, int type) {
    size_t start = batch->length;
    put(batch, type | NLA_F_NESTED, NULL, 0);
    return start;
}

static void close_nest(struct batch *batch, size_t start) {
    uint16_t length = (uint16_t)(batch->length - start);
    memcpy(batch->bytes + start, &length, sizeof length);
    close_message(batch);
}

static int open_netlink(int protocol) {
    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    struct timeval patience = {.tv_sec = 5};
    if (netlink >= 0) setsockopt(netlink, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return netlink;
}

// The first refusal, or 0 after the one acknowledgement that was asked for.
static int ask(int protocol, const struct batch *batch) {
    char answer[8192];
    int netlink = open_netlink(protocol);
    if (netlink < 0) return errno;
    if (send(netlink, batch->bytes, batch->length, 0) < 0) return errno;
    for (;;) {
        ssize_t count = recv(netlink, answer, sizeof answer, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        struct nlmsghdr *header = (struct nlmsghdr *)answer;
        size_t rest = (size_t)count;
        for (; NLMSG_OK(header, rest); header = NLMSG_NEXT(header, rest))
            if (header->nlmsg_type == NLMSG_ERROR) return -((struct nlmsgerr *)NLMSG_DATA(header))->error;
    }
}

static int make_link(const void *argument) {
    struct batch batch = {.length = 0};
    struct ifinfomsg body = {.ifi_family = AF_UNSPEC};
    begin(&batch, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK, &body, sizeof body);
    put_text(&batch, IFLA_IFNAME, "probe");
    size_t nest = open_nest(&batch, IFLA_LINKINFO);
    put_text(&batch, IFLA_INFO_KIND, argument);
    close_nest(&batch, nest);
    return ask(NETLINK_ROUTE, &batch);
}

static void begin_nft(struct batch *batch, int type, int flags) {
    struct nfgenmsg body = {.nfgen_family = NFPROTO_INET, .version = NFNETLINK_V0};
    begin(batch, NFNL_SUBSYS_NFTABLES << 8 | type, flags, &body, sizeof body);
}

static void border(struct batch *batch, int type) {
    struct nfgenmsg body = {.version = NFNETLINK_V0, .res_id = htons(NFNL_SUBSYS_NFTABLES)};
    begin(batch, type, 0, &body, sizeof body);
}

static const char table[] = "spyhop-probe";

static void add_chain(struct batch *batch, const char *name, int hook, int priority) {
    begin_nft(batch, NFT_MSG_NEWCHAIN, NLM_F_CREATE);
    put_text(batch, NFTA_CHAIN_TABLE, table);
    put_text(batch, NFTA_CHAIN_NAME, name);
    size_t nest = open_nest(batch, NFTA_CHAIN_HOOK);
    put_number(batch, NFTA_HOOK_HOOKNUM, (uint32_t)hook);
    put_number(batch, NFTA_HOOK_PRIORITY, (uint32_t)priority);
    close_nest(batch, nest);
    put_text(batch, NFTA_CHAIN_TYPE, "nat");
}

static size_t open_rule(struct batch *batch, const char *chain, int flags) {
    begin_nft(batch, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND | flags);
    put_text(batch, NFTA_RULE_TABLE, table);
    put_text(batch, NFTA_RULE_CHAIN, chain);
    return open_nest(batch, NFTA_RULE_EXPRESSIONS);
}

static int make_table(const void *argument) {
    int translates = *(const int *)argument;
    struct batch batch = {.length = 0};
    border(&batch, NFNL_MSG_BATCH_BEGIN);
    begin_nft(&batch, NFT_MSG_NEWTABLE, NLM_F_CREATE | (translates ? 0 : NLM_F_ACK));
    put_text(&batch, NFTA_TABLE_NAME, table);
    put_number(&batch, NFTA_TABLE_FLAGS, 2 /* NFT_TABLE_F_OWNER */);
    if (translates) {
        add_chain(&batch, "output", NF_INET_LOCAL_OUT, -100);
        add_chain(&batch, "postrouting", NF_INET_POST_ROUTING, 100);
        size_t rule = open_rule(&batch, "output", 0);
        size_t element = open_nest(&batch, NFTA_LIST_ELEM);
        put_text(&batch, NFTA_EXPR_NAME, "fib");
        size_t data = open_nest(&batch, NFTA_EXPR_DATA);
        put_number(&batch, NFTA_FIB_DREG, NFT_REG32_00);
        put_number(&batch, NFTA_FIB_RESULT, NFT_FIB_RESULT_ADDRTYPE);
        put_number(&batch, NFTA_FIB_FLAGS, NFTA_FIB_F_DADDR);
        close_nest(&batch, data);
        close_nest(&batch, element);
        close_nest(&batch, rule);
        rule = open_rule(&batch, "postrouting", NLM_F_ACK);
        element = open_nest(&batch, NFTA_LIST_ELEM);
        put_text(&batch, NFTA_EXPR_NAME, "masq");
        close_nest(&batch, element);
        close_nest(&batch, rule);
    }
    border(&batch, NFNL_MSG_BATCH_END);
    return ask(NETLINK_NETFILTER, &batch);
}

int sph_probe_link(const char *kind, int as_user) {
    return sph_probe_within(CLONE_NEWNET, as_user, make_link, kind);
}

int sph_probe_table(int translates, int as_user) {
    return sph_probe_within(CLONE_NEWNET, as_user, make_table, &translates);
}

static const struct nlattr *find(const char *start, size_t length, int type) {
    while (length >= sizeof(struct nlattr)) {
        const struct nlattr *one = (const struct nlattr *)start;
        size_t step = NLA_ALIGN(one->nla_len);
        if (one->nla_len < sizeof *one || one->nla_len > length) return NULL;
        if ((one->nla_type & NLA_TYPE_MASK) == type) return one;
        if (step >= length) return NULL;
        start += step;
        length -= step;
    }
    return NULL;
}

static const char *text_of(const struct nlattr *one) {
    const char *text = (const char *)(one + 1);
    size_t room = one ? one->nla_len - sizeof *one : 0;
    return room > 0 && text[room - 1] == 0 ? text : "-";
}

static uint32_t number_of(const struct nlattr *one, uint32_t other) {
    uint32_t value = 0;
    if (!one || one->nla_len < sizeof *one + sizeof value) return other;
    memcpy(&value, one + 1, sizeof value);
    return ntohl(value);
}

// One chain's line, when packets pass it on their way through.
static int describe(const struct nlmsghdr *header, char *text, size_t size) {
    const struct nfgenmsg *body = NLMSG_DATA(header);
    size_t front = NLMSG_LENGTH(sizeof *body);
    if (header->nlmsg_len < front) return 0;
    const char *start = (const char *)header + NLMSG_ALIGN(front);
    size_t length = header->nlmsg_len - front;
    const struct nlattr *hook = find(start, length, NFTA_CHAIN_HOOK);
    if (!hook) return 0;
    const struct nlattr *number =
        find((const char *)(hook + 1), hook->nla_len - sizeof *hook, NFTA_HOOK_HOOKNUM);
    if (number_of(number, NF_INET_NUMHOOKS) != NF_INET_FORWARD) return 0;
    const struct nlattr *name = find(start, length, NFTA_CHAIN_NAME), *owner = find(start, length, NFTA_CHAIN_TABLE);
    int written = snprintf(
        text, size, "%u %s %s %u\n", body->nfgen_family, owner ? text_of(owner) : "-", name ? text_of(name) : "-",
        number_of(find(start, length, NFTA_CHAIN_POLICY), NF_ACCEPT));
    return written > 0 && (size_t)written < size ? written : 0;
}

int sph_forward_chains(char *text, size_t size) {
    static char answer[65536];
    struct batch batch = {.length = 0};
    struct nfgenmsg body = {.nfgen_family = NFPROTO_UNSPEC, .version = NFNETLINK_V0};
    size_t written = 0;
    int error = 0, is_done = 0;
    if (size == 0) return EINVAL;
    text[0] = 0;
    begin(&batch, NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETCHAIN, NLM_F_DUMP, &body, sizeof body);
    int netlink = open_netlink(NETLINK_NETFILTER);
    if (netlink < 0) return errno;
    if (send(netlink, batch.bytes, batch.length, 0) < 0) error = errno;
    while (!error && !is_done) {
        ssize_t count = recv(netlink, answer, sizeof answer, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            error = count < 0 ? errno : EPIPE;
            break;
        }
        struct nlmsghdr *header = (struct nlmsghdr *)answer;
        size_t rest = (size_t)count;
        for (; NLMSG_OK(header, rest) && !is_done; header = NLMSG_NEXT(header, rest)) {
            if (header->nlmsg_type == NLMSG_DONE) is_done = 1;
            else if (header->nlmsg_type == NLMSG_ERROR) {
                error = -((struct nlmsgerr *)NLMSG_DATA(header))->error;
                is_done = 1;
            } else written += (size_t)describe(header, text + written, size - written);
        }
    }
    close(netlink);
    return error;
}
