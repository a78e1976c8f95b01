@testable import Build
import Engine
import Glibc
import Images
import LinuxSystem
import Testing

/// What COPY finds.
@Suite(.enabled(if: geteuid() == 0, "copies keep owners, which needs root"))
struct CopySourceTests {
    private let bench: CopyBench

    init() throws { bench = try CopyBench() }

    private func files(_ job: CopyJob, on layers: [BuiltLayer] = []) throws -> [String] {
        try bench.listing(bench.made(job, on: layers)).map {
            $0.split(separator: " ").dropFirst(2).joined(separator: " ")
        }
    }

    @Test func wildcardsFindNamesAndADirectoryThatTheyFindGivesItsContent() throws {
        try bench.shell(
            "echo 1 > hom1; echo 2 > home.txt; echo 3 > other; mkdir homdir; echo 4 > homdir/in; echo 5 > .hom")
        #expect(try files(bench.job("hom*", to: "/x/")) == ["x", "x/hom1 1", "x/home.txt 2", "x/in 4"])
        #expect(try files(bench.job("hom?", to: "/x/")) == ["x", "x/hom1 1"])
        #expect(try files(bench.job("*/in", "*.t[a-y]t", to: "/x/")) == ["x", "x/home.txt 2", "x/in 4"])
        #expect(try files(bench.job("*", to: "/x/")).contains("x/.hom 5"))
    }

    @Test func aPatternMayFindNothingAndAPathMayNot() throws {
        #expect(try files(bench.job("none*", to: "/x/")) == ["x"])
        let error = try #require(throws: EngineError.self) { _ = try bench.made(bench.job("none", to: "/x/")) }
        #expect(error.code == .notFound && error.message.contains("\"/none\": not found"))
        #expect(throws: EngineError.self) { _ = try bench.job("none", to: "/x/").digest() }
    }

    @Test func bracketsAreSpelledAsInGo() throws {
        try bench.shell("echo 1 > 'arr[0].txt'")
        #expect(try files(bench.job("arr[[]0].txt", to: "/x")) == ["x 1"])
    }

    @Test func sourcesStayWithinTheContext() throws {
        try bench.shell(
            "echo secret > ../secret; ln -s ../secret up; ln -s /secret abs; ln -s ../.. top; echo in > secret")
        #expect(try files(bench.job("../../secret", to: "/x")) == ["x in"])
        #expect(try files(bench.job("/secret", to: "/x")) == ["x in"])
        #expect(try files(bench.job("abs", to: "/x")) == ["x in"])
        #expect(try files(bench.job("up", to: "/x")) == ["x in"])
        #expect(try files(bench.job("top/secret", to: "/x")) == ["x in"])
    }

    @Test func aNamedLinkIsFollowedUnderItsOwnNameAndOneInADirectoryStays() throws {
        try bench.shell("mkdir d; echo 1 > d/f; ln -s f d/l; ln -s d/l link; ln -s d dlink; ln -s nowhere broken")
        #expect(try files(bench.job("link", to: "/x/")) == ["x", "x/link 1"])
        #expect(try files(bench.job("dlink", to: "/x/")) == ["x", "x/f 1", "x/l -> f"])
        #expect(try files(bench.job("lin*", to: "/x/")) == ["x", "x/link 1"])
        #expect(throws: EngineError.self) { _ = try bench.made(bench.job("broken", to: "/x/")) }
    }

    @Test func rulesLeaveFilesOut() throws {
        try bench.shell(
            "mkdir -p a/keep b; echo 1 > a/x; echo 2 > a/keep/y; echo 3 > b/z; echo 4 > c.log; echo 5 > d.txt")
        let origin = try bench.context(ignoring: "a\n!a/keep\n*.log\nb/*\n")
        #expect(
            try files(bench.job(".", to: "/", from: origin)) == ["a", "a/keep", "a/keep/y 2", "b", "d.txt 5"])
        let error = try #require(throws: EngineError.self) {
            _ = try bench.made(bench.job("c.log", to: "/", from: origin))
        }
        #expect(error.hint?.contains(".dockerignore") == true)
        #expect(try files(bench.job("*.*", to: "/x/", from: origin)) == ["x", "x/d.txt 5"])
        #expect(throws: EngineError.self) { _ = try bench.made(bench.job("a/x", to: "/", from: origin)) }
    }

    @Test func excludesLeaveOutOfDirectoriesAndOfMatches() throws {
        try bench.shell(
            "mkdir -p d/sub; echo 1 > d/a.txt; echo 2 > d/b.md; echo 3 > d/sub/c.txt; echo 4 > top.txt; echo 5 > top.md"
        )
        var job = try bench.job("d", to: "/x/")
        job.excludes = ["*.txt"]
        #expect(try files(job) == ["x", "x/b.md 2", "x/sub", "x/sub/c.txt 3"])
        job.excludes = ["**/*.txt"]
        #expect(try files(job) == ["x", "x/b.md 2", "x/sub"])
        var matched = try bench.job("top*", to: "/x/")
        matched.excludes = ["*.txt"]
        #expect(try files(matched) == ["x", "x/top.md 5"])
    }

    @Test func parentsComeAlongFromThePivotOn() throws {
        try bench.shell(
            """
            mkdir -m 700 x; mkdir -m 711 x/y z; echo 1 > x/y/a.txt; echo 2 > x/y/b.md; echo 3 > z/c.txt
            """
        )
        var job = try bench.job("./x/y/a.txt", "z", to: "/p/")
        job.parents = true
        #expect(
            try bench.listing(bench.made(job)) == [
                "755 0:0 p", "700 0:0 p/x", "711 0:0 p/x/y", "644 0:0 p/x/y/a.txt 1", "711 0:0 p/z",
                "644 0:0 p/z/c.txt 3",
            ])
        var pivoted = try bench.job("./x/./y/*.txt", to: "/p/")
        pivoted.parents = true
        #expect(try files(pivoted) == ["p", "p/y", "p/y/a.txt 1"])
        var deep = try bench.job("**/*.txt", to: "/p/")
        deep.parents = true
        #expect(try files(deep) == ["p", "p/x", "p/x/y", "p/x/y/a.txt 1", "p/z", "p/z/c.txt 3"])
    }

    // MARK: - Archives

    @Test(arguments: ["", "z", "j", "J", "--zstd"]) func anAddedArchiveBecomesItsFiles(compression: String) throws {
        let option = compression.hasPrefix("-") ? compression : compression.isEmpty ? "" : "-\(compression)"
        try bench.shell(
            """
            mkdir -p t/d; echo 1 > t/d/f; chown 5:6 t/d/f; chmod 4750 t/d/f; ln -s f t/d/l
            tar -C t -c \(option) -f data.bin d; rm -r t
            """
        )
        #expect(
            try bench.listing(bench.made(bench.job("data.bin", to: "/x", add: true))) == [
                "755 0:0 x", "755 0:0 x/d", "4750 5:6 x/d/f 1", "777 0:0 x/d/l -> f",
            ])
        #expect(
            try bench.listing(
                bench.made(bench.job("data.bin", to: "/x/", add: true, owner: FileOwner(uid: 9, gid: 9)))
            ).contains("4750 9:9 x/d/f 1"))
        #expect(try files(bench.job("data.bin", to: "/x/")).first == "x")
    }

    @Test func whatIsNoArchiveIsCopiedWhateverItsName() throws {
        try bench.shell("echo text > a.tar; gzip -k a.tar; : > empty.tar.gz")
        #expect(try files(bench.job("a.tar", to: "/x/", add: true)) == ["x", "x/a.tar text"])
        #expect(try files(bench.job("a.tar.gz", "empty.tar.gz", to: "/x/", add: true)).count == 3)
    }

    @Test func anArchiveStaysWithinItsDestination() throws {
        try bench.shell(
            """
            python3 - <<'P'
            import tarfile, io
            with tarfile.open('evil.tar', 'w') as t:
                l = tarfile.TarInfo('link'); l.type = tarfile.SYMTYPE; l.linkname = '/etc'; t.addfile(l)
                f = tarfile.TarInfo('link/passwd'); f.size = 4; t.addfile(f, io.BytesIO(b'evil'))
            P
            """)
        let base = try bench.layer("mkdir -p etc x/etc; echo good > etc/passwd")
        #expect(
            try files(bench.job("evil.tar", to: "/x/", add: true), on: [base])
                == ["x", "x/etc", "x/etc/passwd evil", "x/link -> /etc"])
        try bench.shell(
            "python3 -c \"import tarfile; t = tarfile.open('up.tar', 'w'); t.addfile(tarfile.TarInfo('../up'))\"")
        #expect(throws: EngineError.self) { _ = try bench.made(bench.job("up.tar", to: "/x/", add: true)) }
    }

    @Test func aCheckoutIsCopiedWhole() throws {
        try bench.shell("mkdir d; echo 1 > d/f; echo 2 > g; chown 5:5 g")
        let job = CopyJob(store: bench.store, sources: [.tree(path: "\(bench.path)/context")], destination: "/src")
        #expect(
            try bench.listing(bench.made(job)) == [
                "755 0:0 src", "755 0:0 src/d", "644 0:0 src/d/f 1", "644 0:0 src/g 2",
            ])
    }

    @Test func anArchiveThatGrowsBeyondItsLimitIsRefused() throws {
        try bench.shell("truncate -s 30M zeros; tar -cJf a.tar.xz zeros; rm zeros")
        var limits = ArchiveLimits()
        limits.layerBytes = 10 << 20
        let file = try OwnedDescriptor.open("\(bench.path)/context/a.tar.xz")
        let place = try OwnedDescriptor.open(bench.path, O_RDONLY | O_DIRECTORY)
        let error = try #require(throws: EngineError.self) {
            try ArchiveUnpacker(limits: limits).unpack(file.rawValue, into: place.rawValue)
        }
        #expect(error.code == .invalidArgument)
    }
}
