import Engine

/// `--device HOST[:CONTAINER[:rwm]]` and the devices of `--device-read-bps` and its kin.
enum DeviceOption {
    /// A device and its place, as docker reads it: the second part may be the access.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func parse(_ text: String) throws -> SystemOptions.Device {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (1...3).contains(parts.count), let host = parts.first, host.hasPrefix("/") else {
            throw EngineError(
                .invalidArgument,
                "--device \(text) wants a path on the host, and after colons one in the container and access",
                hint: "for instance /dev/fuse or /dev/sda:/dev/xvda:r")
        }
        var device = SystemOptions.Device(pathOnHost: host, pathInContainer: host)
        if parts.count == 2, isAccess(parts[1]) {
            device.access = parts[1]
        } else if parts.count > 1 {
            if !parts[1].isEmpty { device.pathInContainer = parts[1] }
            if parts.count == 3 { device.access = parts[2] }
        }
        guard isAccess(device.access) else {
            throw EngineError(
                .invalidArgument, "--device \(text) has the access \"\(device.access)\"", hint: "some of r, w and m")
        }
        guard device.pathInContainer.hasPrefix("/") else {
            throw EngineError(.invalidArgument, "--device \(text) wants an absolute path in the container")
        }
        return device
    }

    /// A rule as the kernel writes it (`c 1:3 rwm`), checked.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func checkedRule(_ text: String) throws -> String {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        let numbers = parts.count == 3 ? parts[1].split(separator: ":", omittingEmptySubsequences: false) : []
        guard parts.count == 3, ["a", "b", "c"].contains(parts[0]), isAccess(String(parts[2])), numbers.count == 2,
            numbers.allSatisfy({ $0 == "*" || UInt32($0) != nil })
        else {
            throw EngineError(
                .invalidArgument, "--device-cgroup-rule \"\(text)\" is no rule",
                hint: "for instance 'c 1:3 rwm' or 'b 8:* r'")
        }
        return text
    }

    /// `PATH:VALUE`.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func limit(_ text: String, for option: String, _ value: (String) throws -> Int64?) throws -> DeviceLimit {
        guard text.hasPrefix("/"), let colon = text.lastIndex(of: ":"),
            let number = try value(String(text[text.index(after: colon)...])), number >= 0
        else {
            throw EngineError(
                .invalidArgument, "\(option) wants a device and a number, not \"\(text)\"",
                hint: "for instance /dev/sda:1mb, or /dev/sda:100 where operations are counted")
        }
        return DeviceLimit(path: String(text[..<colon]), value: UInt64(number))
    }

    private static func isAccess(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy("rwm".contains) && Set(text).count == text.count
    }
}
