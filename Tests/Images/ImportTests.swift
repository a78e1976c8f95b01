import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

@Suite(.enabled(if: geteuid() == 0, "unpacking keeps owners and makes whiteouts, which needs root"))
struct ImportTests {
    @Test func importsDirectoriesTheSameWayEachTime() throws {
        let scratch = try Scratch()
        try scratch.write("x", to: "root/b/file")
        try scratch.run("ln", "\(scratch.path)/root/b/file", "\(scratch.path)/root/a")
        try scratch.run("mknod", "\(scratch.path)/root/null", "c", "1", "3")
        try scratch.run("ln", "-s", "b/file", "\(scratch.path)/root/link")
        try scratch.run("chown", "7:8", "\(scratch.path)/root")
        try scratch.run("chmod", "1777", "\(scratch.path)/root")
        let store = scratch.store
        let request = ImageImport(source: .directory("\(scratch.path)/root"), reference: "made")
        let id = try store.importRoot(request)
        #expect(try store.resolve("made").id == id)
        let layer = try scratch.layer("made")
        let status = { (name: String) throws in try #require(try Files.status("\(layer)\(name)")) }
        #expect(try status("").mode & 0o7777 == 0o1777)
        #expect(try status("").uid == 7)
        #expect(try status("/a").inode == status("/b/file").inode)
        #expect(try status("/null").kind == .characterDevice)
        #expect(try status("/null").deviceNumber == 0x103)
        #expect(try status("/link").kind == .symbolicLink)
        let layers = try store.inspect("made").layers
        let again = ImageStore(root: "\(scratch.path)/again")
        _ = try again.importRoot(request)
        #expect(try again.inspect("made").layers == layers)
    }

    @Test(arguments: ["", "-z", "--zstd"])
    func importsArchives(coat: String) throws {
        let scratch = try Scratch()
        try scratch.write("hello", to: "root/file")
        var arguments = ["tar", "-C", "\(scratch.path)/root", "-cf", "\(scratch.path)/root.tar", "."]
        if !coat.isEmpty { arguments.insert(coat, at: 1) }
        try scratch.run(arguments)
        let file = try OwnedDescriptor.open("\(scratch.path)/root.tar")
        let id = try scratch.store.importRoot(
            ImageImport(source: .archive(descriptor: file.rawValue), reference: nil, message: "note"))
        #expect(try Files.readText("\(try scratch.layer(id.rawValue))/file") == "hello")
        #expect(try scratch.store.images().first?.tags == [])
    }

    @Test func appliesChanges() throws {
        let scratch = try Scratch()
        try Files.makeDirectories("\(scratch.path)/root")
        let store = scratch.store
        _ = try store.importRoot(
            ImageImport(
                source: .directory("\(scratch.path)/root"), reference: "made",
                changes: [
                    "CMD [\"/bin/sh\", \"-l\"]", "entrypoint /init --flag", "ENV A=1 B=\"two words\"",
                    "ENV OLD style text",
                    "LABEL one=1 \"two key\"='x y'", "USER 10:20", "WORKDIR /srv", "WORKDIR data", "EXPOSE 80 53/udp",
                    "STOPSIGNAL SIGINT", "VOLUME [\"/data\"]", "VOLUME /a /b",
                    "HEALTHCHECK --interval=5s --timeout=1m30s --retries=2 CMD test -e /well",
                ]))
        let image = try store.resolve("made")
        #expect(image.command == ["/bin/sh", "-l"])
        #expect(image.entrypoint == ["/bin/sh", "-c", "/init --flag"])
        #expect(image.environment == ["A=1", "B=two words", "OLD=style text"])
        #expect(image.labels == ["one": "1", "two key": "x y"])
        #expect(image.user == "10:20")
        #expect(image.workingDirectory == "/srv/data")
        #expect(image.exposedPorts == ["53/udp", "80/tcp"])
        #expect(image.stopSignal == "SIGINT")
        #expect(image.volumes == ["/a", "/b", "/data"])
        #expect(
            image.healthCheck
                == HealthCheck(
                    test: ["CMD-SHELL", "test -e /well"], interval: 5_000_000_000, timeout: 90_000_000_000, retries: 2))
        #expect(try store.resolve("made") == image)
    }

    @Test(arguments: [
        "", "CMD", "RUN true", "ENV A", "EXPOSE http", "EXPOSE 0", "LABEL ='x'", "LABEL a=\"open",
        "HEALTHCHECK CMD", "HEALTHCHECK --interval=fast CMD true", "HEALTHCHECK --retries=-1 CMD true",
        "HEALTHCHECK true",
    ])
    func refusesChangesItCannotApply(change: String) throws {
        let scratch = try Scratch()
        try Files.makeDirectories("\(scratch.path)/root")
        #expect {
            _ = try scratch.store.importRoot(
                ImageImport(source: .directory("\(scratch.path)/root"), reference: nil, changes: [change]))
        } throws: { error in
            (error as? EngineError)?.code == .invalidArgument
        }
    }
}
