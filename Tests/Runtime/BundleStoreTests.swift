import Engine
import Glibc
import LinuxSystem
import OCI
import Testing

@testable import Runtime

struct BundleStoreTests {
    private func withStore(_ body: (BundleStore) throws -> Void) throws {
        let root = "/tmp/spyhop-bundles-\(UInt32.random(in: 0 ... .max))"
        defer { try? Files.removeTree(root) }
        try body(BundleStore(root: root))
    }

    private func record(_ id: String) -> BundleRecord {
        BundleRecord(
            id: id, bundle: "/b", rootfs: "/b/rootfs", created: "2026-01-01T00:00:00Z", owner: 0, process: nil,
            creator: nil, cgroup: BundleCgroup(paths: ["unified": "/x"]), annotations: ["a": "b"], usesSystemd: false)
    }

    private func make(_ id: String, in store: BundleStore) throws {
        try store.reserve(id)
        try store.keep(configuration: Array(#"{"ociVersion":"1.2.0"}"#.utf8), of: id)
        try store.save(record(id))
    }

    @Test func readsWhatItWrote() throws {
        try withStore { (store) throws in
            try make("one", in: store)
            #expect(try store.load("one") == record("one"))
            #expect(try store.configuration("one").ociVersion == "1.2.0")
            #expect(try store.all().map(\.id) == ["one"])
        }
    }

    @Test func givesANameToOneAlone() throws {
        try withStore { (store) throws in
            try make("one", in: store)
            let error = #expect(throws: EngineError.self) { try store.reserve("one") }
            #expect(error?.code == .conflict)
            #expect(error?.message.contains("already exists") == true)
        }
    }

    @Test func knowsNothingOfWhatIsNotThere() throws {
        try withStore { (store) throws in
            #expect(try store.all().isEmpty)
            let error = #expect(throws: EngineError.self) { try store.load("none") }
            #expect(error?.code == .notFound)
            // containerd looks for these words.
            #expect(error?.message.contains("does not exist") == true)
            #expect(throws: EngineError.self) { _ = try store.lock("none") }
            #expect(throws: EngineError.self) { try store.load("../etc") }
        }
    }

    @Test func leavesNothingOfARemovedContainer() throws {
        try withStore { (store) throws in
            try make("one", in: store)
            try store.makeFifo("one")
            try store.remove("one")
            #expect(try Files.list(store.root).isEmpty)
        }
    }

    @Test func givesNoLockOnWhatWasRemovedMeanwhile() throws {
        try withStore { (store) throws in
            try make("one", in: store)
            let held = try store.lock("one")
            let waiting = OwnThreadResult { () -> Bool in
                do throws(EngineError) {
                    _ = try store.lock("one")
                    return false
                } catch { return error.code == .notFound }
            }
            try store.remove("one")
            unlock(held)
            #expect(waiting.value())
        }
    }

    @Test func saysWhatIsDamaged() throws {
        try withStore { (store) throws in
            try make("one", in: store)
            try Files.writeAtomically(Array("{".utf8), to: store.directory("one") + "/state.json")
            let error = #expect(throws: EngineError.self) { try store.load("one") }
            #expect(error?.code == .corrupted)
            #expect(try store.all().isEmpty)
            #expect(try !store.exists("one"))
        }
    }

    private func unlock(_ lock: consuming FileLock) {}
}

/// Work on a thread of its own.
private final class OwnThreadResult: @unchecked Sendable {
    private var thread = pthread_t()
    private var result = false
    private let work: () -> Bool

    init(_ work: @escaping () -> Bool) {
        self.work = work
        pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let own = Unmanaged<OwnThreadResult>.fromOpaque(context).takeRetainedValue()
                own.result = own.work()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
    }

    func value() -> Bool {
        pthread_join(thread, nil)
        return result
    }
}
