// Many bytes at a time: Swift's own vectors are not made into the machine's.
#define _GNU_SOURCE
#include "CSearch.h"

#include <string.h>
#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#endif

static inline bool is_text(const csearch_text *text, const uint8_t *bytes, size_t room) {
    if (room < text->length) return false;
    for (size_t index = 0; index < text->length; index++) {
        if ((bytes[index] | text->folds[index]) != text->bytes[index]) return false;
    }
    return true;
}

static inline bool is_one(const csearch_finder *finder, size_t texts, const uint8_t *bytes, size_t room) {
    for (size_t index = 0; index < texts; index++) {
        if (is_text(&finder->texts[index], bytes, room)) return true;
    }
    return false;
}

#define SCAN(name) name##_16
#define SCAN_BYTES 16
#define SCAN_TARGET
#include "scan.h"

#ifdef __x86_64__
#define SCAN(name) name##_32
#define SCAN_BYTES 32
#define SCAN_TARGET __attribute__((target("avx2")))
#include "scan.h"

/// Whether processor and kernel have vectors of 32 bytes.
static __attribute__((target("xsave"))) bool has_wide_vectors(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_AVX)) return false;
    if ((_xgetbv(0) & 6) != 6) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX2);
}
#else
static bool has_wide_vectors(void) { return false; }
#endif

bool csearch_add(
    csearch_finder *finder, const uint8_t *bytes, size_t length, bool ignores_case, size_t first, size_t second) {
    if (finder->count == CSEARCH_TEXTS || length == 0 || length > CSEARCH_LENGTH || first >= length || second >= length) {
        return false;
    }
    if (finder->count == 0) finder->is_wide = has_wide_vectors();
    csearch_text *text = &finder->texts[finder->count++];
    text->length = length;
    text->first = first;
    text->second = second;
    for (size_t index = 0; index < length; index++) {
        const uint8_t low = bytes[index] | 0x20;
        const bool is_letter = low >= 'a' && low <= 'z';
        text->folds[index] = ignores_case && is_letter ? 0x20 : 0;
        finder->folds |= text->folds[index] != 0;
        text->bytes[index] = bytes[index] | text->folds[index];
    }
    return true;
}

size_t csearch_find(const csearch_finder *finder, const uint8_t *bytes, size_t count, size_t from) {
    if (finder->count == 0) return SIZE_MAX;
#ifdef __x86_64__
    if (finder->is_wide) return search_32(finder, bytes, count, from);
#endif
    return search_16(finder, bytes, count, from);
}

size_t csearch_line_start(const uint8_t *bytes, size_t start, size_t place) {
    if (place <= start) return start;
    const uint8_t *newline = memrchr(bytes + start, '\n', place - start);
    return newline ? (size_t)(newline - bytes) + 1 : start;
}

unsigned csearch_survey(const uint8_t *bytes, size_t count) {
    block_16 high = all_16(0), carriage = all_16(0);
    size_t place = 0;
    for (; place + sizeof(block_16) <= count; place += sizeof(block_16)) {
        const block_16 value = load_16(bytes + place);
        high |= value;
        carriage |= (block_16)(value == all_16(0x0d));
    }
    block_16 rest = all_16(0);
    memcpy(&rest, bytes + place, count - place);
    high |= rest;
    carriage |= (block_16)(rest == all_16(0x0d));
    return (is_any_16(high & all_16(0x80)) ? CSEARCH_BEYOND_ASCII : 0) | (is_any_16(carriage) ? CSEARCH_RETURN : 0);
}
