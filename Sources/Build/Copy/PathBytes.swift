import Engine

/// Paths as the kernel has them: bytes that need not be UTF-8.
enum PathBytes {
    static let slash = UInt8(ascii: "/")
    static let dot: [UInt8] = [0x2E]
    static let dotDot: [UInt8] = [0x2E, 0x2E]

    /// The names of a path; empty ones and `.` say nothing.
    static func names(_ path: some Sequence<UInt8>) -> [[UInt8]] {
        Array(path).split(separator: slash).filter { $0 != [0x2E] }.map(Array.init)
    }

    static func joined(_ names: some Sequence<[UInt8]>) -> [UInt8] { Array(names.joined(separator: [slash])) }

    /// For a system call.
    static func cString(_ path: [UInt8]) -> [CChar] {
        [CChar](unsafeUninitializedCapacity: path.count + 1) { buffer, count in
            for (index, byte) in path.enumerated() { buffer[index] = CChar(bitPattern: byte) }
            buffer[path.count] = 0
            count = path.count + 1
        }
    }

    /// For rules and patterns, which are text.
    static func string(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }

    /// As it may be shown.
    static func text(_ path: [UInt8]) -> String { printable(string(path)) }

    /// Without `.`, `..` and doubled slashes, as seen from the root; `..` does not lead above it.
    static func cleaned(_ path: some Sequence<UInt8>) -> [[UInt8]] {
        var names: [[UInt8]] = []
        for name in self.names(path) {
            if name == dotDot { _ = names.popLast() } else { names.append(name) }
        }
        return names
    }
}
