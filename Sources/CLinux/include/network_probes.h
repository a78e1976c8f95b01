// Asks the kernel what it has for containers' networks: in children, in network namespaces that end with them, except for
// the look at the rules that are there already.
#ifndef SPYHOP_NETWORK_PROBES_H
#define SPYHOP_NETWORK_PROBES_H

#include <stddef.h>

// Makes an interface of a kind (`bridge`, `veth`) in a namespace of its own. 0 or an errno, as the next one.
int sph_probe_link(const char *kind, int as_user);

// Makes a table of nf_tables that belongs to its socket (NFT_TABLE_F_OWNER, Linux 5.12); with `translates` also a chain and
// rules of the kinds that published ports and masquerading are made of.
int sph_probe_table(int translates, int as_user);

// The chains of nf_tables that packets pass on their way through this host, written to `text`: a line each, `FAMILY TABLE CHAIN
// POLICY`, family 1 inet, 2 ip, 7 bridge, 10 ip6 and policy 0 drop, 1 accept. 0, or an errno.
int sph_forward_chains(char *text, size_t size);

#endif
