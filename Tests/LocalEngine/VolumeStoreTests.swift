import Engine
import Glibc
import LinuxSystem
import Testing

@testable import LocalEngine

struct VolumeStoreTests {
    private func store(_ scratch: Scratch) -> VolumeStore {
        VolumeStore(root: scratch.path + "/volumes", records: RecordStore(path: scratch.path + "/spyhop.db") {})
    }

    /// A volume with a file in it.
    private func filled(_ name: String, _ store: VolumeStore) throws {
        _ = try store.records.addVolume(try VolumeRecord(VolumeSpec(name: name)))
        try Files.makeDirectories(store.root)
        try store.prepare(name)
        try Files.writeAtomically([1, 2, 3], to: store.data(name) + "/file")
    }

    private func container(_ name: String, _ volumes: [String]) -> ContainerRecord {
        ContainerRecord(
            id: .random(), name: name, image: "box", imageID: ImageID(rawValue: "sha256:1"),
            createdAt: Timestamp(nanoseconds: 1), command: ["true"], labels: [:], restartPolicy: .no,
            autoRemove: false, networkMode: .none, limits: ResourceLimits(),
            mounts: volumes.enumerated().map { index, volume in
                MountSpec(source: .volume(.init(name: volume)), target: "/v\(index)")
            })
    }

    private let definition = ContainerDefinition(
        spec: ContainerSpec(image: "box"), environment: [], workingDirectory: "/", user: "", hostname: "h",
        stopSignal: 15, stopTimeout: 10, layers: [])

    @Test func aVolumeInUseStaysAndNamesItsUsers() throws {
        let scratch = try Scratch()
        let store = store(scratch)
        try filled("data", store)
        let user = container("web", ["data", "data"])
        try store.records.insert(user, definition)
        #expect(try store.records.volumeUsers() == ["data": ["web"]])
        let error = #expect(throws: EngineError.self) { try store.remove("data") }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("web") == true)
        #expect(Files.exists(store.data("data") + "/file"))
        try store.records.delete(user.id)
        #expect(try store.records.volumeUsers().isEmpty)
        try store.remove("data")
        #expect(!Files.exists(store.directory("data")))
        #expect(#expect(throws: EngineError.self) { try store.remove("data") }?.code == .notFound)
    }

    @Test func aContainerCannotUseAVolumeThatIsNotThere() throws {
        let scratch = try Scratch()
        let store = store(scratch)
        #expect(throws: EngineError.self) { try store.records.insert(container("web", ["gone"]), definition) }
        #expect(try store.records.all().isEmpty)
    }

    @Test func volumesOfAContainersOwnComeAndGoWithItsRow() throws {
        let scratch = try Scratch()
        let store = store(scratch)
        try filled("named", store)
        var fresh = try VolumeRecord(VolumeSpec())
        fresh.name = String(repeating: "a", count: 64)
        #expect(fresh.isAnonymous)
        #expect(fresh.labels[VolumeRecord.anonymousLabel] == "")
        let place = try store.prepareAside(fresh.name)
        try Files.writeAtomically([1], to: place.data + "/inside")
        let user = container("web", [fresh.name, "named"])
        try store.records.insert(user, definition, volumes: [fresh])
        try store.prepare(fresh.name)
        #expect(Files.exists(store.data(fresh.name) + "/inside"))
        let gone = try store.remove(ownedBy: user.id, among: user.volumeNames) { own in
            try store.records.delete(user.id, volumes: own)
        }
        #expect(gone == [fresh.name])
        #expect(try store.records.volumes().map(\.name) == ["named"])
        #expect(try Files.list(store.root).map(\.name).sorted() == [".lock", "named"])
    }

    @Test func anAnonymousVolumeThatOthersMountStays() throws {
        let scratch = try Scratch()
        let store = store(scratch)
        var fresh = try VolumeRecord(VolumeSpec())
        fresh.name = String(repeating: "b", count: 64)
        _ = try store.prepareAside(fresh.name)
        let first = container("one", [fresh.name])
        try store.records.insert(first, definition, volumes: [fresh])
        try store.prepare(fresh.name)
        try store.records.insert(container("two", [fresh.name]), definition)
        let gone = try store.remove(ownedBy: first.id, among: first.volumeNames) { own in
            try store.records.delete(first.id, volumes: own)
        }
        #expect(gone.isEmpty)
        #expect(Files.exists(store.data(fresh.name)))
    }

    // MARK: - Crashes

    @Test func aRemovalThatWasKilledBeforeItsRowWentIsUndone() throws {
        let scratch = try Scratch()
        let store = store(scratch)
        try filled("data", store)
        try Files.rename(store.directory("data"), to: store.root + "/.aside-data")
        try store.sweep()
        #expect(try Files.read(store.data("data") + "/file") == [1, 2, 3])
        // The next start finds it as well, without any sweep.
        try Files.rename(store.directory("data"), to: store.root + "/.aside-data")
        try store.prepare("data")
        #expect(try Files.read(store.data("data") + "/file") == [1, 2, 3])
    }

    @Test func aRemovalThatWasKilledAfterItsRowWentIsFinished() throws {
        let scratch = try Scratch()
        let store = store(scratch)
        try Files.makeDirectories(store.root + "/.aside-data/_data/deep")
        try Files.makeDirectories(store.root + "/.trash-17/_data")
        try Files.makeDirectories(store.root + "/stranger/_data")
        try store.sweep()
        // What has no row but stands in its place may be what a lost database has left.
        #expect(try Files.list(store.root).map(\.name).sorted() == [".lock", "stranger"])
    }

    @Test func aSweepLeavesAloneWhatIsBeingMade() throws {
        let scratch = try Scratch()
        let store = store(scratch)
        _ = try store.prepareAside(String(repeating: "c", count: 64))
        let lock = try store.hold(.shared)
        try store.sweep()
        #expect(try Files.list(store.root).count == 2)
        withExtendedLifetime(lock) {}
    }

    @Test(arguments: ["", "a", "-ab", "a/b", "a b", "_a", "ab\0", String(repeating: "a", count: 256)])
    func otherNamesAreRefused(name: String) {
        #expect(throws: EngineError.self) { try VolumeRecord(VolumeSpec(name: name)) }
    }

    @Test func driverOptionsAreTakenOrRefusedInWords() throws {
        #expect(try VolumeBacking([:]) == .directory)
        #expect(
            try VolumeBacking(["type": "none", "o": "bind,ro", "device": "/srv"])
                == .bind(path: "/srv", options: ["ro"]))
        #expect(
            try VolumeBacking(["type": "tmpfs", "o": "size=1m", "device": "tmpfs"])
                == .memory(options: ["size=1m"]))
        #expect(
            try VolumeBacking(["type": "ext4", "device": "/dev/sdb1"])
                == .device(path: "/dev/sdb1", type: "ext4", options: []))
        for refused in [
            ["type": "nfs", "o": "addr=10.0.0.1", "device": ":/x"], ["type": "ext4", "device": "/tmp/image"],
            ["type": "none", "o": "bind", "device": "srv"], ["device": "/srv"], ["bogus": "1"], ["size": "1g"],
        ] {
            #expect(throws: EngineError.self, "\(refused)") { try VolumeBacking(refused) }
        }
    }
}
