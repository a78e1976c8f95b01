import Engine
import Glibc
import LinuxSystem

/// The demo's image: busybox with its applets as links, a few accounts, and the scripts.
struct DemoImage {
    /// Its name.
    static let reference = "spyhop-demo:latest"

    private static let programs = ["/bin/busybox", "/usr/bin/busybox", "/usr/local/bin/busybox"]

    /// Builds the root file system in `directory` around the busybox `program`.
    /// - Throws: `EngineError` `.system`.
    static func build(from program: String, in directory: String) async throws {
        do {
            for path in [
                "bin", "dev", "etc", "proc", "root", "srv/www", "sys", "tmp", "usr/bin", "usr/sbin", "sbin", "demo",
            ] {
                try Files.makeDirectories("\(directory)/\(path)")
            }
            chmod("\(directory)/tmp", 0o1777)
            try Files.writeAtomically(try Files.read(program), to: "\(directory)/bin/busybox", mode: 0o755)
            for applet in try await applets(of: program) {
                let path = "\(directory)/\(applet)"
                try Files.makeDirectories(Files.directory(of: path))
                if !Files.exists(path) { symlink("/bin/busybox", path) }
            }
            try write(
                "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n", directory + "/etc/passwd")
            try write("root:x:0:\nnogroup:x:65534:\n", directory + "/etc/group")
            try write(DemoScripts.page, directory + "/srv/www/index.html")
            try write(String(repeating: "~", count: DemoScripts.plankton), directory + "/srv/www/plankton")
            for member in DemoScripts.members {
                try write(member.script, "\(directory)/demo/\(member.name)", mode: 0o755)
            }
        } catch let error as SystemError {
            throw EngineError(.system, "cannot build the demo's image", cause: error)
        }
    }

    private static func write(_ text: String, _ path: String, mode: mode_t = 0o644) throws {
        try Files.writeAtomically(Array(text.utf8), to: path, mode: mode)
    }

    /// The host's busybox.
    /// - Throws: `EngineError` `.unsupported` without one that stands alone.
    static func findProgram() throws -> String {
        for path in programs where access(path, X_OK) == 0 && isStatic(path) { return path }
        throw EngineError(
            .unsupported, "the demo needs a busybox that is linked statically",
            hint: "on Debian: apt-get install busybox-static")
    }

    /// A program that names no interpreter in its ELF header needs nothing beside it.
    private static func isStatic(_ path: String) -> Bool {
        guard let bytes = try? Files.read(path), bytes.count > 64, bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1])
        else { return false }
        func number(_ offset: Int, _ count: Int) -> Int {
            guard offset >= 0, offset + count <= bytes.count else { return 0 }
            return bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        let (table, size, count) = (number(32, 4), number(54, 2), number(56, 2))
        let interpreter = 3
        return !(0..<count).contains { number(table + $0 * size, 4) == interpreter }
    }

    /// The applets' paths, relative to the root.
    private static func applets(of program: String) async throws -> [String] {
        let output = try await ProgramOutput.of(program, ["busybox", "--list-full"]).text
        return output.split(separator: "\n").map(String.init).filter {
            !$0.hasPrefix("/") && !$0.contains("..") && $0 != "bin/busybox"
        }
    }
}
