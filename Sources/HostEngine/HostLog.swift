import Engine
import Glibc
import LinuxSystem

/// One of the two ways in which engines write logs into files.
enum LogSyntax {
    /// `2026-01-02T03:04:05.6Z stdout F text`, of CRI runtimes and podman (Kubernetes, "CRI log format"); P: the line goes on.
    /// `{"log":"text\n","stream":"stdout","time":"…"}`, of docker.
    static func line(_ bytes: ArraySlice<UInt8>) -> LogLine? {
        bytes.first == UInt8(ascii: "{") ? json(bytes) : cri(bytes)
    }

    private static func json(_ bytes: ArraySlice<UInt8>) -> LogLine? {
        guard let node = try? JSONNode(Array(bytes)), let text = node["log"]?.string, let time = node["time"]?.moment
        else {
            return nil
        }
        var content = Array(text.utf8)
        let isPartial = content.last != 0x0a
        if !isPartial { content.removeLast() }
        return LogLine(
            time: time, stream: node["stream"]?.string == "stderr" ? .stderr : .stdout, bytes: content,
            isPartial: isPartial)
    }

    private static func cri(_ bytes: ArraySlice<UInt8>) -> LogLine? {
        let parts = bytes.split(separator: 0x20, maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, let time = Timestamp(rfc3339: String(decoding: parts[0], as: UTF8.self)) else {
            return nil
        }
        let isError = parts[1].elementsEqual("stderr".utf8)
        return LogLine(
            time: time, stream: isError ? .stderr : .stdout, bytes: Array(parts[3]),
            isPartial: parts[2].first == UInt8(ascii: "P"))
    }
}

extension HostEngine: LogReading, LogSearching {
    /// The log's file, where the engine writes one that may be read.
    public func logs(of reference: String, options: LogOptions) async throws -> any LogReader {
        let entry = try entry(reference)
        guard let path = entry.logPath else {
            let manager = entry.origin.manager.map { "; \($0) may know it" } ?? ""
            throw EngineError(
                .unsupported, "the log of \(entry.container.name) is in no file that is known here",
                hint: "journald and other drivers keep it elsewhere\(manager)")
        }
        do { return try HostLogReader(path, options, pid: entry.target.pid) } catch {
            throw EngineError(.denied, "cannot read the log of \(entry.container.name)", cause: error)
        }
    }
}

/// Reads a log's file from its beginning, or from its last lines on.
private actor HostLogReader: LogReader {
    private static let pieceSize = 128 << 10
    /// A line that is longer is cut.
    private static let longestLine = 1 << 20

    private let file: OwnedDescriptor
    private let options: LogOptions
    private let pid: Int32
    private var rest: [UInt8] = []
    private var tail: [LogLine] = []
    private var isAtEnd = false
    private var last = LogPlace(part: .min, offset: -1)

    init(_ path: String, _ options: LogOptions, pid: Int32) throws(SystemError) {
        file = try OwnedDescriptor.open(path, O_RDONLY)
        self.options = options
        self.pid = pid
    }

    func next() async throws -> [LogLine]? {
        while true {
            try Task.checkCancellation()
            let bytes = try read()
            if bytes.isEmpty {
                if !isAtEnd {
                    isAtEnd = true
                    if !tail.isEmpty { return tail }
                }
                guard options.follow, Processes.livingStartTicks(pid) != nil else { return nil }
                try await Task.sleep(for: .milliseconds(250))
                continue
            }
            var lines = take(bytes)
            if let count = options.tail, !isAtEnd {
                tail += lines
                if tail.count > 2 * count + 1024 { tail.removeFirst(tail.count - count) }
                tail = Array(tail.suffix(count))
                lines = []
            }
            if !lines.isEmpty { return lines }
        }
    }

    private func read() throws -> [UInt8] {
        var got = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            repeat {
                got = Glibc.read(file.rawValue, buffer.baseAddress, Self.pieceSize)
            } while got < 0 && errno == EINTR
            count = max(0, got)
        }
        if got < 0 { throw SystemError.last("read") }
        return bytes
    }

    private func take(_ bytes: [UInt8]) -> [LogLine] {
        rest += bytes
        var lines: [LogLine] = []
        var start = 0
        while let end = rest[start...].firstIndex(of: 0x0a) {
            if let line = LogSyntax.line(rest[start..<end]) { add(line, &lines) }
            start = end + 1
        }
        rest.removeFirst(start)
        if rest.count > Self.longestLine { rest = [] }
        return lines
    }

    private func add(_ line: LogLine, _ lines: inout [LogLine]) {
        let offset = last.part == line.time.nanoseconds ? last.offset + 1 : 0
        last = LogPlace(part: line.time.nanoseconds, offset: offset)
        if let since = options.since, line.time < since { return }
        if let until = options.until, line.time >= until { return }
        if let after = options.after, last <= after { return }
        var line = line
        line.place = last
        lines.append(line)
    }
}
