#ifndef SPYHOP_CVTERM_H
#define SPYHOP_CVTERM_H

#include <stddef.h>
#include <stdint.h>
#include <vterm.h>

/* Glibc's module leaves these out, since it is built without _XOPEN_SOURCE. */
int posix_openpt(int flags);
int grantpt(int descriptor);
int unlockpt(int descriptor);
int ptsname_r(int descriptor, char *buffer, unsigned long length);

/* A cell without bit fields and unions, which Swift reads slowly. */
struct spv_cell {
    /* A base and up to two marks; 0: none. */
    uint32_t chars[3];
    /* 0: the terminal's own; 1 << 24 and an index; 2 << 24 and red, green, blue. */
    uint32_t foreground, background;
    uint8_t attributes;
    /* 1 or 2; 0 for the right half of a wide character. */
    uint8_t width;
};

enum { SPV_BOLD = 1, SPV_ITALIC = 2, SPV_UNDERLINE = 4, SPV_REVERSE = 8, SPV_STRIKE = 16 };

/* The cells of one row of the screen. */
void spv_row(const VTermScreen *screen, int row, int columns, struct spv_cell *cells);
/* How many of them there are without the blanks at the end, which show nothing. */
int spv_used(const struct spv_cell *cells, int count);
/* The same as spv_row for cells that the screen hands over, and back to it. */
void spv_read(const VTermScreenCell *from, int count, struct spv_cell *cells);
void spv_write(const struct spv_cell *cells, int count, VTermScreenCell *to);

#endif
