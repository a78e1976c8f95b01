#include <vterm.h>

// Glibc's module leaves these out, since it is built without _XOPEN_SOURCE.
int posix_openpt(int flags);
int grantpt(int descriptor);
int unlockpt(int descriptor);
int ptsname_r(int descriptor, char *buffer, unsigned long length);
