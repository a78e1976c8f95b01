/* The few things that Swift cannot say to ncurses, and what must happen when the program dies. */
#ifndef SPYHOP_SCREEN_H
#define SPYHOP_SCREEN_H

#include <stddef.h>
#include <stdint.h>

/* Opens the screen on descriptors in and out for terminal type term. NULL when the terminal is unknown. Where directory is
   not NULL the terminal's description is looked for there first. It sets an environment variable for a moment: call it
   while no other thread reads the environment. */
SCREEN *sph_screen_open(const char *term, const char *directory, int in, int out);
/* Ends curses mode and frees the screen. */
void sph_screen_close(SCREEN *screen);

/* The numbers of the marks around what is pasted, beyond those that ncurses gives keys. */
enum { SPH_PASTE_BEGIN = 2000, SPH_PASTE_END = 2001, SPH_MOUSE_REPORT = 2002 };

int sph_lines(void);
int sph_columns(void);
/* Tells ncurses the terminal's size; unlike resizeterm it feigns no key. */
void sph_resize(int lines, int columns);

/* Places one cell at (y, x): a base with up to two marks, attributes and pair. */
void sph_put(int y, int x, const uint32_t glyph[3], unsigned attributes, int pair);
/* Sends the frame. When whole, everything is sent again. */
void sph_flush(int whole);

/* One pending key: 0 nothing, 1 a character, 2 a function key. */
int sph_key(uint32_t *value);
/* The pending mouse event. 0 when there is none. */
int sph_mouse(int *x, int *y, unsigned long *state);
/* Asks for presses, releases, wheel and drags. */
void sph_mouse_on(void);

/* Defines a colour pair; -1 is the terminal's own colour. */
int sph_pair(int pair, int foreground, int background);
/* How many pairs there are. */
int sph_pairs(void);
/* Forgets every pair; the next frame is sent whole. */
void sph_pairs_reset(void);
/* Columns that the C library gives a character in this locale: -1 when it cannot be shown. */
int sph_width(uint32_t scalar);
/* Whether the locale's encoding is UTF-8, after setlocale. */
int sph_utf8(void);
/* terminfo: a number (-1 absent), whether a flag is set, a string (NULL absent). */
int sph_number(const char *name);
int sph_flag(const char *name);
const char *sph_string(const char *name);

/* Remembers the terminal's state before curses mode, and restores it in a fatal signal, which then takes its course.
   Only async-signal-safe calls are made there. */
void sph_guard_arm(int fd, const char *escape, size_t length);
/* Forgets it again: the terminal was restored in good order. */
void sph_guard_disarm(void);

/* A descriptor that is readable after sph_wake, or after SIGWINCH, SIGTERM, SIGHUP, SIGINT or SIGCONT, whose handlers this
   sets. Handlers and not a signalfd: a signalfd sees a signal only when every thread blocks it, and the threads of
   Swift's pool do not. -errno on failure. */
int sph_events_open(void);
/* Puts the former handlers back and closes it. */
void sph_events_close(int fd);
/* Makes it readable; from any thread. */
void sph_wake(int fd);
/* Empties it. */
void sph_events_drain(int fd);
/* Whether a signal has come since the last call; forgets it. */
int sph_signal_taken(int number);
/* Waits for input: bit 1 the terminal, 2 the events, 8 the terminal is gone; 0 after the timeout; -errno on failure. */
int sph_wait(int terminal, int events, int milliseconds);
/* The terminal's size as the kernel knows it; 0 when it does. */
int sph_window(int fd, int *rows, int *cols);
/* Writes all of it. */
void sph_write(int fd, const char *bytes, size_t length);
/* Back to the shell's modes; sph_flush comes back. */
void sph_pause(void);
/* Forgets unread input. */
void sph_discard_input(void);

#endif
