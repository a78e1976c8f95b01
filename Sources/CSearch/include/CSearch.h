#ifndef SPYHOP_CSEARCH_H
#define SPYHOP_CSEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Texts that one finder looks for at once, at most.
#define CSEARCH_TEXTS 8
/// Bytes of a text that are looked at, at most.
#define CSEARCH_LENGTH 32

/// A text: a byte matches when it is `bytes[i]` once the bits of `folds[i]` are set.
typedef struct {
    uint8_t bytes[CSEARCH_LENGTH];
    uint8_t folds[CSEARCH_LENGTH];
    size_t length;
    /// Places of the two bytes that are looked for first: the rarest.
    size_t first, second;
} csearch_text;

/// Texts of which one is to be found.
typedef struct {
    csearch_text texts[CSEARCH_TEXTS];
    size_t count;
    /// Some bytes are folded.
    bool folds;
    /// The processor has vectors of 32 bytes.
    bool is_wide;
} csearch_finder;

/// Adds a text of 1 to `CSEARCH_LENGTH` bytes, of which the ones at `first` and `second` are looked for first; false when
/// there is no room for it. Where case does not count, ASCII letters match whatever theirs is.
bool csearch_add(
    csearch_finder *finder, const uint8_t *bytes, size_t length, bool ignores_case, size_t first, size_t second);

/// Where one of the texts begins at or behind `from`; `SIZE_MAX` when none does.
size_t csearch_find(const csearch_finder *finder, const uint8_t *bytes, size_t count, size_t from);

/// Behind the last newline before `place`, not before `start`.
size_t csearch_line_start(const uint8_t *bytes, size_t start, size_t place);

enum { CSEARCH_BEYOND_ASCII = 1, CSEARCH_RETURN = 2 };

/// Which of bytes beyond ASCII and carriage returns are among `bytes`.
unsigned csearch_survey(const uint8_t *bytes, size_t count);

#endif
