@testable import Build
import Engine
import Glibc
import LinuxSystem
import Testing

struct GitSourceTests {
    @Test(
        arguments: [
            ("https://example.com/a/b.git", "https://example.com/a/b.git", nil, ""),
            ("https://example.com/b.git#main", "https://example.com/b.git", "main", ""),
            ("https://example.com/b.git#v1:sub/dir", "https://example.com/b.git", "v1", "sub/dir"),
            ("https://example.com/b.git#:sub", "https://example.com/b.git", nil, "sub"),
            ("https://example.com/b.git?branch=x&subdir=s", "https://example.com/b.git", "refs/heads/x", "s"),
            ("git@example.com:a/b#r", "git@example.com:a/b", "r", ""),
            ("git://example.com/b", "git://example.com/b", nil, ""), ("ssh://u@h:22/b", "ssh://u@h:22/b", nil, ""),
        ] as [(String, String, String?, String)]) func repositoriesAreRead(
            text: String, repository: String, reference: String?, subdirectory: String
        ) throws
    {
        let source = try #require(GitSource(text))
        #expect(source.repository == repository && source.reference == reference && source.subdirectory == subdirectory)
    }

    @Test(arguments: ["file", "./a.git", "/a/b.git", "https://example.com/a.tar.gz", "a@b/c:d", "github.com/a/b"])
    func whatIsNoneIsAPath(text: String) { #expect(GitSource(text) == nil) }

    @Test func gitHubNeedsNoSchemeForAContext() {
        #expect(GitSource("github.com/a/b#c", isContext: true)?.repository == "https://github.com/a/b")
    }

    @Test(.enabled(if: InstalledProgram.find("git") != nil, "git is not here"))
    func aCommitIsCheckedOut() async throws {
        let bench = try CopyBench()
        let head = try bench.shell(
            """
            git init -q -b main . && git config user.email a@b && git config user.name n
            mkdir sub; echo 1 > sub/f; git add . && git commit -qm one && git tag -am t v1
            echo 2 > sub/f; git commit -qam two; git branch other v1
            git rev-parse HEAD v1^{commit}
            """
        ).split(separator: "\n").map(String.init)
        var source = try #require(GitSource("https://example.com/x.git"))
        source.repository = "\(bench.path)/context"
        #expect(try await source.commit() == head[0])
        for name in ["v1", "other", "refs/tags/v1"] {
            source.reference = name
            #expect(try await source.commit() == head[1])
        }
        try await source.checkOut(head[1], into: "\(bench.path)/out", keepsGitDirectory: false)
        #expect(try bench.shell("cat sub/f; ls -A", in: "\(bench.path)/out") == "1\nsub\n")
        try await source.checkOut(head[0], into: "\(bench.path)/kept", keepsGitDirectory: true)
        #expect(try bench.shell("cat sub/f; ls -A", in: "\(bench.path)/kept") == "2\n.git\nsub\n")
        source.reference = "nowhere"
        let error = try await #require(throws: EngineError.self) { _ = try await source.commit() }
        #expect(error.code == .notFound)
    }
}
