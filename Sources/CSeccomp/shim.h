#ifndef SPYHOP_SECCOMP_SHIM_H
#define SPYHOP_SECCOMP_SHIM_H

#include <errno.h>
#include <seccomp.h>

// The actions and architectures are macros with casts or arguments, which Swift does not import.
static inline uint32_t sph_seccomp_allow(void) { return SCMP_ACT_ALLOW; }
static inline uint32_t sph_seccomp_kill_process(void) { return SCMP_ACT_KILL_PROCESS; }
static inline uint32_t sph_seccomp_kill_thread(void) { return SCMP_ACT_KILL_THREAD; }
static inline uint32_t sph_seccomp_trap(void) { return SCMP_ACT_TRAP; }
static inline uint32_t sph_seccomp_notify(void) { return SCMP_ACT_NOTIFY; }
static inline uint32_t sph_seccomp_log(void) { return SCMP_ACT_LOG; }
static inline uint32_t sph_seccomp_errno(uint32_t number) { return SCMP_ACT_ERRNO(number); }
static inline uint32_t sph_seccomp_trace(uint32_t number) { return SCMP_ACT_TRACE(number); }

#endif
