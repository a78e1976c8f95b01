#define _GNU_SOURCE
#include "monitor_shims.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

static long answer(long value) { return value < 0 ? -errno : value; }

int monitor_mount(const char *source, const char *target, const char *type, uint64_t flags, const char *data) {
    return answer(mount(source, target, type, flags, data));
}

int monitor_detach(const char *target) { return answer(umount2(target, MNT_DETACH)); }

int monitor_pivot_root(const char *root, const char *old) { return answer(syscall(SYS_pivot_root, root, old)); }

int monitor_fsopen(const char *type) { return answer(syscall(SYS_fsopen, type, FSOPEN_CLOEXEC)); }

int monitor_fsconfig_string(int context, const char *key, const char *value) {
    return answer(syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, key, value, 0));
}

int monitor_fsconfig_flag(int context, const char *key) {
    return answer(syscall(SYS_fsconfig, context, FSCONFIG_SET_FLAG, key, NULL, 0));
}

int monitor_fsconfig_create(int context) {
    return answer(syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
}

int monitor_fsmount(int context, uint32_t attributes) {
    return answer(syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, attributes));
}

int monitor_clone_tree(int directory, const char *path, int recursive) {
    unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | (recursive ? AT_RECURSIVE : 0);
    return answer(syscall(SYS_open_tree, directory, path, flags | (*path ? 0 : AT_EMPTY_PATH)));
}

int monitor_mount_setattr(int tree, int recursive, uint64_t set, uint64_t clear, uint64_t propagation) {
    struct mount_attr attributes = {set, clear, propagation, 0};
    unsigned flags = AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
    return answer(syscall(SYS_mount_setattr, tree, "", flags, &attributes, sizeof attributes));
}

int monitor_move_mount(int tree, int target) {
    unsigned flags = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
    return answer(syscall(SYS_move_mount, tree, "", target, "", flags));
}
