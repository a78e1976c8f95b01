// Decompression of raw deflate streams (RFC 1951) with a fixed amount of memory.
//
// zlib takes nearly twice as long; libdeflate, whose tables and inner loop these follow, wants all of a stream in
// memory; isa-l, a little faster, is no library to link statically on Debian.
#ifndef SPYHOP_CINFLATE_H
#define SPYHOP_CINFLATE_H

#include <stddef.h>
#include <stdint.h>

struct sph_inflate;

enum sph_inflate_state {
    // `sph_inflate_supply` must bring more, or tell that there is no more.
    SPH_INFLATE_HUNGRY,
    // Some output is there, to be used before the next call.
    SPH_INFLATE_OUTPUT,
    // The stream has ended; there may be output, too. What was supplied and not consumed follows it.
    SPH_INFLATE_ENDED,
    // The input ends within the stream.
    SPH_INFLATE_TRUNCATED,
    // The input is no deflate stream.
    SPH_INFLATE_DAMAGED,
};

// NULL when there is no memory.
struct sph_inflate *sph_inflate_new(void);
void sph_inflate_free(struct sph_inflate *stream);

// Begins a new stream with what is left of the input.
void sph_inflate_begin(struct sph_inflate *stream);

// Copies input; answers how much of it there was room for.
size_t sph_inflate_supply(struct sph_inflate *stream, const uint8_t *bytes, size_t count);

// No more input will come.
void sph_inflate_finish_input(struct sph_inflate *stream);

// Input that is not consumed yet. Only between streams, where the frame around them is read.
const uint8_t *sph_inflate_rest(const struct sph_inflate *stream, size_t *count);
void sph_inflate_skip(struct sph_inflate *stream, size_t count);

// Decompresses until something must be told. `output` is valid until the next call.
enum sph_inflate_state sph_inflate_run(struct sph_inflate *stream, const uint8_t **output, size_t *count);

#endif
