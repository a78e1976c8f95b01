import CLinux

/// Looks for containers by name or address in the leases of the networks that this container is on.
///
/// The leases are read anew for every question: nobody has to tell anybody who came and who went. A lease that nobody
/// holds locked is of somebody who is gone.
struct NameLookup {
    private static let longestLease = 64 << 10
    /// Most holders of a name that are told.
    private static let mostFound = 256

    let directories: [CString]

    /// The addresses of all who are called so; nil when nobody is.
    func addresses(of question: borrowing Question) -> [FoundAddress]? {
        var found: [FoundAddress] = []
        var isKnown = false
        let asked = UnsafeRawBufferPointer(start: question.name.bytes, count: question.name.count)
        guard asked.count > 0 else { return nil }
        let wants4 = question.kind == .ipv4 || question.kind == .any
        let wants6 = question.kind == .ipv6 || question.kind == .any
        forEachLease { (identifier, lease, file) in
            guard lease.isCalled(asked, identifier: identifier), monitor_is_leased(file) == 1 else { return }
            isKnown = true
            guard found.count < Self.mostFound else { return }
            if wants4 { lease.addresses(ipv4: true) { found.append($0) } }
            if wants6 { lease.addresses(ipv4: false) { found.append($0) } }
        }
        return isKnown ? found : nil
    }

    /// The name of whoever has the address, with the network's behind it; empty when nobody has it.
    func name(of address: FoundAddress) -> Text {
        var name = Text(capacity: 512)
        forEachLease { (_, lease, file) in
            guard name.count == 0, lease.has(address), monitor_is_leased(file) == 1 else { return }
            lease.each("name") { value in
                if let start = value.baseAddress { name.append(start, count: value.count) }
                return true
            }
            lease.each("network") { value in
                name.append(byte: UInt8(ascii: "."))
                if let start = value.baseAddress { name.append(start, count: value.count) }
                return true
            }
        }
        return name
    }

    // MARK: - Reading

    private typealias Body = (_ identifier: UnsafeRawBufferPointer, LeaseText, _ file: Int32) -> Void

    private func forEachLease(_ body: Body) {
        withUnsafeTemporaryAllocation(byteCount: Self.longestLease, alignment: 8) { buffer in
            for directory in directories { read(directory, buffer, body) }
        }
    }

    private func read(_ path: CString, _ buffer: UnsafeMutableRawBufferPointer, _ body: Body) {
        let directory = Descriptor(owning: monitor_open(path, O_RDONLY | O_DIRECTORY, 0))
        guard directory.isOpen else { return }
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { entries in
            while true {
                let count = monitor_entries(directory.number, entries.baseAddress, entries.count)
                guard count > 0 else { return }
                let read = UnsafeRawBufferPointer(rebasing: entries[0..<min(count, entries.count)])
                forEachName(in: read) { readLease($0, in: directory.number, buffer, body) }
            }
        }
    }

    /// The names of a batch of struct linux_dirent64: inode, offset, the entry's length, a type, the name with its NUL.
    private func forEachName(in entries: UnsafeRawBufferPointer, _ body: (UnsafeRawPointer) -> Void) {
        var offset = 0
        while offset + 20 <= entries.count {
            let length = Int(entries.loadUnaligned(fromByteOffset: offset + 16, as: UInt16.self))
            guard length >= 20, offset + length <= entries.count, let start = entries.baseAddress else { return }
            if entries[offset + 19] != UInt8(ascii: ".") { body(start + offset + 19) }
            offset += length
        }
    }

    private func readLease(
        _ name: UnsafeRawPointer, in directory: Int32, _ buffer: UnsafeMutableRawBufferPointer, _ body: Body
    ) {
        let path = name.assumingMemoryBound(to: CChar.self)
        let file = Descriptor(owning: monitor_openat(directory, path, O_RDONLY | O_NOFOLLOW, 0))
        guard file.isOpen else { return }
        let identifier = UnsafeRawBufferPointer(start: name, count: strlen(path))
        // It may be in the middle of being written anew, which takes no time worth speaking of.
        for _ in 0..<8 {
            let count = monitor_pread(file.number, buffer.baseAddress, buffer.count, 0)
            guard count > 0 else { return }
            let lease = LeaseText(bytes: UnsafeRawBufferPointer(rebasing: buffer[0..<min(count, buffer.count)]))
            if lease.isWhole {
                body(identifier, lease, file.number)
                break
            }
            monitor_sleep(50_000)
        }
        withExtendedLifetime(file) {}
    }
}
