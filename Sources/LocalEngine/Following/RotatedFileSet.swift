import Glibc
import LinuxSystem

/// A file that others append to, and those that rotation made of it: `path.1`, `path.2` and so on, the older the higher.
struct RotatedFileSet: Sendable {
    /// The current file's path.
    let path: String

    /// All files, oldest first; or only those newer than `known`, the newest file that is known already.
    ///
    /// Files are opened from the newest on, because a rotation can only push them that way: none is missed, and one that
    /// is met twice is known by its inode.
    func open(newerThan known: RotatedFile? = nil) throws(SystemError) -> [RotatedFile] {
        var found: [RotatedFile] = []
        if let current = try RotatedFile(path) {
            if current.inode == known?.inode { return [] }
            found.append(current)
        }
        for number in try rotatedNumbers() {
            guard let file = try RotatedFile("\(path).\(number)") else { continue }
            if file.inode == known?.inode { break }
            if !found.contains(where: { $0.inode == file.inode }) { found.append(file) }
        }
        return found.reversed()
    }

    /// The numbers to look at, one more than are there because a rotation may be under way.
    private func rotatedNumbers() throws(SystemError) -> ClosedRange<Int> {
        let directory = Files.directory(of: path)
        let name = path.split(separator: "/").last.map { $0 + "." } ?? "."
        var highest = 0
        do throws(SystemError) {
            for entry in try Files.list(directory) where entry.name.hasPrefix(name) {
                highest = max(highest, Int(entry.name.dropFirst(name.count)) ?? 0)
            }
        } catch { guard error.number == ENOENT else { throw error } }
        return 1...min(highest, 10_000) + 1
    }
}
