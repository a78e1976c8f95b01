import Engine
import Glibc
import LinuxSystem
import OCI
import Testing

@testable import Runtime

struct BundleStateTests {
    @Test func derivesTheStatusFromWhatIsThere() {
        func status(
            alive: Bool = false, process: Bool = true, creator: Bool = false, fifo: Bool = false, frozen: Bool = false
        ) -> State.Status {
            BundleStatus(
                isAlive: alive, hasProcess: process, creatorIsAlive: creator, hasFifo: fifo, isFrozen: frozen
            ).status
        }
        #expect(status(process: false, creator: true) == .creating)
        #expect(status(process: false) == .stopped)
        #expect(status(fifo: true) == .stopped)
        #expect(status(frozen: true) == .stopped)
        #expect(status(alive: true, fifo: true) == .created)
        #expect(status(alive: true, fifo: true, frozen: true) == .created)
        #expect(status(alive: true, frozen: true) == .paused)
        #expect(status(alive: true) == .running)
    }

    @Test(arguments: ["a", "A-b_c.d+e", "0", "..a", String(repeating: "x", count: 255)])
    func takesNamesThatRuncTakes(_ id: String) {
        #expect(throws: Never.self) { () throws in try BundleID.check(id) }
    }

    @Test(arguments: ["", ".", "..", "a/b", "a b", "é", "a\0", "a:b", String(repeating: "x", count: 256)])
    func refusesNamesThatRuncRefuses(_ id: String) {
        #expect(throws: EngineError.self) { () throws in try BundleID.check(id) }
    }

    @Test func countsAZombieAndAReusedNumberAsEnded() {
        let fields = (4...30).map { $0 == 22 ? "777" : "0" }.joined(separator: " ")
        func stat(_ state: String) -> String { "12 (a) b) \(state) \(fields)" }
        // The state is the third field, so that the list begins with the fourth.
        #expect(BundleProcess.isAlive(stat: stat("S"), startTicks: 777))
        #expect(!BundleProcess.isAlive(stat: stat("Z"), startTicks: 777))
        #expect(!BundleProcess.isAlive(stat: stat("X"), startTicks: 777))
        #expect(!BundleProcess.isAlive(stat: stat("S"), startTicks: 776))
        #expect(!BundleProcess.isAlive(stat: "", startTicks: 777))
        #expect(!BundleProcess.isAlive(stat: "1 (x) S", startTicks: 777))
    }

    @Test func findsThisProcessAlive() throws {
        let own = try #require(BundleProcess(runningAs: getpid()))
        #expect(own.isAlive)
        #expect(!BundleProcess(pid: own.pid, startTicks: own.startTicks + 1).isAlive)
    }

    @Test func makesEveryPathAbsolute() {
        var spec = Spec(
            root: Root(path: "rootfs"),
            mounts: [
                Mount(destination: "data", type: "bind", source: "files", options: ["rbind"]),
                Mount(destination: "/tmp", type: "tmpfs", source: "tmpfs"),
            ])
        BundleSpec.normalise(&spec, bundle: "/b")
        #expect(spec.root?.path == "/b/rootfs")
        #expect(spec.mounts?.map(\.destination) == ["/data", "/tmp"])
        #expect(spec.mounts?.map(\.source) == ["/b/files", "tmpfs"])
    }

    @Test func makesConfigurationsThatPassTheirOwnCheck() throws {
        for rootless in [false, true] {
            let spec = BundleDefaults.spec(rootless: rootless)
            #expect(try SpecCheck.warnings(of: spec, on: .detect(usesSystemd: false)).isEmpty)
        }
    }

    @Test func namesEveryFeatureTheSpecificationAsksFor() {
        let features = BundleFeatures.features(version: "1")
        #expect(features.ociVersionMin == "1.0.0" && features.ociVersionMax == "1.2.0")
        #expect(features.hooks?.count == 6)
        #expect(features.linux?.namespaces?.count == 8)
        #expect(features.mountOptions?.contains("rro") == true && features.mountOptions?.contains("idmap") == true)
        #expect(features.linux?.seccomp?.actions?.contains("SCMP_ACT_NOTIFY") == true)
    }
}
