import Engine
import Glibc
import LinuxSystem
import Runtime

/// Who joins the layers of a user's containers: the kernel, and where it cannot fuse-overlayfs. Root's are the kernel's.
extension LocalEngine {
    /// The mount that a start needs, made; `nil` where the kernel does it in the container itself.
    func mountByFuse(_ record: ContainerRecord, _ definition: ContainerDefinition) async throws -> FuseOverlay? {
        guard !Footing.current.isRoot, let program = try fuseProgram() else { return nil }
        let paths = paths(record.id)
        let lower = lowerDirectories(definition) + [configuration.root + "/skeleton"]
        return try await runOnOwnThread {
            let fuse = FuseOverlay(program: program, place: paths.fuse)
            try fuse.mount(lower: lower, upper: paths.upper, work: paths.work)
            return fuse
        }
    }

    /// Refuses where the kernel cannot join a user's layers: what fuse-overlayfs leaves of removed files is its own, and is
    /// no layer of an image.
    func checkOverlay() throws {
        guard !Footing.current.isRoot, try fuseProgram() != nil else { return }
        throw EngineError(
            .unsupported, "cannot build images in \(configuration.root): the kernel cannot join layers there",
            hint: "it takes Linux 5.11 and a file system that overlayfs can write to: --root names another place")
    }

    /// Has the mount taken away with the container's monitor. One that has ended already leaves it to this process.
    func lookAfter(_ fuse: FuseOverlay, _ id: ContainerID) throws(EngineError) {
        guard let monitor = try? RecordLock.holder(of: paths(id).lock) else { return fuse.unmount() }
        try fuse.unmountAfter(monitor, monitorPath: configuration.monitorPath)
    }

    /// The program; `nil` when the kernel can. What was found out is kept in the file `overlay` for the kernel at hand.
    private func fuseProgram() throws -> String? {
        if let forced = configuration.fuseOverlay { return forced }
        let mark = configuration.root + "/overlay"
        let kernel = (try? Files.readText("/proc/sys/kernel/osrelease", limit: 256)) ?? ""
        if (try? Files.readText(mark, limit: 256)) == kernel { return nil }
        do throws(SystemError) { try tryKernel() } catch {
            for directory in ["/usr/bin", "/usr/local/bin", "/bin"] {
                let program = directory + "/fuse-overlayfs"
                if access(program, X_OK) == 0 { return program }
            }
            throw EngineError(
                .unsupported, "cannot join layers in \(configuration.root)",
                hint: "apt-get install fuse-overlayfs, or --root on another file system", cause: error)
        }
        try inWords("write \(mark)") { () throws(SystemError) in
            try Files.writeAtomically(Array(kernel.utf8), to: mark)
        }
        return nil
    }

    private func tryKernel() throws(SystemError) {
        let scratch = "\(configuration.root)/overlay.\(getpid()).\(UInt32.random(in: 0 ... .max))"
        defer { try? Files.removeTree(scratch) }
        for name in ["lower", "upper", "work"] { try Files.makeDirectories("\(scratch)/\(name)") }
        _ = try DetachedMount.overlay(lower: [scratch + "/lower"], upper: scratch + "/upper", work: scratch + "/work")
    }
}
