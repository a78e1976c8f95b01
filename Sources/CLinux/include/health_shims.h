// System calls for room Monitor that only its health checks need; the rules are those of monitor_shims.h.
#ifndef SPYHOP_HEALTH_SHIMS_H
#define SPYHOP_HEALTH_SHIMS_H

// Two ends of a stream; frames have no borders there, as on the monitor's socket.
int monitor_stream_pair(int ends[2]);

#endif
