import Foundation
import Harness
import Testing

/// Files and contexts that come from somewhere else: a web server, a repository.
@Suite(.needsRoot, .serialized)
struct BuildSourceTests {
    /// busybox's web server on loopback, with the files of a directory; ended by the caller.
    private func serve(_ directory: String, in place: Workplace) throws -> Child {
        let server = try Command.start([
            Programs.installed("busybox") ?? "", "httpd", "-f", "-p", "127.0.0.1:8099", "-h", directory,
        ])
        try place.eventually("the server listens") {
            try Command.run(
                [Programs.installed("busybox") ?? "", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8099/file"],
                scratch: place.directory, seconds: 10
            ).code == 0
        }
        return server
    }

    @Test func aFileIsFetchedOnceAndAgainWhenItHasChanged() throws {
        try Workplace.with { (place) throws in
            let served = try place.context(["file": "from afar"])
            let server = try serve(served, in: place)
            defer {
                server.signal(SIGKILL)
                server.wait()
            }
            let sum = "60543d37fbb57ed8f4da78acbcf7e9b6b1eb8f64fc4b8cc3a6b5f5f6b5a7d0a2"
            let address = "http://127.0.0.1:8099/file"
            let context = try place.context([
                "Dockerfile": "FROM busybox\nADD \(address) /got/\nADD --chmod=644 \(address) /other\n"
            ])
            try place.built("-t", "app", context)
            #expect(try place.output(of: "app", "cat", "/got/file", "/other") == "from afarfrom afar")
            #expect(try place.output(of: "app", "stat", "-c", "%a %u", "/got/file", "/other") == "600 0\n644 0\n")
            let again = try place.built("-t", "app", context)
            #expect(again.state(of: "ADD \(address) /got/") == .cached, "\(again)")
            try place.write(["file": "changed there"], in: served)
            let changed = try place.built("-t", "app", context)
            #expect(changed.state(of: "ADD \(address) /got/") == .done, "\(changed)")
            #expect(try place.output(of: "app", "cat", "/other") == "changed there")
            let wrong = try place.build(
                try place.context(["Dockerfile": "FROM busybox\nADD --checksum=sha256:\(sum) \(address) /got/\n"]))
            #expect(wrong.code == 1)
            #expect(wrong.errors.contains(sum), "\(wrong.errors)")
            let absent = try place.build(
                try place.context(["Dockerfile": "FROM busybox\nADD http://127.0.0.1:8099/none /\n"]))
            #expect(absent.code == 1 && absent.errors.contains("404"), "\(absent.errors)")
        }
    }

    @Test(.enabled(if: Programs.installed("git") != nil, "needs git"))
    func aRepositoryIsAContextAndASource() throws {
        try Workplace.with { (place) throws in
            let script = """
                set -e; export HOME=\(place.directory) GIT_CONFIG_NOSYSTEM=1
                git init -q -b main served/repo; cd served/repo; git config user.name w; git config user.email w@example.com
                mkdir sub; echo old > word; printf 'FROM busybox\\nCOPY word /word\\nRUN cat /word > /read\\n' > sub/Dockerfile
                echo beneath > sub/word; git add .; git commit -qm one; git tag first; echo new > word; git commit -qam two
                """
            let made = try Command.run(
                ["/bin/sh", "-c", "cd \(place.directory); " + script], scratch: place.directory, seconds: 60)
            try #require(made.code == 0, "\(made.errors)")
            let daemon = try Command.start([
                Programs.installed("git") ?? "", "daemon", "--base-path=\(place.directory)/served", "--export-all",
                "--reuseaddr", "--listen=127.0.0.1", "--port=9418",
            ])
            defer {
                daemon.signal(SIGTERM)
                daemon.wait()
            }
            let address = "git://127.0.0.1/repo"
            try place.eventually("the daemon listens") {
                try Command.run(
                    [Programs.installed("git") ?? "", "ls-remote", address], scratch: place.directory, seconds: 10
                ).code == 0
            }
            try place.built("-t", "app", address + "#main:sub")
            #expect(try place.output(of: "app", "cat", "/read") == "beneath\n")
            let context = try place.context([
                "Dockerfile": "FROM busybox\nADD \(address).git#first /old\nADD \(address).git /new\n"
            ])
            try FileManager.default.moveItem(
                atPath: place.directory + "/served/repo", toPath: place.directory + "/served/repo.git")
            let log = try place.built("-t", "app", context)
            #expect(try place.output(of: "app", "cat", "/old/word", "/new/word") == "old\nnew\n", "\(log)")
            #expect(try place.output(of: "app", "sh", "-c", "ls -d /old/.git 2>/dev/null; true") == "")
            #expect(try place.built("-t", "app", context).state(of: "/old") == .cached)
        }
    }
}
