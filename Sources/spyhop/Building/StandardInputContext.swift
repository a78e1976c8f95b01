import Engine
import Glibc
import LinuxSystem

/// What comes on standard input instead of a directory: an archive, or a Dockerfile alone.
enum StandardInputContext {
    /// What it has turned out to be.
    enum Content: Sendable {
        /// An archive, to be read from a descriptor that gives all of it.
        case archive(descriptor: Int32)
        case dockerfile([UInt8])
    }

    /// Bytes that tell an archive from text.
    static let headSize = 512
    /// A Dockerfile that is longer than this is none.
    private static let longestText = 16 << 20

    /// Reads as much as it takes to tell, all of it when it is a Dockerfile.
    /// - Throws: `EngineError` `.system` or `.invalidArgument`.
    static func read() async throws -> Content {
        var head: [UInt8] = []
        while head.count < headSize, let more = try await StandardInput.next() { head += more }
        guard isArchive(head) else { return .dockerfile(try await rest(after: head)) }
        return .archive(descriptor: try pump(head))
    }

    /// A Dockerfile's text (`-f -`).
    /// - Throws: `EngineError` `.system` or `.invalidArgument`.
    static func text() async throws -> [UInt8] { try await rest(after: []) }

    /// As docker tells them apart: a compression's mark, or a tar header whose sum is right.
    static func isArchive(_ head: [UInt8]) -> Bool {
        let marks: [[UInt8]] = [
            [0x1f, 0x8b, 0x08], [0x42, 0x5a, 0x68], [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], [0x28, 0xb5, 0x2f, 0xfd],
        ]
        if marks.contains(where: head.starts) { return true }
        guard head.count >= headSize else { return false }
        let field = head[148..<156]
        let digits = field.drop { $0 == 0x20 || $0 == 0 }.prefix { (0x30...0x37).contains($0) }
        guard let told = Int(String(decoding: digits, as: UTF8.self), radix: 8) else { return false }
        // The sum is made with blanks in its own place.
        let sum = head.prefix(headSize).enumerated().reduce(0) {
            $0 + ((148..<156) ~= $1.offset ? 0x20 : Int($1.element))
        }
        return sum == told
    }

    private static func rest(after head: [UInt8]) async throws -> [UInt8] {
        var text = head
        while let more = try await StandardInput.next() {
            text += more
            guard text.count <= longestText else {
                throw EngineError(
                    .invalidArgument, "what comes on standard input is neither an archive nor a Dockerfile")
            }
        }
        return text
    }

    /// A pipe that gives the head again and then the rest of standard input. What was read from a pipe cannot be put back.
    private static func pump(_ head: [UInt8]) throws -> Int32 {
        let ends: (read: Int32, write: Int32)
        do { ends = try Pipe().take() } catch { throw EngineError(.system, "cannot read standard input: \(error)") }
        Task.detached {
            try? await runOnOwnThread {
                // Whoever reads sees the end of the archive, or that it breaks off.
                let end = OwnedDescriptor(owning: ends.write)
                var bytes = head
                while !bytes.isEmpty {
                    try end.writeAll(bytes)
                    bytes = [UInt8](unsafeUninitializedCapacity: 256 << 10) { buffer, count in
                        repeat {
                            count = Glibc.read(0, buffer.baseAddress, buffer.count)
                        } while count < 0 && errno == EINTR
                        count = max(0, count)
                    }
                }
            }
        }
        return ends.read
    }
}
