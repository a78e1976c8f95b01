import Engine

/// `--tmpfs /path[:options]`.
enum TmpfsOption {
    /// The mount.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func parse(_ text: String) throws -> MountSpec {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let target = String(parts.first ?? "")
        guard target.hasPrefix("/"), target != "/" else {
            throw EngineError(.invalidArgument, "--tmpfs \(text) wants an absolute path in the container other than /")
        }
        var size: Int64?
        var mode: UInt32?
        var readOnly = false
        for option in parts.count == 2 ? parts[1].split(separator: ",") : [] {
            switch option {
            case "ro": readOnly = true
            case "rw": readOnly = false
            case "nosuid", "nodev", "noexec": break
            case _ where option.hasPrefix("size="):
                size = try ByteSize.bytes(String(option.dropFirst(5)), for: "--tmpfs size")
            case _ where option.hasPrefix("mode="): mode = try octal(option.dropFirst(5), for: "--tmpfs mode")
            default:
                throw EngineError(
                    .invalidArgument, "--tmpfs \(text) has an unknown option \"\(option)\"",
                    hint: "options are ro, rw, nosuid, nodev, noexec, size= and mode=")
            }
        }
        return MountSpec(
            source: .tmpfs(size: size, mode: mode), target: HostPath.absolute(target, in: "/"), readOnly: readOnly)
    }

    /// Permission bits in octal.
    static func octal(_ text: some StringProtocol, for option: String) throws -> UInt32 {
        guard let mode = UInt32(text, radix: 8), mode <= 0o7777 else {
            throw EngineError(.invalidArgument, "\(option) wants permission bits in octal, not \"\(text)\"")
        }
        return mode
    }
}
