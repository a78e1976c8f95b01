import Glibc
import LinuxSystem
import Testing

@Suite struct SpawnTests {
    @Test func theProgramHasExactlyTheNamedDescriptors() async throws {
        let output = try Pipe().take()
        let reading = OwnedDescriptor(owning: output.read)
        let extra = open("/etc/passwd", O_RDONLY)  // not close-on-exec: it must not leak all the same
        defer { close(extra) }
        let pid: pid_t
        do {
            let writing = OwnedDescriptor(owning: output.write)
            let one = try OwnedDescriptor.open("/etc/hostname")
            let two = try OwnedDescriptor.open("/etc/hosts")
            // Targets that are numbers of other sources: each must still become what it was meant to be.
            pid = try Spawn(
                path: "/bin/sh",
                arguments: ["sh", "-c", "pwd; for n in 0 1 2 3 4 5 6 7 8 9; do readlink /proc/$$/fd/$n; done; id"],
                environment: ["PATH=/usr/bin:/bin"],
                descriptors: [1: writing.rawValue, one.rawValue: two.rawValue, two.rawValue: one.rawValue]
            ).start()
            let process = try Processes.open(pid)
            try await Readiness.shared.readable(process.rawValue)
            #expect(try Processes.reap(pidfd: process) == 0)
        }
        let lines = String(decoding: try reading.readAll(), as: UTF8.self).split(separator: "\n")
        #expect(lines.first == "/")
        #expect(!lines.contains("/etc/passwd"))
    }

    @Test func swappedDescriptorsArriveSwapped() async throws {
        let output = try Pipe().take()
        let reading = OwnedDescriptor(owning: output.read)
        do {
            let writing = OwnedDescriptor(owning: output.write)
            let hostname = try OwnedDescriptor.open("/etc/hostname")
            let hosts = try OwnedDescriptor.open("/etc/hosts")
            let pid = try Spawn(
                path: "/bin/sh",
                arguments: ["sh", "-c", "readlink /proc/$$/fd/\(hostname.rawValue) /proc/$$/fd/\(hosts.rawValue)"],
                environment: ["PATH=/usr/bin:/bin"],
                descriptors: [
                    1: writing.rawValue, hostname.rawValue: hosts.rawValue, hosts.rawValue: hostname.rawValue,
                ]
            ).start()
            let process = try Processes.open(pid)
            try await Readiness.shared.readable(process.rawValue)
            #expect(try Processes.reap(pidfd: process) == 0)
        }
        #expect(String(decoding: try reading.readAll(), as: UTF8.self) == "/etc/hosts\n/etc/hostname\n")
    }

    @Test func aMissingProgramIsToldAtOnce() {
        let error = #expect(throws: SystemError.self) {
            _ = try Spawn(path: "/nonexistent/program", arguments: ["program"]).start()
        }
        #expect(error?.number == ENOENT)
    }

    @Test func signalsEndProcessesThroughTheirDescriptor() async throws {
        let pid = try Spawn(path: "/bin/sleep", arguments: ["sleep", "1000"]).start()
        let process = try Processes.open(pid)
        #expect(try Processes.reap(pidfd: process) == nil)
        try Processes.signal(pidfd: process, SIGTERM)
        try await Readiness.shared.readable(process.rawValue)
        #expect(try Processes.reap(pidfd: process) == 128 + SIGTERM)
    }

    @Test func socketsAreReachedByPathsOfAnyLength() async throws {
        try await withDirectory { path in
            var directory = path
            for _ in 0..<4 { directory += "/" + String(repeating: "x", count: 60) }
            try Files.makeDirectories(directory)
            let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(listener) }
            let parent = try OwnedDescriptor.open(directory, O_RDONLY | O_DIRECTORY)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) {
                $0.copyBytes(from: "/proc/self/fd/\(parent.rawValue)/s".utf8)
            }
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            #expect(bound == 0 && listen(listener, 1) == 0)
            #expect(try UnixSocket.connect(directory + "/s").rawValue >= 0)
            let error = #expect(throws: SystemError.self) { _ = try UnixSocket.connect(directory + "/t").rawValue }
            #expect(error?.number == ENOENT)
        }
    }

    @Test(.enabled(if: getuid() == 0, "mounting needs root"))
    func aDetachedOverlayJoinsLayersAndIsNowhereMounted() async throws {
        try await withDirectory { path in
            for name in ["low", "top", "upper", "work"] { try Files.makeDirectories("\(path)/\(name)") }
            try Files.writeAtomically([1], to: path + "/low/a")
            try Files.writeAtomically([2], to: path + "/low/b")
            try Files.writeAtomically([3], to: path + "/top/b")
            let before = try Files.readText("/proc/self/mountinfo")
            do {
                let root = try DetachedMount.overlay(lower: [path + "/top", path + "/low"])
                #expect(try root.open(at: "a", resolve: .inRoot).readAll() == [1])
                #expect(try root.open(at: "b", resolve: .inRoot).readAll() == [3])
                let error = #expect(throws: SystemError.self) {
                    _ = try root.open(at: "c", O_CREAT | O_WRONLY).rawValue
                }
                #expect(error?.number == EROFS)
            }
            do {
                let root = try DetachedMount.overlay(
                    lower: [path + "/low"], upper: path + "/upper", work: path + "/work")
                try root.open(at: "c", O_CREAT | O_WRONLY, resolve: .inRoot).writeAll([4])
                #expect(try root.entries().map(\.name).sorted() == ["a", "b", "c"])
            }
            #expect(try Files.read(path + "/upper/c") == [4])
            #expect(try Files.readText("/proc/self/mountinfo") == before)
        }
    }
}
