import LinuxSystem

/// Reads the lines of a file that others append to and rotate, and can wait for more of them.
struct RotatingFileReader {
    /// Longer lines are passed over instead of filling memory.
    private static let longestLine = 1 << 20
    private static let chunkSize = 64 << 10

    /// The file being read and those after it, oldest first.
    private(set) var files: [RotatedFile]
    private var offset: Int64 = 0
    private let set: RotatedFileSet
    private let follow: Bool
    private let watch: DirectoryWatch?
    /// The beginning of a line whose end has not been read.
    private var carry: [UInt8] = []
    /// Bytes are passed over up to the next newline.
    private var isSkipping = false
    /// Where the lines that came last begin in `files.first`.
    private(set) var starts: [Int64] = []

    /// Opens the files that are there.
    init(path: String, follow: Bool) throws(SystemError) {
        set = RotatedFileSet(path: path)
        self.follow = follow
        // Watched before anything is read: nothing written in between goes unseen.
        watch = follow ? Self.watch(Files.directory(of: path)) : nil
        files = try set.open()
    }

    /// Reading begins in file `index`, `offset` bytes from its start.
    mutating func begin(file index: Int, offset: Int64) {
        files.removeFirst(min(index, files.count))
        self.offset = offset
    }

    /// The next lines, without their newlines; empty when there are none now.
    mutating func next() throws(SystemError) -> [ArraySlice<UInt8>] {
        while true {
            while let file = files.first {
                let bytes = try file.read(at: offset, count: Self.chunkSize)
                if bytes.isEmpty { break }
                offset += Int64(bytes.count)
                let lines = split(bytes, at: offset - Int64(bytes.count))
                if !lines.isEmpty { return lines }
            }
            guard try advance() else { return [] }
        }
    }

    /// Waits until something has happened to the files, `limit` at most.
    func wait(_ limit: Duration) async throws {
        guard let watch else {
            try await Task.sleep(for: min(limit, .milliseconds(250)))
            return
        }
        do { _ = try await watch.next(timeout: limit) } catch let error as SystemError where error.isTimeout {}
    }

    /// Goes on to the next file when the present one will not grow any more; `true` when there may be more to read.
    private mutating func advance() throws(SystemError) -> Bool {
        if files.count < 2, follow {
            let newer = try set.open(newerThan: files.first)
            files += newer
            // The present file is read once more: its last bytes may have come between its end and the rotation.
            return !newer.isEmpty
        }
        guard files.count > 1 else { return false }
        if try files[0].size() > offset { return true }
        files.removeFirst()
        offset = 0
        carry = []
        isSkipping = false
        return true
    }

    private mutating func split(_ bytes: [UInt8], at place: Int64) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        starts.removeAll(keepingCapacity: true)
        var rest = bytes[...]
        while let newline = rest.firstIndex(of: 0x0a) {
            if !isSkipping {
                starts.append(place + Int64(rest.startIndex - carry.count))
                lines.append(carry.isEmpty ? rest[..<newline] : (carry + rest[..<newline])[...])
            }
            carry = []
            isSkipping = false
            rest = rest[(newline + 1)...]
        }
        if carry.count + rest.count > Self.longestLine {
            carry = []
            isSkipping = true
        } else if !isSkipping {
            carry += rest
        }
        return lines
    }

    /// `nil` when the host's inotify instances are used up: the files are then looked at four times a second.
    private static func watch(_ directory: String) -> DirectoryWatch? {
        guard let watch = try? DirectoryWatch(),
            (try? watch.add(directory, [.modified, .created, .movedIn])) != nil
        else { return nil }
        return watch
    }
}

extension SystemError {
    /// A wait that ended without what was waited for (`ETIMEDOUT`).
    var isTimeout: Bool { number == 110 }
}
