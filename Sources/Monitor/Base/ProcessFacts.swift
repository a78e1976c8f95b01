import CLinux

/// What /proc tells about a process.
enum ProcessFacts {
    /// Holds on to the mount namespace of a process; closed when that cannot be done.
    static func mountNamespace(of pid: Int32) -> Descriptor {
        var path = Text(capacity: 32)
        path.append("/proc/")
        path.append(number: Int64(pid))
        path.append("/ns/mnt")
        return Descriptor(owning: monitor_open(path.c, O_RDONLY, 0))
    }

    /// Holds on to the network namespace of a process.
    static func networkNamespace(of pid: Int32) throws(SystemError) -> Descriptor {
        var path = Text(capacity: 32)
        path.append("/proc/")
        path.append(number: Int64(pid))
        path.append("/ns/net")
        return Descriptor(owning: try check(monitor_open(path.c, O_RDONLY, 0)))
    }

    /// Field 22 of /proc/PID/stat: when the process began, in clock ticks since the machine did.
    static func startTicks(of pid: Int32) -> UInt64? {
        var path = Text(capacity: 32)
        path.append("/proc/")
        path.append(number: Int64(pid))
        path.append("/stat")
        return withUnsafeTemporaryAllocation(byteCount: 512, alignment: 1) { buffer in
            guard let count = try? SmallFile.read(path.c, into: buffer) else { return nil }
            // The second field is the program's name, which may itself hold spaces and parentheses.
            var index = count
            while index > 0, buffer[index - 1] != UInt8(ascii: ")") { index -= 1 }
            var field = 2
            while index < count, field < 22 {
                if buffer[index] == .space { field += 1 }
                index += 1
            }
            guard field == 22 else { return nil }
            return SmallFile.decimal(UnsafeRawBufferPointer(rebasing: buffer[0..<count]), from: index)
        }
    }
}
