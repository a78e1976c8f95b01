import CLinux

extension Child {
    /// What a path that is not there becomes.
    enum Missing {
        case file
        case directory
    }

    /// Who owns what is made.
    struct Owner {
        let uid: UInt32
        let gid: UInt32
    }

    /// The descriptor of the container's root: SPH_OP_ROOT's, else the process's own.
    mutating func rootDescriptor() throws(SystemError) -> Int32 {
        if !root.isOpen {
            let slash = ("/" as StaticString).c
            root = Descriptor(owning: try check(monitor_open(slash, MONITOR_PATH_ONLY | O_DIRECTORY, 0)))
        }
        return root.number
    }

    /// Finds `path` inside the container's root without ever leaving it, whatever links the image put there.
    mutating func find(_ path: CString) throws(SystemError) -> Descriptor {
        let path = path[0] == 0 ? ("/" as StaticString).c : path
        return Descriptor(owning: try check(monitor_open_in_root(try rootDescriptor(), path, MONITOR_PATH_ONLY)))
    }

    /// As `find`; what is missing is made on the way.
    mutating func find(
        _ path: CString, orMake missing: Missing, owner: Owner? = nil
    ) throws(SystemError) -> Descriptor {
        let found = monitor_open_in_root(try rootDescriptor(), path, MONITOR_PATH_ONLY)
        if found >= 0 { return Descriptor(owning: found) }
        guard found == -ENOENT else { throw SystemError(code: 0 - found) }
        var text = Text(capacity: Int(PATH_MAX))
        text.append(path)
        // As many links as the kernel follows before it says ELOOP.
        for _ in 0..<40 {
            guard text.isComplete, text.count > 0 else { throw SystemError(code: ENAMETOOLONG) }
            let made = try make(&text, missing, owner)
            if made.isOpen { return made }
        }
        throw SystemError(code: ELOOP)
    }

    /// Finds the directory that `path` lies in, made when missing, and hands it with the last name to `body`.
    mutating func withParent(
        of path: CString, _ body: (Int32, CString) throws(SystemError) -> Void
    ) throws(SystemError) {
        var end = strlen(path)
        while end > 0, path[end - 1] == CChar(UInt8.slash) { end -= 1 }
        var start = end
        while start > 0, path[start - 1] != CChar(UInt8.slash) { start -= 1 }
        guard end > start else { throw SystemError(code: EINVAL) }
        var text = Text(capacity: Int(PATH_MAX))
        text.append(byte: .slash)
        text.append(path, count: start)
        var name = Text(capacity: Int(NAME_MAX))
        name.append(path + start, count: end - start)
        guard text.isComplete, name.isComplete else { throw SystemError(code: ENAMETOOLONG) }
        let parent = try find(text.c, orMake: .directory)
        try body(parent.number, name.c)
    }

    /// Makes what `text` is missing. A closed descriptor: a link that leads nowhere was found, and `text` now says
    /// where it points, to be tried again.
    private mutating func make(
        _ text: inout Text, _ missing: Missing, _ owner: Owner?
    ) throws(SystemError) -> Descriptor {
        let root = try rootDescriptor()
        let bytes = text.bytes
        let length = text.count
        bytes[length] = 0
        var parent = try find(("/" as StaticString).c)
        var start = 0
        while true {
            while start < length, bytes[start] == .slash { start += 1 }
            guard start < length else { return parent }
            var end = start
            while end < length, bytes[end] != .slash { end += 1 }
            var rest = end
            while rest < length, bytes[rest] == .slash { rest += 1 }
            let kept = bytes[end]
            bytes[end] = 0
            let name = UnsafeRawPointer(bytes + start).assumingMemoryBound(to: CChar.self)
            let prefix = UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self)
            let found = monitor_open_in_root(root, prefix, MONITOR_PATH_ONLY)
            if found >= 0 {
                parent = Descriptor(owning: found)
            } else if found == -ENOENT {
                let kind = rest == length ? missing : .directory
                guard try makeOne(kind, name, in: parent.number, owner) else {
                    text = try followed(name, in: parent.number, from: text, start: start, end: end, kept: kept)
                    return Descriptor()
                }
                parent = Descriptor(
                    owning: try check(monitor_openat(parent.number, name, MONITOR_PATH_ONLY | O_NOFOLLOW, 0)))
            } else {
                throw SystemError(code: 0 - found)
            }
            bytes[end] = kept
            start = end
        }
    }

    /// Makes one file or directory; false when something of that name is there already.
    private func makeOne(
        _ kind: Missing, _ name: CString, in parent: Int32, _ owner: Owner?
    ) throws(SystemError) -> Bool {
        let made =
            switch kind {
            case .directory: monitor_mkdir(parent, name, 0o755)
            case .file: monitor_mknod(parent, name, UInt32(S_IFREG) | 0o644, 0)
            }
        if made == -EEXIST { return false }
        try check(made)
        if let owner { try check(monitor_chown(parent, name, owner.uid, owner.gid)) }
        return true
    }

    /// The path with the dangling link at `start..<end` replaced by what it says.
    private func followed(
        _ name: CString, in parent: Int32, from text: borrowing Text, start: Int, end: Int, kept: UInt8
    ) throws(SystemError) -> Text {
        var next = Text(capacity: Int(PATH_MAX))
        var link = Text(capacity: Int(PATH_MAX))
        try withUnsafeTemporaryAllocation(byteCount: Int(PATH_MAX), alignment: 1) {
            (buffer: UnsafeMutableRawBufferPointer) throws(SystemError) in
            guard let target = buffer.baseAddress else { return }
            let characters = target.assumingMemoryBound(to: CChar.self)
            link.append(target, count: try check(monitor_readlink(parent, name, characters, buffer.count)))
        }
        if link.count == 0 || link.bytes[0] != .slash { next.append(text.bytes, count: start) }
        next.append(link.bytes, count: link.count)
        if kept != 0 {
            next.append(byte: .slash)
            next.append(text.bytes + end + 1, count: text.count - end - 1)
        }
        return next
    }
}
