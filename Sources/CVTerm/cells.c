#include "CVTerm.h"

#include <string.h>

/* What libvterm puts behind a wide character. */
#define RIGHT_HALF ((uint32_t)-1)

static uint32_t color(const VTermColor *color, int is_default) {
    if (is_default) return 0;
    if (VTERM_COLOR_IS_INDEXED(color)) return 1u << 24 | color->indexed.idx;
    return 2u << 24 | (uint32_t)color->rgb.red << 16 | (uint32_t)color->rgb.green << 8 | color->rgb.blue;
}

static void read_cell(const VTermScreenCell *from, struct spv_cell *cell) {
    int is_right = from->chars[0] == RIGHT_HALF;
    for (int i = 0; i < 3; i++) cell->chars[i] = 0;
    for (int i = 0; i < 3 && !is_right && from->chars[i]; i++) cell->chars[i] = from->chars[i];
    cell->width = is_right ? 0 : from->width == 2 ? 2 : 1;
    cell->attributes = (from->attrs.bold ? SPV_BOLD : 0) | (from->attrs.italic ? SPV_ITALIC : 0)
        | (from->attrs.underline ? SPV_UNDERLINE : 0) | (from->attrs.reverse ? SPV_REVERSE : 0)
        | (from->attrs.strike ? SPV_STRIKE : 0);
    cell->foreground = color(&from->fg, VTERM_COLOR_IS_DEFAULT_FG(&from->fg));
    cell->background = color(&from->bg, VTERM_COLOR_IS_DEFAULT_BG(&from->bg));
}

void spv_row(const VTermScreen *screen, int row, int columns, struct spv_cell *cells) {
    for (int column = 0; column < columns; column++) {
        VTermScreenCell cell;
        memset(&cell, 0, sizeof cell);
        vterm_screen_get_cell(screen, (VTermPos){.row = row, .col = column}, &cell);
        read_cell(&cell, &cells[column]);
    }
}

int spv_used(const struct spv_cell *cells, int count) {
    const int visible = SPV_UNDERLINE | SPV_REVERSE | SPV_STRIKE;
    while (count > 0) {
        const struct spv_cell *last = &cells[count - 1];
        if (last->width != 1 || (last->chars[0] && last->chars[0] != ' ') || last->chars[1] || last->background
            || (last->attributes & visible))
            break;
        count--;
    }
    return count;
}

void spv_read(const VTermScreenCell *from, int count, struct spv_cell *cells) {
    for (int i = 0; i < count; i++) read_cell(&from[i], &cells[i]);
}

static void write_color(uint32_t value, int default_bit, VTermColor *to) {
    if (value >> 24 == 1) {
        vterm_color_indexed(to, (uint8_t)value);
    } else {
        vterm_color_rgb(to, (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value);
        if (!value) to->type |= (uint8_t)default_bit;
    }
}

void spv_write(const struct spv_cell *cells, int count, VTermScreenCell *to) {
    memset(to, 0, sizeof *to * (size_t)count);
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < 3; k++) to[i].chars[k] = cells[i].chars[k];
        /* libvterm writes the right half itself, and steps over it by this width. */
        to[i].width = cells[i].width == 2 && i + 1 < count ? 2 : 1;
        to[i].attrs.bold = !!(cells[i].attributes & SPV_BOLD);
        to[i].attrs.italic = !!(cells[i].attributes & SPV_ITALIC);
        to[i].attrs.underline = cells[i].attributes & SPV_UNDERLINE ? VTERM_UNDERLINE_SINGLE : 0;
        to[i].attrs.reverse = !!(cells[i].attributes & SPV_REVERSE);
        to[i].attrs.strike = !!(cells[i].attributes & SPV_STRIKE);
        write_color(cells[i].foreground, VTERM_COLOR_DEFAULT_FG, &to[i].fg);
        write_color(cells[i].background, VTERM_COLOR_DEFAULT_BG, &to[i].bg);
    }
}
