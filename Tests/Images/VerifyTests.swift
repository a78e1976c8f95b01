import Harness
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

@Suite(.enabled(if: geteuid() == 0, "unpacking keeps owners and makes whiteouts, which needs root"))
struct VerifyTests {
    /// Unpacks one of the archives of `attributes`.
    fileprivate static let patch = "tar --xattrs '--xattrs-include=*' -xpf ../../.."

    /// Archives that set extended attributes, for which there is no program everywhere.
    private func attributes(_ scratch: Scratch) throws {
        for (name, attribute) in [
            ("mark1", ("user.mark", "1")), ("mark2", ("user.mark", "2")), ("more", ("user.more", "2")),
        ] {
            var tar = TarBuilder()
            let all = name == "more" ? [("user.mark", "1"), attribute] : [attribute]
            tar.add("bin/tool", content: "#!/bin/sh\n", mode: 0o4755, attributes: all)
            try tar.write(to: "\(scratch.path)/\(name).tar")
        }
        for (name, directory, value) in [("opaque", "etc/again/", "y"), ("seen", "etc/deep/", "n")] {
            var tar = TarBuilder()
            tar.add(directory, type: "5", mode: 0o755, attributes: [("trusted.overlay.opaque", value)])
            try tar.write(to: "\(scratch.path)/\(name).tar")
        }
    }

    /// A store with `app:1`, pulled from a registry, of a layer with everything that a layer may have and one that
    /// changes it.
    private func filled() async throws -> (scratch: Scratch, fixture: RemoteFixture) {
        let scratch = try Scratch()
        let tree = "\(scratch.path)/tree"
        try scratch.write("#!/bin/sh\n", to: "tree/bin/tool")
        try scratch.write("grüße", to: "tree/etc/deep/grüße")
        try scratch.run("sh", "-c", "head -c 700000 /dev/urandom >\(tree)/noise; chmod 4755 \(tree)/bin/tool")
        try scratch.run("sh", "-c", "cd \(tree) && ln noise other && ln -s /etc/deep link && mkfifo pipe")
        try scratch.run("sh", "-c", "cd \(tree) && mknod null c 1 3 && chown 12:34 etc && chmod 1777 etc/deep")
        try scratch.run("sh", "-c", "cd \(tree) && truncate -s 3M sparse && printf x >>sparse")
        try attributes(scratch)
        try scratch.run("tar", "-C", tree, "--xattrs", "-xpf", "\(scratch.path)/mark1.tar")
        try scratch.run(
            "tar", "-C", tree, "--xattrs", "--xattrs-include=user.*", "--sparse", "-cf", "\(scratch.path)/lower.tar",
            ".")
        var upper = TarBuilder()
        upper.add("etc/.wh.gone")
        upper.add("etc/deep/.wh..wh..opq")
        upper.add("etc/again/.wh.dir")
        upper.add("etc/again/dir/", type: "5", mode: 0o700)
        upper.add("twice", content: "first")
        upper.add("twice", content: "second")
        upper.add("up", type: "2", link: "etc/again")
        upper.add("up/through-a-link", content: "x")
        try upper.write(to: "\(scratch.path)/upper.tar")
        let fixture = try RemoteFixture(scratch, archives: ["lower.tar", "upper.tar"])
        try await fixture.pull(
            into: scratch.store, as: "app:1",
            repoDigest: "localhost:5000/app@\(fixture.manifestDescriptor.digest)")
        return (scratch, fixture)
    }

    private func verify(
        _ scratch: Scratch, _ references: [String] = [], repair: Bool = false, running: Set<ImageID> = [],
        refetch: ImageVerifier.Refetch? = nil
    ) async throws -> [ImageVerification] {
        try await ImageVerifier(
            scratch.store, repairs: repair, runningImages: { running }, refetch: refetch, progress: { _ in }
        ).verify(references)
    }

    private func faults(_ scratch: Scratch) async throws -> [String] {
        try await verify(scratch).flatMap { $0.faults.map(\.description) }
    }

    /// A registry that has the fixture.
    private func registry(_ fixture: RemoteFixture) -> ImageVerifier.Refetch {
        { blob, repository, sink in
            guard repository.fullRepository == "localhost:5000/app" else {
                throw EngineError(.unreachable, "no such registry")
            }
            let all = [fixture.manifest, fixture.configuration] + fixture.layers.map(\.bytes)
            let bytes = try #require(all.first { Digest(of: $0).description == blob.digest })
            try await sink(Array(bytes.prefix(7)))
            try await sink(Array(bytes.dropFirst(7)))
        }
    }

    private func flipBit(_ path: String, at offset: Int) throws {
        var bytes = try Files.read(path)
        bytes[offset] ^= 4
        let file = try OwnedDescriptor.open(path, O_WRONLY)
        try file.writeAll(bytes)
    }

    private func blobPath(_ scratch: Scratch, _ digest: String) -> String {
        "\(scratch.store.root)/blobs/sha256/\(digest.dropFirst("sha256:".count))"
    }

    @Test func whatIsWholeHasNoFaults() async throws {
        let (scratch, fixture) = try await filled()
        try scratch.store.tag("app:1", as: "other")
        let results = try await verify(scratch)
        #expect(results.count == 1)
        #expect(results.first?.faults == [])
        #expect(results.first?.id == fixture.id)
        #expect(results.first?.checked == 5)
        #expect(try await verify(scratch, ["other", "app:1"]).count == 1)
        await #expect {
            _ = try await verify(scratch, ["missing"])
        } throws: { error in
            (error as? EngineError)?.code == .notFound
        }
    }

    @Test func aFlippedBitIsFoundWhereverItIs() async throws {
        let (scratch, fixture) = try await filled()
        let manifest = fixture.manifestDescriptor.digest
        let configuration = Digest(of: fixture.configuration).description
        for digest in [manifest, configuration] + fixture.layers.map(\.blob.digest) {
            let path = blobPath(scratch, digest)
            let size = try Files.read(path).count
            for offset in [0, size / 2, size - 1] {
                try flipBit(path, at: offset)
                let result = try #require(try await verify(scratch, ["app:1"]).first)
                #expect(result.faults.map(\.digest) == [digest], "at \(offset)")
                #expect(!result.isWhole)
                try flipBit(path, at: offset)
            }
        }
        #expect(try await faults(scratch) == [])
    }

    @Test(arguments: [
        ("printf y >>noise", "/noise has 700001 bytes, not 700000"),
        ("printf y | dd of=noise bs=1 seek=350000 conv=notrunc", "/noise has other content"),
        ("printf y | dd of=sparse bs=1 seek=1000000 conv=notrunc", "/sparse has other content"),
        ("rm etc/deep/gr*", "/etc/deep/grüße is missing"),
        ("touch etc/extra", "/etc/extra does not belong there"),
        ("chmod 755 bin/tool", "/bin/tool has the mode 755, not 4755"),
        ("chown 1:1 etc", "/etc belongs to 1:1, not 12:34"),
        ("chmod 700 .", "/ has the mode 700"),
        ("ln -sfn /elsewhere link", "/link leads elsewhere"),
        ("rm pipe && touch pipe", "/pipe is something else"),
        ("rm null && mknod null c 1 5", "/null is another device"),
        ("cp -a other copy && mv copy other", "is no longer the same file"),
        ("\(VerifyTests.patch)/mark2.tar", "/bin/tool has another user.mark"),
        ("\(VerifyTests.patch)/more.tar", "/bin/tool has an attribute user.more"),
    ])
    func aChangeOfAnUnpackedFileIsFoundAndUndone(change: String, words: String) async throws {
        let (scratch, _) = try await filled()
        let layer = try scratch.layer("app:1", 1)
        try scratch.run("sh", "-c", "cd \(layer) && \(change)")
        let found = try await faults(scratch)
        #expect(found.count == 1)
        #expect(found.contains { $0.contains(words) }, "\(found)")
        let repaired = try await verify(scratch, repair: true)
        #expect(repaired.flatMap(\.faults).map(\.isRepaired) == [true])
        #expect(try await faults(scratch) == [])
        #expect(try scratch.layer("app:1", 1) == layer)
    }

    @Test(arguments: [
        ("rm etc/gone", "/etc/gone is missing"),
        ("\(VerifyTests.patch)/seen.tar", "hides what is below it"),
        ("\(VerifyTests.patch)/opaque.tar", "hides what is below it"),
        ("printf first >twice", "/twice has 5 bytes, not 6"),
        ("printf y >etc/again/through-a-link", "/etc/again/through-a-link has other content"),
    ])
    func marksOfOverlayfsCountToo(change: String, words: String) async throws {
        let (scratch, _) = try await filled()
        try scratch.run("sh", "-c", "cd \(try scratch.layer("app:1", 0)) && \(change)")
        let found = try await faults(scratch)
        #expect(found.contains { $0.contains(words) }, "\(found)")
        #expect(try await verify(scratch, repair: true).allSatisfy(\.isWhole))
        #expect(try await faults(scratch) == [])
    }

    @Test func damagedAndMissingBlobsAreFetchedAgain() async throws {
        let (scratch, fixture) = try await filled()
        let layer = try scratch.layer("app:1", 1)
        let configuration = Digest(of: fixture.configuration).description
        try flipBit(blobPath(scratch, fixture.manifestDescriptor.digest), at: 20)
        try flipBit(blobPath(scratch, configuration), at: 20)
        try flipBit(blobPath(scratch, fixture.layers[0].blob.digest), at: 300)
        try Files.remove(blobPath(scratch, fixture.layers[1].blob.digest))
        try scratch.run("touch", "\(layer)/etc/deep/more")
        let result = try #require(try await verify(scratch, ["app:1"], repair: true, refetch: registry(fixture)).first)
        #expect(result.faults.count == 5)
        #expect(result.isWhole, "\(result.faults)")
        #expect(result.id == fixture.id)
        #expect(try await faults(scratch) == [])
        #expect(try scratch.store.inspect("app:1").image.id == fixture.id)
    }

    @Test func whatNoRegistryHasStaysDamagedAndIsToldSo() async throws {
        let (scratch, fixture) = try await filled()
        let path = blobPath(scratch, fixture.layers[0].blob.digest)
        try flipBit(path, at: 300)
        let deaf = try #require(try await verify(scratch, repair: true).first)
        #expect(deaf.faults.first?.failure?.contains("no registry is known") == true)
        let damaged = try Files.read(path)
        let liar: ImageVerifier.Refetch = { blob, _, sink in
            try await sink([UInt8](repeating: 0, count: Int(blob.size)))
        }
        let lied = try #require(try await verify(scratch, repair: true, refetch: liar).first)
        #expect(lied.faults.first?.failure?.contains("sent other bytes") == true)
        let endless: ImageVerifier.Refetch = { _, _, sink in
            while true { try await sink([UInt8](repeating: 0, count: 1 << 20)) }
        }
        let flooded = try #require(try await verify(scratch, repair: true, refetch: endless).first)
        #expect(flooded.faults.first?.failure?.contains("more bytes come") == true)
        #expect(try Files.read(path) == damaged)
    }

    @Test func aLayerBeneathARunningContainerIsLeftAlone() async throws {
        let (scratch, fixture) = try await filled()
        let layer = try scratch.layer("app:1", 1)
        try scratch.run("touch", "\(layer)/extra")
        let result = try #require(try await verify(scratch, repair: true, running: [fixture.id]).first)
        #expect(result.faults.first?.isRepaired == false)
        #expect(result.faults.first?.failure?.contains("a running container stands on") == true)
        #expect(Files.exists("\(layer)/extra"))
        #expect(try await verify(scratch, repair: true).allSatisfy(\.isWhole))
        #expect(!Files.exists("\(layer)/extra"))
    }

    @Test func aDamagedRecordOfALayerIsMadeAnew() async throws {
        let (scratch, _) = try await filled()
        let layer = try scratch.layer("app:1", 1)
        try Files.writeAtomically(Array("{".utf8), to: "\(layer).json")
        #expect(try await verify(scratch, repair: true).allSatisfy(\.isWhole))
        #expect(try await faults(scratch) == [])
        #expect(try scratch.layer("app:1", 1) == layer)
    }

    @Test func aLayerThatIsNotUnpackedYetIsNoFault() async throws {
        let (scratch, _) = try await filled()
        try scratch.run("sh", "-c", "rm -r \(scratch.store.root)/layers/*")
        #expect(try await faults(scratch) == [])
    }

    @Test func loadingAnImageAgainMendsItsBlobs() async throws {
        let (scratch, fixture) = try await filled()
        try scratch.save(["app:1"], to: "saved.tar")
        let digests = [fixture.layers[0].blob.digest, Digest(of: fixture.configuration).description]
        for digest in digests { try flipBit(blobPath(scratch, digest), at: 30) }
        #expect(try await faults(scratch) != [])
        #expect(try scratch.load("saved.tar") == ["app:1"])
        #expect(try await faults(scratch) == [])
    }
}
