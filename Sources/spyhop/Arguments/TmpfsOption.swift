import Engine

/// `--tmpfs /path[:options]`.
enum TmpfsOption {
    /// What tmpfs itself takes (tmpfs(5)), beside size and mode.
    private static let values: Set<String> = ["uid", "gid", "nr_inodes", "nr_blocks", "mpol", "huge"]
    private static let words: Set<String> = [
        "exec", "noexec", "suid", "nosuid", "dev", "nodev", "sync", "async", "dirsync", "noatime", "atime",
        "nodiratime", "diratime", "relatime", "norelatime", "strictatime", "nostrictatime", "lazytime", "noswap",
    ]
    /// Mounting anew and propagation mean nothing for a new mount of the container's own.
    private static let empty: Set<String> = [
        "defaults", "private", "rprivate", "slave", "rslave", "shared", "rshared", "unbindable", "runbindable",
    ]

    /// The mount.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func parse(_ text: String) throws -> MountSpec {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let target = HostPath.absolute(String(parts.first ?? ""), in: "/")
        guard parts.first?.hasPrefix("/") == true, target != "/" else {
            throw EngineError(.invalidArgument, "--tmpfs \(text) wants an absolute path in the container other than /")
        }
        let written = parts.count == 2 ? String(parts[1]) : ""
        var size: Int64?
        var mode: UInt32?
        var readOnly = false
        var options: [String] = []
        for option in written.split(separator: ",").map(String.init) {
            let key = String(option.prefix { $0 != "=" })
            switch option {
            case "ro": readOnly = true
            case "rw": readOnly = false
            case _ where option.hasPrefix("size=") && option.hasSuffix("%"): options.append(option)
            case _ where option.hasPrefix("size="):
                size = try ByteSize.bytes(String(option.dropFirst(5)), for: "--tmpfs size")
            case _ where option.hasPrefix("mode="): mode = try octal(option.dropFirst(5), for: "--tmpfs mode")
            case _ where words.contains(option) || option.contains("=") && values.contains(key):
                options.append(option)
            case _ where empty.contains(option): break
            default:
                throw EngineError(
                    .invalidArgument, "--tmpfs \(text) has an unknown option \"\(option)\"",
                    hint: "options are ro, rw, exec, suid, dev, size=, mode=, uid=, gid=, nr_inodes=")
            }
        }
        return MountSpec(
            source: .tmpfs(size: size, mode: mode), target: target, readOnly: readOnly,
            options: options.isEmpty ? nil : options, origin: .tmpfsOption(options: written))
    }

    /// Permission bits in octal.
    static func octal(_ text: some StringProtocol, for option: String) throws -> UInt32 {
        guard let mode = UInt32(text, radix: 8), mode <= 0o7777 else {
            throw EngineError(.invalidArgument, "\(option) wants permission bits in octal, not \"\(text)\"")
        }
        return mode
    }
}
