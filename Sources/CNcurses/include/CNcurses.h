#ifndef SPYHOP_CNCURSES_H
#define SPYHOP_CNCURSES_H

/* SwiftPM drops the definitions of ncursesw.pc, so they stand here, before the header that needs them. */
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1

#include <ncurses.h>

#include "spyhop_screen.h"

#endif
