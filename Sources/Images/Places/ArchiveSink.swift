import Engine
import Glibc
import LinuxSystem
import Synchronization

/// Writes a tar archive, one file after the other; a failed one leaves nothing at its name.
final class ArchiveSink: PlaceSink {
    /// Where an archive goes.
    enum Target: Sendable {
        /// A file, which another one gives way to when the archive is whole.
        case path(String)
        /// A descriptor of the caller's.
        case descriptor(Int32)
    }

    private struct Output: ~Copyable {
        let writer: TarWriter
        let file: OwnedDescriptor?
    }

    private let output: Mutex<Output>
    private let target: Target
    private let part: String?
    private let written = Mutex<Set<String>>([])

    var width: Int { 1 }

    init(_ target: Target) throws(EngineError) {
        self.target = target
        switch target {
        case .descriptor(let descriptor):
            part = nil
            output = Mutex(Output(writer: try Self.writer(to: descriptor), file: nil))
        case .path(let path):
            let name = "\(path).part-\(getpid())-\(UInt32.random(in: 0 ... .max))"
            part = name
            let file = try inWords("cannot write \(printable(path))") { () throws(SystemError) in
                try OwnedDescriptor.open(name, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
            }
            let writer = try Self.writer(to: file.rawValue)
            output = Mutex(Output(writer: writer, file: file))
        }
    }

    deinit { abandon() }

    private static func writer(to descriptor: Int32) throws(EngineError) -> TarWriter {
        try TarWriter { (bytes) throws(EngineError) in
            try writeAll(bytes, to: descriptor, subject: "the image archive")
        }
    }

    func has(_ name: String) -> Bool { written.withLock { $0.contains(name) } }

    func document(_ name: String, limit: Int64) throws(EngineError) -> [UInt8]? { nil }

    func add(_ name: String, _ document: [UInt8]) throws(EngineError) {
        try output.withLock { (output) throws(EngineError) in try output.writer.add(name, document) }
        written.withLock { _ = $0.insert(name) }
    }

    func begin(_ name: String, size: Int64) throws(EngineError) -> any PlaceFile {
        try output.withLock { (output) throws(EngineError) in try output.writer.begin(name, size: size) }
        return ArchiveMember(name, of: self)
    }

    func commit(_ finish: (any PlaceSink) throws(EngineError) -> Void) throws(EngineError) {
        try finish(self)
        try output.withLock { (output) throws(EngineError) in try output.writer.finish() }
        guard case .path(let path) = target, let part else { return }
        try inWords("cannot write \(printable(path))") { () throws(SystemError) in
            try OwnedDescriptor.open(part).synchronize()
            try Files.rename(part, to: path)
        }
    }

    func abandon() { if let part { try? Files.remove(part) } }

    private final class ArchiveMember: PlaceFile {
        private let name: String
        private let sink: ArchiveSink

        init(_ name: String, of sink: ArchiveSink) {
            self.name = name
            self.sink = sink
        }

        func write(_ bytes: [UInt8]) throws(EngineError) {
            try sink.output.withLock { (output) throws(EngineError) in
                try bytes.withUnsafeBufferPointer { (bytes) throws(EngineError) in
                    try output.writer.write(UnsafeRawBufferPointer(bytes))
                }
            }
        }

        func finish() throws(EngineError) { sink.written.withLock { _ = $0.insert(name) } }
    }
}
