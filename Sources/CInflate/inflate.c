#include "CInflate.h"

#include "huffman.h"

#include <stdlib.h>
#include <string.h>

enum {
    // Distances reach this far back (RFC 1951, 2).
    WINDOW = 32 << 10,
    OUTPUT = 256 << 10,
    INPUT = 64 << 10,
    // More than one round of the loop takes or makes: three literals and a match, read and copied in words.
    INPUT_MARGIN = 40,
    OUTPUT_MARGIN = 320,
    // More than a block's description can be: 14 bits, 19 codes of 3, 320 of 14.
    HEADER_BYTES = 600,
    // Zeros behind the end of all input, so that the loop may read on and find out afterwards.
    PADDING = 64,
};

enum position { AT_HEADER, IN_STORED, IN_BLOCK, AT_END };

struct sph_inflate {
    uint64_t bits;
    // How many of `bits` are valid.
    unsigned bit_count;
    enum position position;
    bool is_last_block, has_fixed_tables, input_is_finished;
    // Bytes of a stored block that are still to come.
    unsigned stored;
    // Consumed and supplied, in `input`; `input` goes on with PADDING zeros when it is finished.
    size_t in, in_end;
    // Where the next byte goes, and where what the caller has not seen begins, in `output`.
    size_t out, out_begin;
    uint32_t literals[LITERAL_ENTRIES];
    uint32_t distances[DISTANCE_ENTRIES];
    uint8_t input[INPUT + PADDING];
    uint8_t output[WINDOW + OUTPUT + OUTPUT_MARGIN];
};

struct sph_inflate *sph_inflate_new(void) { return calloc(1, sizeof(struct sph_inflate)); }

void sph_inflate_free(struct sph_inflate *s) { free(s); }

void sph_inflate_begin(struct sph_inflate *s)
{
    s->bits = s->bit_count = 0;
    s->position = AT_HEADER;
    s->is_last_block = false;
    // A new stream must not see the window of the one before it.
    s->out = s->out_begin = 0;
}

size_t sph_inflate_supply(struct sph_inflate *s, const uint8_t *bytes, size_t count)
{
    // Bytes whose bits were only looked at may be given back.
    const size_t held = s->bit_count >> 3, start = s->in - held;
    if (start > 0) {
        memmove(s->input, s->input + start, s->in_end - start);
        s->in_end -= start;
        s->in = held;
    }
    if (count > INPUT - s->in_end) count = INPUT - s->in_end;
    if (count > 0) memcpy(s->input + s->in_end, bytes, count);
    s->in_end += count;
    return count;
}

void sph_inflate_finish_input(struct sph_inflate *s)
{
    s->input_is_finished = true;
    memset(s->input + s->in_end, 0, PADDING);
}

const uint8_t *sph_inflate_rest(const struct sph_inflate *s, size_t *count)
{
    *count = s->in_end - s->in;
    return s->input + s->in;
}

void sph_inflate_skip(struct sph_inflate *s, size_t count)
{
    s->in += count <= s->in_end - s->in ? count : s->in_end - s->in;
}

static inline uint64_t load64(const uint8_t *from)
{
    uint64_t word;
    memcpy(&word, from, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline void copy64(uint8_t *to, const uint8_t *from)
{
    uint64_t word;
    memcpy(&word, from, sizeof word);
    memcpy(to, &word, sizeof word);
}

static inline uint64_t low_bits(uint64_t bits, unsigned count) { return bits & ((1ull << count) - 1); }

// At least 56 bits are valid afterwards. What is above them is right as well, only not counted.
static inline void refill(const uint8_t **in, uint64_t *bits, unsigned *bit_count)
{
    *bits |= load64(*in) << (*bit_count & 63);
    *in += (63 - (*bit_count & 63)) >> 3;
    *bit_count |= 56;
}

// Gives whole bytes back that were only looked at.
static void return_bytes(struct sph_inflate *s)
{
    s->in -= s->bit_count >> 3;
    s->bit_count &= 7;
    s->bits = low_bits(s->bits, s->bit_count);
}

// MARK: - Headers of blocks

// Looks ahead where speed does not matter. The input goes on with zeros at its end; that somebody needed them is found
// out later, and behind them nothing is read.
static void look_ahead(struct sph_inflate *s)
{
    if (s->in > s->in_end + PADDING - 8) return;
    const uint8_t *in = s->input + s->in;
    refill(&in, &s->bits, &s->bit_count);
    s->in = (size_t)(in - s->input);
}

static unsigned take(struct sph_inflate *s, unsigned count)
{
    if (s->bit_count < count) look_ahead(s);
    if (s->bit_count < count) return 0;
    const unsigned value = (unsigned)low_bits(s->bits, count);
    s->bits >>= count;
    s->bit_count -= count;
    return value;
}

// Whether more was taken than there is.
static bool is_beyond_end(const struct sph_inflate *s) { return s->in - (s->bit_count >> 3) > s->in_end; }

static bool use_fixed_tables(struct sph_inflate *s)
{
    if (s->has_fixed_tables) return true;
    uint8_t lengths[LITERAL_SYMBOLS];
    memset(lengths, 8, 144);
    memset(lengths + 144, 9, 112);
    memset(lengths + 256, 7, 24);
    memset(lengths + 280, 8, 8);
    if (!sph_make_table(s->literals, &sph_literal_code, lengths, LITERAL_SYMBOLS, false)) return false;
    memset(lengths, 5, DISTANCE_SYMBOLS);
    s->has_fixed_tables = sph_make_table(s->distances, &sph_distance_code, lengths, DISTANCE_SYMBOLS, false);
    return s->has_fixed_tables;
}

static bool read_lengths(struct sph_inflate *s, uint8_t *lengths, unsigned count, const uint32_t *table)
{
    for (unsigned have = 0; have < count;) {
        look_ahead(s);
        const uint32_t entry = table[low_bits(s->bits, LENGTH_CODE_BITS)];
        if (entry & ENTRY_SPECIAL) return false;
        (void)take(s, entry & 0xFF);
        const unsigned symbol = entry >> 16;
        if (symbol < 16) {
            lengths[have++] = (uint8_t)symbol;
            continue;
        }
        uint8_t value = 0;
        unsigned repeats;
        if (symbol == 16) {
            if (have == 0) return false;
            value = lengths[have - 1];
            repeats = 3 + take(s, 2);
        } else if (symbol == 17) {
            repeats = 3 + take(s, 3);
        } else {
            repeats = 11 + take(s, 7);
        }
        if (repeats > count - have) return false;
        memset(lengths + have, value, repeats);
        have += repeats;
    }
    return true;
}

static bool read_tables(struct sph_inflate *s)
{
    static const uint8_t order[LENGTH_CODE_SYMBOLS] = {
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    const unsigned literals = 257 + take(s, 5), distances = 1 + take(s, 5), codes = 4 + take(s, 4);
    // As zlib: the two symbols beyond mean nothing.
    if (literals > 286 || distances > 30) return false;
    uint8_t code_lengths[LENGTH_CODE_SYMBOLS] = {0};
    for (unsigned i = 0; i < codes; i++) code_lengths[order[i]] = (uint8_t)take(s, 3);
    uint32_t table[LENGTH_CODE_ENTRIES];
    if (!sph_make_table(table, &sph_length_code, code_lengths, LENGTH_CODE_SYMBOLS, false)) return false;
    uint8_t lengths[LITERAL_SYMBOLS + DISTANCE_SYMBOLS];
    if (!read_lengths(s, lengths, literals + distances, table)) return false;
    // A block that cannot end.
    if (lengths[256] == 0) return false;
    s->has_fixed_tables = false;
    return sph_make_table(s->literals, &sph_literal_code, lengths, literals, true)
        && sph_make_table(s->distances, &sph_distance_code, lengths + literals, distances, true);
}

static bool read_header(struct sph_inflate *s)
{
    s->is_last_block = take(s, 1);
    switch (take(s, 2)) {
    case 0:
        (void)take(s, s->bit_count & 7);
        s->stored = take(s, 16);
        if (take(s, 16) != (~s->stored & 0xFFFF)) return false;
        return_bytes(s);
        s->position = IN_STORED;
        return true;
    case 1:
        s->position = IN_BLOCK;
        return use_fixed_tables(s);
    case 2:
        s->position = IN_BLOCK;
        return read_tables(s);
    default:
        return false;
    }
}

// MARK: - Content of blocks

static void copy_stored(struct sph_inflate *s)
{
    size_t count = s->stored;
    if (count > s->in_end - s->in) count = s->in_end - s->in;
    if (count > WINDOW + OUTPUT - s->out) count = WINDOW + OUTPUT - s->out;
    memcpy(s->output + s->out, s->input + s->in, count);
    s->in += count;
    s->out += count;
    s->stored -= (unsigned)count;
    if (s->stored == 0) s->position = s->is_last_block ? AT_END : AT_HEADER;
}

// Copies in words, some bytes too far, which the next ones overwrite. Most matches are short: that many words are
// copied without asking.
static inline uint8_t *copy_match(uint8_t *out, size_t distance, size_t length)
{
    const uint8_t *from = out - distance;
    uint8_t *const end = out + length;
    if (distance >= 8) {
        for (int i = 0; i < 4; i++, out += 8, from += 8) copy64(out, from);
        while (out < end) {
            copy64(out, from);
            out += 8;
            from += 8;
        }
    } else if (distance == 1) {
        const uint64_t word = 0x0101010101010101ull * *from;
        for (int i = 0; i < 4; i++, out += 8) memcpy(out, &word, sizeof word);
        while (out < end) {
            memcpy(out, &word, sizeof word);
            out += 8;
        }
    } else {
        // Of every word, as many bytes as the distance are right.
        do {
            copy64(out, from);
            out += distance;
            from += distance;
        } while (out < end);
    }
    return end;
}

// Decodes symbols while there is input and room for whole ones; false when they mean nothing.
//
// What follows is looked up before it is needed, and bits above the lowest six of `bit_count` mean nothing: both save
// the processor waiting.
static inline __attribute__((always_inline)) bool decode(struct sph_inflate *s)
{
    const uint8_t *in = s->input + s->in;
    const uint8_t *const in_limit = s->input + s->in_end + (s->input_is_finished ? PADDING : 0) - INPUT_MARGIN;
    uint8_t *out = s->output + s->out;
    uint8_t *const out_limit = s->output + WINDOW + OUTPUT;
    uint64_t bits = s->bits, before;
    unsigned bit_count = s->bit_count;
    bool is_valid = true;

#define CONSUME(entry) (before = bits, bits >>= (entry) & 63, bit_count -= (entry))
#define VALUE(entry) (((entry) >> 16) + (low_bits(before, (entry) & 63) >> ((entry) >> 8 & 15)))
    if (in >= in_limit) return true;
    refill(&in, &bits, &bit_count);
    uint32_t entry = s->literals[low_bits(bits, LITERAL_BITS)];
    do {
        CONSUME(entry);
        if (entry & ENTRY_LITERAL) {
            *out++ = (uint8_t)(entry >> 16);
            entry = s->literals[low_bits(bits, LITERAL_BITS)];
            CONSUME(entry);
            if (entry & ENTRY_LITERAL) {
                *out++ = (uint8_t)(entry >> 16);
                entry = s->literals[low_bits(bits, LITERAL_BITS)];
                CONSUME(entry);
                if (entry & ENTRY_LITERAL) {
                    *out++ = (uint8_t)(entry >> 16);
                    refill(&in, &bits, &bit_count);
                    entry = s->literals[low_bits(bits, LITERAL_BITS)];
                    continue;
                }
            }
        }
        if (entry & ENTRY_SPECIAL) {
            if (entry & ENTRY_SUBTABLE) {
                entry = s->literals[(entry >> 16) + low_bits(bits, entry >> 8 & 15)];
                CONSUME(entry);
                if (entry & ENTRY_LITERAL) {
                    *out++ = (uint8_t)(entry >> 16);
                    refill(&in, &bits, &bit_count);
                    entry = s->literals[low_bits(bits, LITERAL_BITS)];
                    continue;
                }
            }
            if (entry & ENTRY_SPECIAL) {
                is_valid = entry & ENTRY_END;
                s->position = s->is_last_block ? AT_END : AT_HEADER;
                break;
            }
        }
        const size_t length = VALUE(entry);
        refill(&in, &bits, &bit_count);
        entry = s->distances[low_bits(bits, DISTANCE_BITS)];
        CONSUME(entry);
        if (entry & ENTRY_SPECIAL) {
            if (entry & ENTRY_SUBTABLE) {
                entry = s->distances[(entry >> 16) + low_bits(bits, entry >> 8 & 15)];
                CONSUME(entry);
            }
            if (entry & ENTRY_SPECIAL) {
                is_valid = false;
                break;
            }
        }
        const size_t distance = VALUE(entry);
        if (distance > (size_t)(out - s->output)) {
            is_valid = false;
            break;
        }
        refill(&in, &bits, &bit_count);
        entry = s->literals[low_bits(bits, LITERAL_BITS)];
        out = copy_match(out, distance, length);
    } while (in < in_limit && out < out_limit);
#undef CONSUME
#undef VALUE
    s->in = (size_t)(in - s->input);
    s->out = (size_t)(out - s->output);
    s->bits = bits;
    s->bit_count = bit_count & 63;
    return is_valid;
}

// MARK: - The stream

// Keeps the window, and makes room behind it.
static void slide(struct sph_inflate *s)
{
    if (s->out < WINDOW + OUTPUT) return;
    memmove(s->output, s->output + s->out - WINDOW, WINDOW);
    s->out = WINDOW;
}

enum sph_inflate_state sph_inflate_run(struct sph_inflate *s, const uint8_t **output, size_t *count)
{
    slide(s);
    s->out_begin = s->out;
    *output = s->output + s->out_begin;
    *count = 0;
    while (s->position != AT_END && s->out < WINDOW + OUTPUT) {
        const size_t left = s->in_end > s->in ? s->in_end - s->in : 0;
        const size_t needed =
            s->position == AT_HEADER ? HEADER_BYTES : s->position == IN_BLOCK ? INPUT_MARGIN + 1 : s->stored > 0;
        if (!s->input_is_finished && left < needed) {
            *count = s->out - s->out_begin;
            return SPH_INFLATE_HUNGRY;
        }
        bool is_valid = true;
        switch (s->position) {
        case AT_HEADER: is_valid = read_header(s); break;
        case IN_BLOCK: is_valid = decode(s); break;
        case IN_STORED:
            if (s->stored > 0 && left == 0) return SPH_INFLATE_TRUNCATED;
            copy_stored(s);
            break;
        case AT_END: break;
        }
        if (s->input_is_finished && is_beyond_end(s)) return SPH_INFLATE_TRUNCATED;
        if (!is_valid) return SPH_INFLATE_DAMAGED;
    }
    *count = s->out - s->out_begin;
    if (s->position != AT_END) return SPH_INFLATE_OUTPUT;
    return_bytes(s);
    s->bits = s->bit_count = 0;
    return SPH_INFLATE_ENDED;
}
