import CLinux
import CMonitorWire

/// What is made for mounts whose source is no path of the host.
///
/// Before Linux 6.15 nothing within a mount that lies nowhere could be copied (open_tree(2)). So each lies on an empty
/// directory for a moment, in this mount namespace, which nobody else sees.
extension Child {
    /// Joins layers and keeps what lies at a path within them.
    mutating func joinLayers(_ operation: sph_op) throws(SystemError) {
        try mountOverlay(operation)
        let place = plan.string(operation.s3)
        let top = Descriptor(owning: try check(monitor_open(place, MONITOR_PATH_ONLY | O_DIRECTORY, 0)))
        let within = plan.optionalString(operation.s4) ?? ("/" as StaticString).c
        let inner = Descriptor(owning: try check(monitor_open_in_root(top.number, within, MONITOR_PATH_ONLY)))
        try keep(inner.number, detaching: place)
        withExtendedLifetime(top) {}
        withExtendedLifetime(inner) {}
    }

    /// Makes a file system in memory with one file, and keeps the file.
    mutating func makeSecret(_ operation: sph_op) throws(SystemError) {
        let memory = ("tmpfs" as StaticString).c
        let place = plan.string(operation.s3)
        let mount = try FileSystem.open(
            memory, memory, ("mode=700" as StaticString).c,
            MountFlags(MountFlags.noSuid | MountFlags.noDevices | MountFlags.noExecution))
        let target = Descriptor(owning: try check(monitor_open(place, MONITOR_PATH_ONLY | O_DIRECTORY, 0)))
        try check(monitor_move_mount(mount.number, target.number))
        let mode = UInt32(truncatingIfNeeded: operation.n1 & 0o7777)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
        let file = Descriptor(
            owning: try check(monitor_openat(mount.number, ("secret" as StaticString).c, flags, mode)))
        let bytes = plan.bytes(operation.s2)
        var written = 0
        while written < bytes.count, let start = bytes.baseAddress {
            written += try check(monitor_write(file.number, start + written, bytes.count - written))
        }
        let uid = UInt32(truncatingIfNeeded: operation.n2 >> 32)
        try check(monitor_fchown(file.number, uid, UInt32(truncatingIfNeeded: operation.n2)))
        try keep(file.number, detaching: place)
        withExtendedLifetime(mount) {}
        withExtendedLifetime(target) {}
        withExtendedLifetime(file) {}
    }

    private mutating func keep(_ inner: Int32, detaching place: CString) throws(SystemError) {
        trees.append(try check(monitor_clone_tree(inner, ("" as StaticString).c, 0)))
        try check(monitor_detach(place))
    }
}
