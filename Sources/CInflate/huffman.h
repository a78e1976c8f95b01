// Decoding tables of Huffman codes.
#ifndef SPYHOP_HUFFMAN_H
#define SPYHOP_HUFFMAN_H

#include <stdbool.h>
#include <stdint.h>

// An entry says what a code means and how many bits to consume:
//   literal   bit 31, the byte in bits 16-23, the code's bits in 0-7
//   length    the base in bits 16-30, the code's bits in 8-11, those with the extra bits in 0-7; distances likewise
//   subtable  bits 15 and 14, where it begins in bits 16-30, the bits that choose in it in 8-11, this table's in 0-7
//   others    bit 15: the end of a block (and bit 13), or a code that means nothing
#define ENTRY_LITERAL 0x80000000u
#define ENTRY_SPECIAL 0x8000u
#define ENTRY_SUBTABLE 0x4000u
#define ENTRY_END 0x2000u

#define MAX_CODE_BITS 15
#define LITERAL_SYMBOLS 288
#define DISTANCE_SYMBOLS 32
#define LENGTH_CODE_SYMBOLS 19
#define LITERAL_BITS 11
#define DISTANCE_BITS 8
#define LENGTH_CODE_BITS 7
// What zlib's `enough` finds for these numbers of symbols and bits: no complete code needs more.
#define LITERAL_ENTRIES 2342
#define DISTANCE_ENTRIES 402
#define LENGTH_CODE_ENTRIES 128

struct code {
    const uint32_t *meanings;
    unsigned symbols;
    unsigned table_bits;
    unsigned entries;
};

extern const struct code sph_literal_code, sph_distance_code, sph_length_code;

// Fills `table` from the bits of every symbol's code; false when they are no code. As zlib has it, a code that is not
// complete is one only when it has a single symbol of one bit, or none, and `may_be_incomplete`.
bool sph_make_table(
    uint32_t *table, const struct code *code, const uint8_t *lengths, unsigned count, bool may_be_incomplete);

#endif
