import Glibc

/// This program's own code in memory.
public enum ProgramPages {
    /// Unmaps the code that was touched so far; what is needed again comes back from the page cache by itself.
    ///
    /// A start passes through much more of a large program than its steady work does, and the kernel maps what lies around each
    /// touched page with it. Only mappings that cannot have been written are let go (madvise(2), MADV_DONTNEED).
    public static func release() {
        guard let program = realpath("/proc/self/exe", nil) else { return }
        defer { free(program) }
        let path = String(cString: program)
        guard let maps = try? Files.read("/proc/self/maps") else { return }
        for line in String(decoding: maps, as: UTF8.self).split(separator: "\n") where line.hasSuffix(path) {
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count == 3, words[1].hasPrefix("r-x") else { continue }
            let ends = words[0].split(separator: "-").map { UInt($0, radix: 16) }
            guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else { continue }
            madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_DONTNEED)
        }
    }
}
