/// One line of `/proc/self/mountinfo` that mounts a cgroup hierarchy (proc_pid_mountinfo(5)).
struct CgroupMount: Hashable {
    /// The directory of the hierarchy that is mounted.
    let root: String
    let mountPoint: String
    let isUnified: Bool
    /// Version 1: the controllers mounted together.
    let controllers: [Controller]

    /// The cgroup mounts among a file's lines. Lines are looked at as bytes first: a busy host has hundreds of
    /// mounts, and only a dozen of them matter.
    static func all(in mountInfo: [UInt8]) -> [CgroupMount] {
        mountInfo.split(separator: 0x0a).compactMap { CgroupMount(line: $0) }
    }

    /// Reads one line; `nil` when it is another kind of mount or malformed.
    init?(line: ArraySlice<UInt8>) {
        guard let type = Self.fileSystemType(of: line) else { return nil }
        let fields = line.split(separator: 0x20)
        guard fields.count >= 9, fields[4].first == 0x2f else { return nil }
        root = Self.unescaped(fields[3])
        mountPoint = Self.unescaped(fields[4])
        isUnified = type.isUnified
        let options = fields[fields.count - 1].split(separator: 0x2c)
        controllers =
            isUnified ? [] : options.compactMap { Controller(rawValue: String(decoding: $0, as: UTF8.self)) }
        if !isUnified && controllers.isEmpty { return nil }
    }

    /// The hierarchy with the caller's own directory in it; `membership` is the path in /proc/self/cgroup.
    func hierarchy(of membership: String?) -> CgroupHierarchies.Hierarchy {
        var own = mountPoint
        // Below a cgroup namespace's root the path may climb ("/.."), and then it cannot be reached from here.
        if let membership, !membership.split(separator: "/").contains("..") {
            let prefix = root == "/" ? "" : root
            if membership.hasPrefix(prefix + "/"), membership.utf8.count > prefix.utf8.count + 1 {
                own += membership.dropFirst(prefix.count)
            }
        }
        return CgroupHierarchies.Hierarchy(mountPoint: mountPoint, ownDirectory: own)
    }

    private static let separator: [UInt8] = Array(" - cgroup".utf8)

    private static func fileSystemType(of line: ArraySlice<UInt8>) -> (isUnified: Bool, Void)? {
        let count = separator.count
        guard line.count > count else { return nil }
        return line.withUnsafeBufferPointer { bytes in
            for start in 0..<(bytes.count - count) where bytes[start] == 0x20 && bytes[start + 1] == 0x2d {
                guard separator.indices.allSatisfy({ bytes[start + $0] == separator[$0] }) else { continue }
                switch bytes[start + count] {
                case 0x20: return (false, ())
                case 0x32 where start + count + 1 < bytes.count && bytes[start + count + 1] == 0x20: return (true, ())
                default: return nil
                }
            }
            return nil
        }
    }

    /// Undoes the octal escapes (`\040` for a space) of mountinfo.
    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(0x5c) else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == 0x5c, digits.count == 3, digits.allSatisfy({ (0x30...0x37).contains($0) }) {
                result.append(digits.reduce(0) { ($0 &* 8) &+ ($1 &- 0x30) })
                rest = rest.dropFirst(3)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// Where a process stands in each hierarchy: `/proc/PID/cgroup` (cgroups(7)).
struct CgroupMembership: Hashable {
    private(set) var unified: String?
    /// By controller name; hierarchies without a controller are left out.
    private(set) var v1: [String: String] = [:]

    init(_ bytes: [UInt8]) {
        for line in bytes.split(separator: 0x0a) {
            // ID:controllers:path, and only the path may hold further colons.
            let fields = line.split(separator: 0x3a, maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let path = String(decoding: fields[2], as: UTF8.self)
            if fields[1].isEmpty {
                unified = path
                continue
            }
            for name in fields[1].split(separator: 0x2c) { v1[String(decoding: name, as: UTF8.self)] = path }
        }
    }
}
