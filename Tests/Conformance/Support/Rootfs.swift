import Foundation
import Harness

/// A root file system for one bundle: busybox, the probe, the empty places that mounts want.
enum Rootfs {
    /// Where `path` is, made anew; programs are hard links, so that it costs next to nothing.
    static func make(at path: String) throws {
        guard let probe = Probe.path else { throw HarnessError("the probe cannot be built: is there a C compiler?") }
        let files = FileManager.default
        for folder in ["bin", "etc", "tmp", "root", "proc", "sys", "dev", "mnt", "usr/bin", "var", "home"] {
            try files.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
        }
        guard link(BusyboxRoot.path + "/bin/busybox", path + "/bin/busybox") == 0,
            link(probe, path + "/bin/probe") == 0
        else { throw HarnessError("cannot link the programs into \(path)") }
        for applet in BusyboxRoot.applets + ["mountpoint", "od", "chroot", "df", "nsenter", "true", "hexdump"] {
            symlink("busybox", "\(path)/bin/\(applet)")
        }
        for file in ["passwd", "group"] {
            try files.copyItem(atPath: "\(BusyboxRoot.path)/etc/\(file)", toPath: "\(path)/etc/\(file)")
        }
        chmod("\(path)/tmp", 0o1777)
    }
}

/// A small static C program that asks the kernel what no shell can, in a container and beside it.
enum Probe {
    /// Its path; built once for the test process, nil without a compiler.
    static let path: String? = {
        guard let compiler = Programs.installed("gcc") ?? Programs.installed("cc"),
            let directory = try? TemporaryDirectory.make("spyhop-probe")
        else { return nil }
        folder = directory
        atexit { try? FileManager.default.removeItem(atPath: Probe.folder) }
        let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Probe/probe.c").path
        let made = try? Command.run(
            [compiler, "-static", "-O1", "-Wall", "-o", directory + "/probe", source], scratch: directory)
        return made?.code == 0 ? directory + "/probe" : nil
    }()

    /// Written once before `path` is known, read when the process ends.
    nonisolated(unsafe) private static var folder = ""
}
