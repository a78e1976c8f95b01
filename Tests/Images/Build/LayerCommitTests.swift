import Engine
import Glibc
@testable import Images
import LinuxSystem
import OCI
import Testing

@Suite(.enabled(if: geteuid() == 0, "layers keep owners and whiteouts, which needs root"))
struct LayerCommitTests {
    private let bench: LayerBench

    init() throws { bench = try LayerBench() }

    private func layer(_ script: String, on below: [BuiltLayer] = [], epoch: Int64? = nil) throws -> BuiltLayer {
        try bench.layer(script, on: below, epoch: epoch)
    }

    /// What GNU tar lists, times left out.
    private func listing(_ layer: BuiltLayer) throws -> [String] {
        try bench.scratch.run("tar", "--numeric-owner", "--full-time", "-tvf", try bench.archive(layer))
            .split(separator: "\n").map { line in
                let words = line.split(separator: " ", omittingEmptySubsequences: true)
                // A device has two numbers in the place of its size.
                return (words[..<3] + words[5...]).joined(separator: " ")
            }
    }

    private func check(_ layers: [BuiltLayer]) throws { #expect(try bench.faults(layers) == []) }

    @Test func aDraftThatNothingWasWrittenToIsDockersEmptyLayer() throws {
        let made = try layer("")
        #expect(made.diffID.hex == "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef")
        #expect(made.descriptor.size == 1024 && made.size == 0 && made.descriptor.mediaType == MediaType.layer)
        try check([made])
    }

    @Test func everyKindOfFileIsInTheArchiveAndInTheDirectory() throws {
        let made = try layer(
            """
            mkdir -m 1777 tmp; mkdir -p usr/bin; echo hello > usr/bin/tool
            chown 12:34 usr/bin/tool; chmod 4755 usr/bin/tool; ln usr/bin/tool usr/bin/other; ln -s ../bin/tool usr/link
            mkfifo -m 600 pipe; mknod -m 640 null c 1 3
            python3 -c 'import os
            os.setxattr("usr/bin/tool", "user.note", b"kept")
            os.setxattr("usr/bin/tool", "security.capability", bytes.fromhex("0100000200200000000000000000000000000000"))'
            """)
        let listed = try listing(made)
        #expect(
            listed == [
                "crw-r----- 0/0 1,3 null", "prw------- 0/0 0 pipe", "drwxrwxrwt 0/0 0 tmp/", "drwxr-xr-x 0/0 0 usr/",
                "drwxr-xr-x 0/0 0 usr/bin/", "-rwsr-xr-x 12/34 6 usr/bin/other",
                "hrwsr-xr-x 12/34 0 usr/bin/tool link to usr/bin/other", "lrwxrwxrwx 0/0 0 usr/link -> ../bin/tool",
            ])
        let attributes = try bench.scratch.run(
            "tar", "--xattrs", "--xattrs-include=*", "-tvvf", try bench.archive(made))
        #expect(attributes.contains("user.note") && attributes.contains("security.capability"))
        try check([made])
    }

    @Test func whatIsRemovedIsMarked() throws {
        let base = try layer("mkdir -p a/b c; echo 1 > a/b/x; echo 2 > a/y; echo 3 > c/z; ln -s a link")
        let top = try layer("rm a/y link; rm -r c; mkdir c; echo 4 > c/new", on: [base])
        #expect(
            try listing(top).map { $0.split(separator: " ").last.map(String.init) ?? "" } == [
                "a/", "a/.wh.y", "c/", "c/.wh..wh..opq", "c/new", ".wh.link",
            ])
        try check([base, top])
    }

    @Test func anArchiveUnpackedAgainIsTheSameLayer() throws {
        let base = try layer("mkdir -p a/b; echo 1 > a/b/x; echo 2 > a/y")
        let top = try layer("rm a/b/x; echo 5 > a/b/w; rm a/y; mkdir a/y", on: [base])
        let merged = try layer(
            "test -d a/y; test ! -e a/b/x", on: [base, top])
        #expect(merged.size == 0)
        try check([base, top])
    }

    @Test func anEpochStandsForEveryNewerTimeInFilesAndArchive() throws {
        let made = try layer(
            "mkdir d; echo 1 > d/new; touch -d @5 d/old; ln -s new d/link; touch -h -d @2000 d/link", epoch: 1000)
        let text = try bench.scratch.run("tar", "--full-time", "--utc", "-tvf", try bench.archive(made))
        #expect(text.split(separator: "\n").count { $0.contains("1970-01-01 00:16:40") } == 3)
        #expect(text.contains("1970-01-01 00:00:05"))
        let directory = "\(bench.store.layersDirectory)/\(made.directory)"
        for (name, time) in [("d", 1000), ("d/new", 1000), ("d/old", 5), ("d/link", 1000)] as [(String, Int64)] {
            #expect(try Files.status("\(directory)/\(name)")?.modifiedAt == time * 1_000_000_000)
        }
        let again = try layer("mkdir d; echo 1 > d/new; touch -d @5 d/old; ln -s new d/link", epoch: 1000)
        #expect(again == made)
    }

    @Test func socketsAreLeftOutOfBoth() throws {
        let made = try layer(
            "echo 1 > file; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"socket\")'")
        #expect(try listing(made).count == 1)
        try check([made])
    }

    @Test func aNameThatWouldBeAWhiteoutIsRefused() throws {
        let error = try #require(throws: EngineError.self) { _ = try layer("mkdir d; touch d/.wh.x") }
        #expect(error.code == .unsupported && error.message.contains("/d/.wh.x"))
    }

    @Test func namesThatAreNotUTF8AndDeepTreesStay() throws {
        let made = try layer(
            """
            printf 1 > "$(printf 'caf\\351')"; printf 2 > "größe"
            for i in $(seq 1 300); do mkdir d; cd d; done; echo deep > file
            """)
        try check([made])
        let names = try bench.scratch.run("tar", "--quoting-style=escape", "-tf", try bench.archive(made))
        #expect(names.contains("caf\\351") && names.contains("gr\\303\\266\\303\\237e"))
    }

    @Test func aFileThatIsRenamedOverIsWholeInTheUpperLayer() throws {
        let base = try layer("mkdir -p lib/inner; echo content > lib/inner/file; chmod 600 lib/inner/file")
        let top = try layer("mv lib library; chmod 644 library/inner/file", on: [base])
        #expect(
            try listing(top) == [
                "---------- 0/0 0 .wh.lib", "drwxr-xr-x 0/0 0 library/", "drwxr-xr-x 0/0 0 library/inner/",
                "-rw-r--r-- 0/0 8 library/inner/file",
            ])
        try check([base, top])
    }

    @Test func manyLayersCanBeJoined() throws {
        var layers: [BuiltLayer] = []
        for number in 0..<40 { layers.append(try layer("echo \(number) > f\(number)")) }
        let top = try layer("cat f* | wc -l > count", on: layers)
        let directory = "\(bench.store.layersDirectory)/\(top.directory)"
        #expect(try Files.readText("\(directory)/count") == "40\n")
    }

    @Test func whatIsNotCommittedLeavesNothing() throws {
        do {
            let draft = try bench.change.makeDraft()
            try Files.writeAtomically([1], to: "\(draft.upper)/file")
        }
        let left = try bench.scratch.run("find", bench.store.stagingDirectory, "-mindepth", "2")
        #expect(left.isEmpty)
    }
}
