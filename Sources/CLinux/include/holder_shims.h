// A process that does nothing, to stand where one has to be.
#ifndef SPYHOP_HOLDER_SHIMS_H
#define SPYHOP_HOLDER_SHIMS_H

struct sph_holder {
    int pid;
    int control; // closing it ends the process, also when this process dies
};

// Forks a child that waits for its end and holds no descriptor of ours. Answers 0 or an errno.
int sph_holder_start(struct sph_holder *holder);
// Ends it and takes note of its end.
void sph_holder_end(struct sph_holder *holder);

#endif
