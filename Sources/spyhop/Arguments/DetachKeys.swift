import Engine

/// The keys that leave a session while the process goes on (`--detach-keys`, `ctrl-p,ctrl-q`).
struct DetachKeys: Sendable, Equatable {
    let sequence: [UInt8]

    /// Docker's own: ctrl-p ctrl-q.
    static let standard = DetachKeys(sequence: [0x10, 0x11])

    private init(sequence: [UInt8]) { self.sequence = sequence }

    /// Reads a comma-separated list of single characters and `ctrl-X` (`a`-`z`, `@`, `[`, `\`, `]`, `^`, `_`).
    /// - Throws: `EngineError` `.invalidArgument`.
    init(_ text: String) throws {
        if text.isEmpty {
            self = .standard
            return
        }
        sequence = try text.split(separator: ",", omittingEmptySubsequences: false).map { key in
            if key.count == 1, let byte = key.utf8.first, key.utf8.count == 1 { return byte }
            let lowered = key.lowercased()
            if lowered.hasPrefix("ctrl-"), lowered.count == 6, let byte = lowered.utf8.last {
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"): return byte - UInt8(ascii: "a") + 1
                case UInt8(ascii: "@"): return 0
                case UInt8(ascii: "[")...UInt8(ascii: "_"): return byte - 64
                default: break
                }
            }
            throw EngineError(
                .invalidArgument, "--detach-keys \"\(text)\" has an unknown key \"\(key)\"",
                hint: "keys are single characters or ctrl- and a letter, separated by commas")
        }
    }

    /// Finds the sequence in input that comes in pieces.
    struct Matcher: Sendable {
        private let sequence: [UInt8]
        private var matched = 0

        init(_ keys: DetachKeys) { sequence = keys.sequence }

        /// The bytes to pass on; `detached` when the sequence is complete, and what follows it is dropped.
        /// A beginning of the sequence is held back until the next byte tells.
        mutating func feed(_ bytes: some Sequence<UInt8>) -> (pass: [UInt8], detached: Bool) {
            var pass: [UInt8] = []
            for byte in bytes {
                if matched < sequence.count, byte == sequence[matched] {
                    matched += 1
                    if matched == sequence.count { return (pass, true) }
                    continue
                }
                pass += sequence.prefix(matched)
                matched = byte == sequence.first ? 1 : 0
                if matched == 0 { pass.append(byte) } else if sequence.count == 1 { return (pass, true) }
            }
            return (pass, false)
        }
    }
}
