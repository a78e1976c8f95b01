import Foundation

/// An OCI bundle with a busybox root, for the peers' `run`.
struct Bundle {
    let path: String

    /// Makes the bundle below `directory` with `runc spec`'s configuration and the command `true`.
    init?(in directory: String) {
        path = directory + "/bundle"
        let root = path + "/rootfs"
        let files = FileManager.default
        try? files.createDirectory(atPath: root + "/bin", withIntermediateDirectories: true)
        guard let busybox = ["/bin/busybox", "/usr/bin/busybox"].first(where: { files.fileExists(atPath: $0) }),
            (try? files.copyItem(atPath: busybox, toPath: root + "/bin/busybox")) != nil,
            Program.run(["runc", "spec", "--bundle", path]) == 0,
            let data = files.contents(atPath: path + "/config.json"),
            var spec = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any],
            var process = spec["process"] as? [String: Any]
        else { return nil }
        for applet in ["true", "sh", "sleep"] { symlink("busybox", root + "/bin/\(applet)") }
        process["terminal"] = false
        process["args"] = ["true"]
        // Raising a limit needs a capability that the machine may not give; Spyhop sets none either.
        process["rlimits"] = [] as [Any]
        spec["process"] = process
        // As engines do it, who always say where a container's cgroup lies.
        if var linux = spec["linux"] as? [String: Any] {
            linux["cgroupsPath"] = "/spyhop-benchmark"
            spec["linux"] = linux
        }
        guard let changed = try? JSONSerialization.data(withJSONObject: spec) else { return nil }
        guard files.createFile(atPath: path + "/config.json", contents: changed) else { return nil }
    }
}
