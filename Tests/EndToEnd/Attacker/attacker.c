// What a hostile program in a container would try, one attack a command. It prints a word that says how far it came:
// the name of the error that stopped it, or what it got. Static, so that it runs in any image.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

static int say(const char *what, long result) {
    if (result >= 0) printf("%s\n", what);
    else printf("%s\n", strerrorname_np(errno));
    return result >= 0 ? 0 : 1;
}

// Opens a file for writing without changing it.
static int open_for_writing(const char *path) { return say("OPENED", open(path, O_WRONLY)); }

// Watches for programs that appear among the processes, takes hold of their files through /proc/PID/exe and tries to
// write them once they are not busy any more (CVE-2019-5736). Ends when the file `stop` is there.
static int overwrite(const char *stop) {
    int held[256], count = 0, written = 0, writable = 0;
    printf("WATCHING\n");
    fflush(stdout);
    while (access(stop, F_OK) != 0) {
        DIR *all = opendir("/proc");
        for (struct dirent *entry; all && (entry = readdir(all));) {
            int pid = atoi(entry->d_name);
            if (pid <= 1 || pid == getpid() || count == 256) continue;
            char path[64], target[256];
            snprintf(path, sizeof path, "/proc/%d/exe", pid);
            ssize_t length = readlink(path, target, sizeof target - 1);
            if (length < 0) continue;
            target[length] = 0;
            // The container's own programs are no prey.
            if (!strncmp(target, "/bin/", 5) || !strncmp(target, "/attacker", 9)) continue;
            int file = open(path, O_PATH);
            struct statvfs facts;
            if (file < 0) continue;
            // A file that runs cannot be written anyway; it is the mount that counts once it does not.
            if (fstatvfs(file, &facts) == 0 && !(facts.f_flag & ST_RDONLY)) writable++;
            held[count++] = file;
        }
        if (all) closedir(all);
        for (int i = 0; i < count; i++) {
            char path[64];
            snprintf(path, sizeof path, "/proc/self/fd/%d", held[i]);
            int file = open(path, O_WRONLY);
            if (file >= 0) {
                written++;
                close(file);
            }
        }
    }
    printf("HELD %d\n", count);
    printf("WRITABLE %d\n", writable);
    printf("WRITTEN %d\n", written);
    return 0;
}

// Lets two names change places as fast as it can until the file `stop` is there.
static int swap(const char *one, const char *other, const char *stop) {
    printf("SWAPPING\n");
    fflush(stdout);
    for (unsigned round = 0;; round++) {
        if (syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, 2 /* RENAME_EXCHANGE */) < 0) return say("", -1);
        if (round % 64 == 0 && access(stop, F_OK) == 0) return 0;
    }
}

// Descriptors beyond the three, and where they lead.
static int descriptors(void) {
    for (int number = 3; number < 4096; number++) {
        char path[64], target[512] = "";
        snprintf(path, sizeof path, "/proc/self/fd/%d", number);
        if (readlink(path, target, sizeof target - 1) >= 0) printf("%d %s\n", number, target);
    }
    return 0;
}

static int device(const char *kind, int high, int low) {
    const char *path = "/tmp/attackers-device";
    unlink(path);
    mode_t mode = (*kind == 'b' ? S_IFBLK : S_IFCHR) | 0600;
    if (mknod(path, mode, makedev(high, low)) < 0) return say("", -1);
    long opened = open(path, O_RDWR);
    if (opened < 0 && (errno == ENXIO || errno == ENODEV)) {
        // Let through, only that this machine has no such device.
        printf("PASSED\n");
        return 0;
    }
    return say("OPENED", opened);
}

static long key(const char *name) {
    return syscall(SYS_keyctl, 10 /* KEYCTL_SEARCH */, -3 /* the session's */, "user", name, 0);
}

static int connect_abstract(const char *name) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path + 1, name, sizeof address.sun_path - 2);
    socklen_t length = offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name);
    return say("CONNECTED", connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&address, length));
}

// A file of the host by its handle, found by no path (the "shocker").
static int handle(void) {
    struct {
        struct file_handle head;
        unsigned char bytes[8];
    } root = {{.handle_bytes = 8, .handle_type = 1}, {2, 0, 0, 0, 0, 0, 0, 0}};
    int mount = open("/etc", O_RDONLY | O_DIRECTORY);
    return say("OPENED", syscall(SYS_open_by_handle_at, mount, &root.head, O_RDONLY));
}

int main(int count, char **words) {
    const char *command = count > 1 ? words[1] : "";
    const char *first = count > 2 ? words[2] : "";
    const char *second = count > 3 ? words[3] : "";
    const char *third = count > 4 ? words[4] : "";
    if (!strcmp(command, "open")) return open_for_writing(first);
    if (!strcmp(command, "overwrite")) return overwrite(first);
    if (!strcmp(command, "swap")) return swap(first, second, third);
    if (!strcmp(command, "descriptors")) return descriptors();
    if (!strcmp(command, "device")) return device(first, atoi(second), atoi(third));
    if (!strcmp(command, "unshare")) return say("UNSHARED", unshare((int)strtol(first, NULL, 0)));
    if (!strcmp(command, "clone"))
        return say("CLONED", syscall(SYS_clone, strtol(first, NULL, 0) | SIGCHLD, 0, 0, 0, 0));
    if (!strcmp(command, "mount")) return say("MOUNTED", mount("none", "/mnt", first, 0, second));
    if (!strcmp(command, "key")) return say("FOUND", key(first));
    if (!strcmp(command, "with-key")) {
        // A session keyring with a secret in it, for whatever runs next.
        if (syscall(SYS_keyctl, 1, NULL) < 0 || syscall(SYS_add_key, "user", first, "secret", 6, -3) < 0)
            return say("", -1);
        execv(second, words + 3);
        return say("", -1);
    }
    if (!strcmp(command, "abstract")) return connect_abstract(first);
    if (!strcmp(command, "trace")) return say("TRACED", ptrace(PTRACE_SEIZE, atoi(first), 0, 0));
    if (!strcmp(command, "kill")) return say("KILLED", kill(atoi(first), 0));
    if (!strcmp(command, "handle")) return handle();
    if (!strcmp(command, "socket")) return say("MADE", socket(atoi(first), SOCK_STREAM, 0));
    if (!strcmp(command, "rings")) return say("MADE", syscall(SYS_io_uring_setup, 1, (char[256]){0}));
    if (!strcmp(command, "identity")) return printf("%d %d\n", (int)getuid(), (int)geteuid()) < 0;
    if (!strcmp(command, "pivot")) return say("PIVOTED", syscall(SYS_pivot_root, ".", "."));
    if (!strcmp(command, "module")) return say("LOADED", syscall(SYS_init_module, "", 0, ""));
    if (!strcmp(command, "boot")) return say("BOOTED", syscall(SYS_reboot, 0xfee1dead, 672274793, 0, 0));
    fprintf(stderr, "unknown attack\n");
    return 2;
}
