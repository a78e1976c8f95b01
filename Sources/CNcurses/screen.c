#define _GNU_SOURCE 1
#include "CNcurses.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

static FILE *input, *output;

SCREEN *sph_screen_open(const char *term, const char *directory, int in, int out) {
    setlocale(LC_CTYPE, "");
    if (!input) input = fdopen(dup(in), "r");
    if (!output) output = fdopen(dup(out), "w");
    if (!input || !output) return NULL;
    const char *old = getenv("TERMINFO");
    char *kept = old ? strdup(old) : NULL;
    if (directory) setenv("TERMINFO", directory, 1);
    SCREEN *screen = newterm((char *)term, output, input);
    if (directory) {
        if (kept) setenv("TERMINFO", kept, 1);
        else unsetenv("TERMINFO");
    }
    free(kept);
    if (!screen) return NULL;
    set_term(screen);
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    meta(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    idlok(stdscr, FALSE);
    scrollok(stdscr, FALSE);
    leaveok(stdscr, TRUE);
    curs_set(0);
    set_escdelay(25);
    define_key("\033[200~", SPH_PASTE_BEGIN);
    define_key("\033[201~", SPH_PASTE_END);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    return screen;
}

void sph_screen_close(SCREEN *screen) {
    endwin();
    delscreen(screen);
    if (input) fclose(input);
    if (output) fclose(output);
    input = output = NULL;
}

int sph_lines(void) { return LINES; }
int sph_columns(void) { return COLS; }

void sph_resize(int rows, int cols) {
    if (rows > 0 && cols > 0) resize_term(rows, cols);
}

void sph_put(int y, int x, const uint32_t glyph[3], unsigned attributes, int pair) {
    wchar_t text[4] = {(wchar_t)glyph[0], (wchar_t)glyph[1], (wchar_t)glyph[2], 0};
    cchar_t cell;
    if (setcchar(&cell, text, (attr_t)attributes, 0, &pair) == ERR) return;
    mvadd_wchnstr(y, x, &cell, 1);
}

void sph_flush(int whole) {
    if (whole) clearok(stdscr, TRUE);
    refresh();
}

int sph_key(uint32_t *value) {
    wint_t key = 0;
    int kind = get_wch(&key);
    *value = key;
    return kind == ERR ? 0 : kind == KEY_CODE_YES ? 2 : 1;
}

int sph_mouse(int *x, int *y, unsigned long *state) {
    MEVENT event;
    if (getmouse(&event) == ERR) return 0;
    *x = event.x;
    *y = event.y;
    *state = event.bstate;
    return 1;
}

void sph_mouse_on(void) {
    mousemask(ALL_MOUSE_EVENTS | REPORT_MOUSE_POSITION, NULL);
    mouseinterval(0);
    /* ncurses makes one click of a press and a release that come together, and forgets a drag between them. */
    define_key("\033[<", SPH_MOUSE_REPORT);
}

int sph_pair(int pair, int foreground, int background) { return init_extended_pair(pair, foreground, background); }
int sph_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }
void sph_pairs_reset(void) { reset_color_pairs(); }
int sph_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
int sph_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }
int sph_number(const char *name) { return tigetnum(name); }
int sph_flag(const char *name) { return tigetflag(name) > 0; }

const char *sph_string(const char *name) {
    const char *text = tigetstr(name);
    return text == (char *)-1 ? NULL : text;
}

void sph_pause(void) { endwin(); }
void sph_discard_input(void) { flushinp(); }
