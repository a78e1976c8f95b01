import Glibc

/// A directory that goes away with its test, holding a made cgroup tree.
final class TemporaryTree {
    let path: String

    init() throws {
        var template = Array("/tmp/spyhop-cgroups-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure(errno) }
        path = String(cString: made)
    }

    deinit { Self.remove(path) }

    struct Failure: Error {
        let code: Int32
        init(_ code: Int32) { self.code = code }
    }

    /// Writes a file, with the directories above it.
    func write(_ text: String, to name: String) throws {
        var directory = path
        for part in name.split(separator: "/").dropLast() {
            directory += "/" + part
            mkdir(directory, 0o755)
        }
        guard let file = fopen("\(path)/\(name)", "w") else { throw Failure(errno) }
        fputs(text, file)
        fclose(file)
    }

    func text(_ name: String) -> String? {
        guard let file = fopen("\(path)/\(name)", "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        guard let stream = opendir(path) else { return }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        closedir(stream)
        for name in names { remove(path + "/" + name) }
        rmdir(path)
    }
}
