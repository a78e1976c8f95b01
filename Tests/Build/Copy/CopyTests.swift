@testable import Build
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

/// What COPY does, by docker's documentation and BuildKit's behaviour.
@Suite(.enabled(if: geteuid() == 0, "copies keep owners, which needs root"))
struct CopyTests {
    private let bench: CopyBench

    init() throws { bench = try CopyBench() }

    // MARK: - Destinations

    @Test func aFileGetsTheDestinationsName() throws {
        try bench.shell("echo one > a; chmod 640 a; chown 7:8 a")
        #expect(
            try bench.listing(bench.made(bench.job("a", to: "/opt/new/b"))) == [
                "755 0:0 opt", "755 0:0 opt/new", "640 0:0 opt/new/b one",
            ])
    }

    @Test(arguments: ["/opt/", "/opt/.", "/opt"]) func aFileGoesIntoADirectoryThatIsThere(destination: String) throws {
        try bench.shell("echo one > a")
        let base = try bench.layer("mkdir -m 700 opt")
        #expect(
            try bench.listing(bench.made(bench.job("a", to: destination), on: [base])) == [
                "700 0:0 opt", "644 0:0 opt/a one",
            ])
    }

    @Test func aSlashMakesADirectory() throws {
        try bench.shell("echo one > a")
        #expect(try bench.listing(bench.made(bench.job("a", to: "/x/y/"))).last == "644 0:0 x/y/a one")
    }

    @Test func aDirectorysContentIsCopiedAndNotTheDirectory() throws {
        try bench.shell("mkdir -m 711 d; mkdir -m 750 d/sub; echo 1 > d/f; echo 2 > d/sub/g; ln -s f d/l")
        #expect(
            try bench.listing(bench.made(bench.job("d", to: "/app"))) == [
                "755 0:0 app", "644 0:0 app/f 1", "777 0:0 app/l -> f", "750 0:0 app/sub", "644 0:0 app/sub/g 2",
            ])
    }

    @Test func aDirectoryThatIsThereKeepsItsModeAndThoseWithinGetTheSources() throws {
        try bench.shell("mkdir -m 711 d; mkdir -m 750 d/sub; echo 2 > d/sub/g")
        let base = try bench.layer("mkdir -m 700 app; mkdir -m 777 app/sub; chown -R 5:6 app; echo 9 > app/sub/old")
        #expect(
            try bench.listing(bench.made(bench.job("d/", to: "/app/"), on: [base])) == [
                "700 5:6 app", "750 0:0 app/sub", "644 0:0 app/sub/g 2",
            ])
    }

    @Test func severalSourcesNeedADirectory() throws {
        try bench.shell("echo 1 > a; echo 2 > b")
        #expect(try bench.listing(bench.made(bench.job("a", "b", to: "/x/"))).count == 3)
        let error = try #require(throws: EngineError.self) { _ = try bench.made(bench.job("a", "b", to: "/x")) }
        #expect(error.message.contains("must be a directory and end with a /"))
        #expect(throws: EngineError.self) { _ = try bench.made(bench.job("?", to: "/x")) }
    }

    @Test func linksOnTheWayToTheDestinationAreFollowedWithinTheRoot() throws {
        try bench.shell("echo 1 > a")
        let base = try bench.layer("mkdir real; ln -s /real abs; ln -s ../../../../real up; ln -s nowhere/yet dangling")
        #expect(try bench.listing(bench.made(bench.job("a", to: "/abs/"), on: [base])).last == "644 0:0 real/a 1")
        #expect(try bench.listing(bench.made(bench.job("a", to: "/up/x"), on: [base])).last == "644 0:0 real/x 1")
        #expect(
            try bench.listing(bench.made(bench.job("a", to: "/dangling/x"), on: [base])).last
                == "644 0:0 nowhere/yet/x 1")
    }

    @Test func aLinkInADirectoryIsReplacedAndOneThatIsTheDestinationIsFollowed() throws {
        try bench.shell("echo new > a")
        let base = try bench.layer("mkdir d; echo old > file; ln -s ../file d/a; ln -s file link")
        #expect(
            try bench.listing(bench.made(bench.job("a", to: "/d/"), on: [base])) == ["755 0:0 d", "644 0:0 d/a new"])
        #expect(try bench.listing(bench.made(bench.job("a", to: "/link"), on: [base])) == ["644 0:0 file new"])
    }

    @Test func filesAndDirectoriesDoNotReplaceEachOther() throws {
        try bench.shell("mkdir -p d/x; echo 1 > d/x/f; mkdir e; echo 1 > e/y")
        let base = try bench.layer("echo 1 > x; mkdir y; mkdir z; ln -s z link")
        #expect(throws: EngineError.self) { _ = try bench.made(bench.job("d", to: "/"), on: [base]) }
        #expect(throws: EngineError.self) { _ = try bench.made(bench.job("e", to: "/"), on: [base]) }
        try bench.shell("mkdir -p g/link; echo 1 > g/link/f")
        let error = try #require(throws: EngineError.self) { _ = try bench.made(bench.job("g", to: "/"), on: [base]) }
        #expect(error.message.contains("/link"))
    }

    @Test func aLinkedCopyDependsOnNothingBelow() throws {
        try bench.shell("echo 1 > a")
        let base = try bench.layer("mkdir real; ln -s real link")
        var job = try bench.job("a", to: "/link/")
        job.link = true
        #expect(try bench.listing(bench.made(job, on: [])) == ["755 0:0 link", "644 0:0 link/a 1"])
        #expect(try bench.listing(bench.made(job, on: [base])).last == "644 0:0 real/a 1")
    }

    // MARK: - Owners, modes, times

    @Test func ownerAndModeAreGivenToEverythingAndToMadeParents() throws {
        try bench.shell("mkdir -m 700 d; echo 1 > d/f; ln -s f d/l; chmod 4711 d/f")
        #expect(
            try bench.listing(
                bench.made(bench.job("d", to: "/p/q", owner: FileOwner(uid: 10, gid: 20), mode: "640"))) == [
                    "755 10:20 p", "755 10:20 p/q", "640 10:20 p/q/f 1", "777 10:20 p/q/l -> f",
                ])
    }

    @Test func setuidAttributesAndTimesStay() throws {
        try bench.shell(
            """
            echo 1 > f; chmod 6755 f; touch -d @1234567890.5 f
            mkdir d; echo 2 > d/g; touch -d @99 d/g; mkdir d/e; touch -d @77 d/e
            python3 -c 'import os; os.setxattr("f", "user.note", b"kept")'
            """)
        let layer = try bench.made(bench.job("f", "d", to: "/x/"))
        let directory = "\(bench.store.layersDirectory)/\(layer.directory)/x"
        let facts = try #require(try Files.status("\(directory)/f"))
        #expect(facts.mode & 0o7777 == 0o6755 && facts.modifiedAt == 1_234_567_890_500_000_000)
        #expect(try Files.status("\(directory)/g")?.modifiedAt == 99_000_000_000)
        #expect(try Files.status("\(directory)/e")?.modifiedAt == 77_000_000_000)
        #expect(try OwnedDescriptor.open("\(directory)/f").attribute("user.note") == Array("kept".utf8))
    }

    @Test func filesOfAStageKeepTheirOwners() throws {
        let stage = try bench.layer(
            "mkdir d; echo 1 > d/f; chown 3:4 d/f; ln d/f d/g; mknod d/null c 1 3; mkfifo d/pipe")
        let layer = try bench.made(bench.job("/d", to: "/d", from: .layers([stage])))
        #expect(
            try bench.listing(layer) == [
                "755 0:0 d", "644 3:4 d/f 1", "644 3:4 d/g 1", "644 0:0 d/null", "644 0:0 d/pipe",
            ])
        let directory = "\(bench.store.layersDirectory)/\(layer.directory)/d"
        #expect(try Files.status("\(directory)/f")?.inode == Files.status("\(directory)/g")?.inode)
        #expect(try Files.status("\(directory)/null")?.kind == .characterDevice)
    }

    @Test func hardLinksAreKeptWithinASourceAndNotBetweenSources() throws {
        try bench.shell("echo 1 > a; ln a b")
        func inodes(_ job: CopyJob) throws -> Set<UInt64> {
            let directory = "\(bench.store.layersDirectory)/\(try bench.made(job).directory)/x"
            return Set(try ["a", "b"].compactMap { try Files.status("\(directory)/\($0)")?.inode })
        }
        #expect(try inodes(bench.job("a", "b", to: "/x/")).count == 2)
        #expect(try inodes(bench.job("?", to: "/x/")).count == 2)
        #expect(try inodes(bench.job(".", to: "/x/")).count == 1)
    }

    @Test func socketsAreLeftOut() throws {
        try bench.shell("python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"s\")'; echo 1 > f")
        #expect(try bench.listing(bench.made(bench.job(".", to: "/"))) == ["644 0:0 f 1"])
    }

    @Test func aNameThatMarksRemovedFilesCannotBeInALayer() throws {
        try bench.shell("echo 1 > .wh.x")
        let error = try #require(throws: EngineError.self) { _ = try bench.made(bench.job(".", to: "/")) }
        #expect(error.message.contains(".wh.x"))
    }

    @Test func namesThatAreNotUTF8AndDeepTreesAreCopied() throws {
        try bench.shell(
            "printf 1 > \"$(printf 'caf\\351')\"; for i in $(seq 1 300); do mkdir d; cd d; done; echo deep > file")
        let layer = try bench.made(bench.job(".", to: "/"))
        let found = try bench.shell(
            "test -f \"$(printf 'caf\\351')\"; find . -name file | wc -c",
            in: "\(bench.store.layersDirectory)/\(layer.directory)")
        #expect(found == "\(300 * 2 + 6 + 1)\n")
    }

    @Test func largeFilesAndHolesAreCopied() throws {
        try bench.shell("head -c 3000000 /dev/urandom > big; truncate -s 50M sparse; echo end >> sparse")
        let layer = try bench.made(bench.job(".", to: "/"))
        try bench.shell("cmp big \(bench.store.layersDirectory)/\(layer.directory)/big")
        try bench.shell("cmp sparse \(bench.store.layersDirectory)/\(layer.directory)/sparse")
    }

    @Test func hereDocumentsAndFetchedFilesAreFiles() throws {
        try bench.shell("printf fetched > download", in: bench.path)
        let fetched = FetchedFile(
            name: "index.html", digest: Digest(of: []), size: 7, modifiedAt: Timestamp(seconds: 1_000_000))
        let job = CopyJob(
            store: bench.store,
            sources: [
                .text(name: "script.sh", bytes: Array("hello\n".utf8)),
                .fetched(fetched, path: "\(bench.path)/download", unpack: false),
            ], destination: "/x/")
        let layer = try bench.made(job)
        #expect(
            try bench.listing(layer) == ["755 0:0 x", "600 0:0 x/index.html fetched", "644 0:0 x/script.sh hello"])
        #expect(
            try Files.status("\(bench.store.layersDirectory)/\(layer.directory)/x/index.html")?.modifiedAt
                == 1_000_000_000_000_000)
    }
}
