import Engine
import Glibc
import LinuxSystem
import Testing

@testable import LocalEngine

struct VolumePlaceTests {
    private let scratch: Scratch
    private let place: VolumePlace
    private let image: String

    init() throws {
        scratch = try Scratch()
        image = scratch.path + "/image"
        try Files.makeDirectories(scratch.path + "/volume/_data")
        try Files.makeDirectories(image + "/data/sub")
        place = VolumePlace(data: scratch.path + "/volume/_data", staging: scratch.path + "/volume")
        try scratch.write("text", to: "image/data/file")
        chmod(image + "/data/file", 0o4750)
        link(image + "/data/file", image + "/data/sub/again")
        symlink("/etc/passwd", image + "/data/link")
        mkfifo(image + "/data/fifo", 0o620)
        chmod(image + "/data/fifo", 0o620)
        chmod(image + "/data", 0o1770)
        symlink("/data", image + "/alias")
    }

    private func fill(_ target: String = "/data") throws {
        let root = try OwnedDescriptor.open(image, O_RDONLY | O_DIRECTORY)
        try place.fill(from: root, target)
    }

    private func status(_ name: String) throws -> FileStatus {
        try #require(try Files.status(place.data + name))
    }

    @Test(arguments: ["/data", "/alias", "data/", "/sub/../data"])
    func anEmptyVolumeGetsWhatTheImageHas(target: String) throws {
        try Files.makeDirectories(image + "/sub")
        try fill(target)
        #expect(try Files.readText(place.data + "/file") == "text")
        #expect(try status("/file").mode & 0o7777 == 0o4750)
        #expect(try status("/file").inode == status("/sub/again").inode)
        #expect(try status("/link").kind == .symbolicLink)
        #expect(try status("/fifo").mode & 0o7777 == 0o620)
        #expect(try status("").mode & 0o7777 == 0o1770)
        let original = try #require(try Files.status(image + "/data/file"))
        #expect(try status("/file").modifiedAt == original.modifiedAt)
        let top = try #require(try Files.status(image + "/data"))
        #expect(try status("").modifiedAt == top.modifiedAt)
        #expect(try Files.list(place.staging).map(\.name) == ["_data"])
    }

    @Test func aVolumeWithContentIsLeftAlone() throws {
        try scratch.write("own", to: "volume/_data/own")
        try fill()
        #expect(try Files.list(place.data).map(\.name) == ["own"])
        #expect(try status("").mode & 0o7777 != 0o1770)
    }

    @Test(arguments: ["/nothing", "/data/file", "/loop", "/out"])
    func whatIsNoDirectoryOfTheImageIsNotCopied(target: String) throws {
        symlink("/loop", image + "/loop")
        symlink("../../../../../../../../../../etc", image + "/out")
        do { try fill(target) } catch let error as SystemError { #expect(error.number == ELOOP) }
        #expect(try Files.list(place.data).isEmpty)
    }

    @Test func aKilledCopyIsMadeAnew() throws {
        try Files.makeDirectories(place.staging + "/.copy/half")
        try fill()
        #expect(Files.exists(place.data + "/file"))
        #expect(!Files.exists(place.data + "/half"))
        #expect(try Files.list(place.staging).map(\.name) == ["_data"])
    }

    @Test func aKilledMoveIsFinishedAndOverwritesNothing() throws {
        try Files.makeDirectories(place.staging + "/.ready/dir")
        try scratch.write("image", to: "volume/.ready/one")
        try scratch.write("image", to: "volume/.ready/two")
        try scratch.write("container", to: "volume/_data/one")
        try place.finishInterrupted()
        #expect(try Files.readText(place.data + "/one") == "container")
        #expect(try Files.readText(place.data + "/two") == "image")
        #expect(Files.exists(place.data + "/dir"))
        #expect(try Files.list(place.staging).map(\.name) == ["_data"])
    }

    @Test func sizesCountEveryFileOnce() throws {
        try scratch.write(String(repeating: "x", count: 1000), to: "volume/_data/big")
        try Files.makeDirectories(place.data + "/deep/er")
        link(place.data + "/big", place.data + "/deep/er/again")
        symlink("12345", place.data + "/link")
        #expect(try TreeSize.bytes(below: place.data) == 1005)
        #expect(throws: CancellationError.self) { try TreeSize.bytes(below: place.data, unless: { true }) }
    }
}
