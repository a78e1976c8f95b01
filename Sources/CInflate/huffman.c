#include "huffman.h"

#include <string.h>

#define LITERAL(byte) (ENTRY_LITERAL | (uint32_t)(byte) << 16)
#define BASE(base, extra) ((uint32_t)(base) << 16 | (extra))
#define LITERALS4(n) LITERAL(n), LITERAL((n) + 1), LITERAL((n) + 2), LITERAL((n) + 3)
#define LITERALS16(n) LITERALS4(n), LITERALS4((n) + 4), LITERALS4((n) + 8), LITERALS4((n) + 12)
#define LITERALS64(n) LITERALS16(n), LITERALS16((n) + 16), LITERALS16((n) + 32), LITERALS16((n) + 48)

static const uint32_t literal_meanings[LITERAL_SYMBOLS] = {
    LITERALS64(0), LITERALS64(64), LITERALS64(128), LITERALS64(192),
    ENTRY_SPECIAL | ENTRY_END,
    BASE(3, 0), BASE(4, 0), BASE(5, 0), BASE(6, 0), BASE(7, 0), BASE(8, 0), BASE(9, 0), BASE(10, 0),
    BASE(11, 1), BASE(13, 1), BASE(15, 1), BASE(17, 1), BASE(19, 2), BASE(23, 2), BASE(27, 2), BASE(31, 2),
    BASE(35, 3), BASE(43, 3), BASE(51, 3), BASE(59, 3), BASE(67, 4), BASE(83, 4), BASE(99, 4), BASE(115, 4),
    BASE(131, 5), BASE(163, 5), BASE(195, 5), BASE(227, 5), BASE(258, 0),
    ENTRY_SPECIAL, ENTRY_SPECIAL,
};

static const uint32_t distance_meanings[DISTANCE_SYMBOLS] = {
    BASE(1, 0), BASE(2, 0), BASE(3, 0), BASE(4, 0), BASE(5, 1), BASE(7, 1), BASE(9, 2), BASE(13, 2),
    BASE(17, 3), BASE(25, 3), BASE(33, 4), BASE(49, 4), BASE(65, 5), BASE(97, 5), BASE(129, 6), BASE(193, 6),
    BASE(257, 7), BASE(385, 7), BASE(513, 8), BASE(769, 8),
    BASE(1025, 9), BASE(1537, 9), BASE(2049, 10), BASE(3073, 10),
    BASE(4097, 11), BASE(6145, 11), BASE(8193, 12), BASE(12289, 12), BASE(16385, 13), BASE(24577, 13),
    ENTRY_SPECIAL, ENTRY_SPECIAL,
};

static const uint32_t length_code_meanings[LENGTH_CODE_SYMBOLS] = {
    BASE(0, 0), BASE(1, 0), BASE(2, 0), BASE(3, 0), BASE(4, 0),
    BASE(5, 0), BASE(6, 0), BASE(7, 0), BASE(8, 0), BASE(9, 0),
    BASE(10, 0), BASE(11, 0), BASE(12, 0), BASE(13, 0), BASE(14, 0), BASE(15, 0), BASE(16, 0), BASE(17, 0), BASE(18, 0),
};

const struct code sph_literal_code = {literal_meanings, LITERAL_SYMBOLS, LITERAL_BITS, LITERAL_ENTRIES};
const struct code sph_distance_code = {distance_meanings, DISTANCE_SYMBOLS, DISTANCE_BITS, DISTANCE_ENTRIES};
const struct code sph_length_code = {
    length_code_meanings, LENGTH_CODE_SYMBOLS, LENGTH_CODE_BITS, LENGTH_CODE_ENTRIES};

// Codes are read from their first bit on, which stands lowest in the stream.
static unsigned reversed(unsigned code, unsigned bits)
{
    unsigned result = 0;
    for (; bits > 0; bits--, code >>= 1) result = result << 1 | (code & 1);
    return result;
}

// The codes of every length begin where those of the length before end (RFC 1951, 3.2.2). False when there are too
// many.
static bool first_codes(
    unsigned first[MAX_CODE_BITS + 1], const unsigned counts[MAX_CODE_BITS + 1], bool may_be_incomplete)
{
    unsigned code = 0;
    int left = 1;
    unsigned longest = 0;
    for (unsigned bits = 1; bits <= MAX_CODE_BITS; bits++) {
        code = (code + (bits > 1 ? counts[bits - 1] : 0)) << 1;
        first[bits] = code;
        left = left * 2 - (int)counts[bits];
        if (left < 0) return false;
        if (counts[bits] > 0) longest = bits;
    }
    return left == 0 || (may_be_incomplete && longest <= 1);
}

bool sph_make_table(
    uint32_t *table, const struct code *code, const uint8_t *lengths, unsigned count, bool may_be_incomplete)
{
    unsigned counts[MAX_CODE_BITS + 1] = {0};
    unsigned first[MAX_CODE_BITS + 1], next[MAX_CODE_BITS + 1];
    const unsigned table_bits = code->table_bits, size = 1u << table_bits;
    if (count > code->symbols) return false;
    for (unsigned symbol = 0; symbol < count; symbol++) {
        if (lengths[symbol] > MAX_CODE_BITS) return false;
        counts[lengths[symbol]]++;
    }
    if (!first_codes(first, counts, may_be_incomplete)) return false;
    for (unsigned i = 0; i < size; i++) table[i] = ENTRY_SPECIAL;

    // How many bits choose in the subtable of every beginning that is not a whole code.
    uint8_t deeper[1u << LITERAL_BITS];
    memset(deeper, 0, size);
    memcpy(next, first, sizeof next);
    for (unsigned symbol = 0; symbol < count; symbol++) {
        const unsigned bits = lengths[symbol];
        if (bits <= table_bits) continue;
        const unsigned start = next[bits]++ >> (bits - table_bits);
        if (deeper[start] < bits - table_bits) deeper[start] = (uint8_t)(bits - table_bits);
    }
    unsigned used = size;
    for (unsigned start = 0; start < size; start++) {
        if (deeper[start] == 0) continue;
        const unsigned room = 1u << deeper[start];
        if (room > code->entries - used) return false;
        table[reversed(start, table_bits)] =
            ENTRY_SPECIAL | ENTRY_SUBTABLE | (uint32_t)used << 16 | (uint32_t)deeper[start] << 8 | table_bits;
        for (unsigned i = 0; i < room; i++) table[used + i] = ENTRY_SPECIAL;
        used += room;
    }

    memcpy(next, first, sizeof next);
    for (unsigned symbol = 0; symbol < count; symbol++) {
        const unsigned bits = lengths[symbol];
        if (bits == 0) continue;
        const unsigned place = reversed(next[bits]++, bits);
        if (bits <= table_bits) {
            const uint32_t entry = code->meanings[symbol] + (bits << 8) + bits;
            for (unsigned i = place; i < size; i += 1u << bits) table[i] = entry;
            continue;
        }
        const uint32_t above = table[place & (size - 1)];
        const unsigned rest = bits - table_bits;
        const uint32_t entry = code->meanings[symbol] + (rest << 8) + rest;
        for (unsigned i = place >> table_bits; i < 1u << (above >> 8 & 15); i += 1u << rest) {
            table[(above >> 16) + i] = entry;
        }
    }
    return true;
}
