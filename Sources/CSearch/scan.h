// Looks for the texts of a finder, `SCAN_BYTES` bytes at a time; included for each width, with `SCAN` to name what it makes
// and `SCAN_TARGET` to say for which processors.
typedef uint8_t SCAN(block) __attribute__((vector_size(SCAN_BYTES)));
typedef uint64_t SCAN(words) __attribute__((vector_size(SCAN_BYTES)));

/// What is looked for first of a text, in every byte of a block.
typedef struct {
    SCAN(block) first, second, first_fold, second_fold;
    size_t first_place, second_place;
} SCAN(needle);

static inline __attribute__((always_inline)) SCAN_TARGET SCAN(block) SCAN(load)(const uint8_t *bytes) {
    SCAN(block) value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static inline __attribute__((always_inline)) SCAN_TARGET SCAN(block) SCAN(all)(uint8_t byte) {
    return (SCAN(block)){} + byte;
}

static inline __attribute__((always_inline)) SCAN_TARGET bool SCAN(is_any)(SCAN(block) value) {
    const SCAN(words) words = (SCAN(words))value;
    uint64_t any = 0;
    for (size_t index = 0; index < sizeof words / sizeof any; index++) any |= words[index];
    return any != 0;
}

static inline __attribute__((always_inline)) SCAN_TARGET SCAN(block) SCAN(candidates)(
    const SCAN(needle) *needles, const uint8_t *bytes, const size_t texts, const bool folds) {
    SCAN(block) candidates = SCAN(all)(0);
    for (size_t index = 0; index < texts; index++) {
        const SCAN(needle) *own = &needles[index];
        SCAN(block) first = SCAN(load)(bytes + own->first_place), second = SCAN(load)(bytes + own->second_place);
        if (folds) {
            first |= own->first_fold;
            second |= own->second_fold;
        }
        candidates |= (SCAN(block))(first == own->first) & (SCAN(block))(second == own->second);
    }
    return candidates;
}

/// Made anew for each number of texts, whose bytes then stay in registers.
static inline __attribute__((always_inline)) SCAN_TARGET size_t SCAN(find)(
    const csearch_finder *finder, const uint8_t *bytes, size_t count, size_t from, const size_t texts,
    const bool folds) {
    enum { blocks = 4, step = blocks * SCAN_BYTES };
    SCAN(needle) needles[CSEARCH_TEXTS];
    for (size_t index = 0; index < texts; index++) {
        const csearch_text *text = &finder->texts[index];
        needles[index] = (SCAN(needle)){
            .first = SCAN(all)(text->bytes[text->first]),
            .second = SCAN(all)(text->bytes[text->second]),
            .first_fold = SCAN(all)(text->folds[text->first]),
            .second_fold = SCAN(all)(text->folds[text->second]),
            .first_place = text->first,
            .second_place = text->second,
        };
    }
    size_t place = from;
    for (; place + step + CSEARCH_LENGTH <= count; place += step) {
        SCAN(block) candidates[blocks], any = SCAN(all)(0);
        for (size_t index = 0; index < blocks; index++) {
            candidates[index] = SCAN(candidates)(needles, bytes + place + index * SCAN_BYTES, texts, folds);
            any |= candidates[index];
        }
        if (__builtin_expect(!SCAN(is_any)(any), 1)) continue;
        for (size_t word = 0; word < step; word += 8) {
            uint64_t marks;
            memcpy(&marks, (const uint8_t *)candidates + word, sizeof marks);
            while (marks != 0) {
                const size_t lane = word + (size_t)__builtin_ctzll(marks) / 8;
                if (is_one(finder, texts, bytes + place + lane, count - place - lane)) return place + lane;
                marks &= ~(UINT64_C(0xff) << (lane - word) * 8);
            }
        }
    }
    for (; place < count; place++) {
        if (is_one(finder, texts, bytes + place, count - place)) return place;
    }
    return SIZE_MAX;
}

static SCAN_TARGET size_t SCAN(search)(
    const csearch_finder *finder, const uint8_t *bytes, size_t count, size_t from) {
    if (finder->folds) {
        switch (finder->count) {
        case 1: return SCAN(find)(finder, bytes, count, from, 1, true);
        case 2: return SCAN(find)(finder, bytes, count, from, 2, true);
        case 3: return SCAN(find)(finder, bytes, count, from, 3, true);
        case 4: return SCAN(find)(finder, bytes, count, from, 4, true);
        default: return SCAN(find)(finder, bytes, count, from, finder->count, true);
        }
    }
    switch (finder->count) {
    case 1: return SCAN(find)(finder, bytes, count, from, 1, false);
    case 2: return SCAN(find)(finder, bytes, count, from, 2, false);
    case 3: return SCAN(find)(finder, bytes, count, from, 3, false);
    case 4: return SCAN(find)(finder, bytes, count, from, 4, false);
    default: return SCAN(find)(finder, bytes, count, from, finder->count, false);
    }
}

#undef SCAN
#undef SCAN_BYTES
#undef SCAN_TARGET
