import Cgroups
import Engine
import OCI

extension SpecBuilder {
    /// A bind whose missing source directory is made first: `-v`'s habit, which the runtime-spec has no option for.
    static let makeSource = "x-spyhop.make-source"
    /// Before a path within a bind's source: what stands there is bound, and no link leads out of the source. Public for
    /// the engine's volumes.
    public static let subpath = "x-spyhop.subpath="
    /// The type of a mount whose source is an index into the bundle's `trees`. Public for the engine's builds.
    public static let tree = "x-spyhop.tree"
    /// A bind is read-only itself, while what is mounted below it stays as it is.
    static let readOnlyTop = "x-spyhop.read-only-top"

    /// Docker's own mounts (moby, oci/defaults.go), each left out where the person mounts something else.
    func standardMounts() -> [Mount] {
        let writable = request.privileged ? "rw" : "ro"
        var mounts = [
            Mount(destination: "/proc", type: "proc", source: "proc", options: ["nosuid", "noexec", "nodev"]),
            Mount(
                destination: "/dev", type: "tmpfs", source: "tmpfs",
                options: ["nosuid", "strictatime", "mode=755", "size=65536k"]),
            Mount(
                destination: "/dev/pts", type: "devpts", source: "devpts",
                options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"]
                    + (host.footing.setsGroups ? ["gid=5"] : [])),
            systemMount(writable),
        ]
        // Beside version 1 controllers the version 2 tree still shows the container its own processes, CPU time and
        // pressure; a tree of ten version 1 mounts would only cost the start.
        if host.cgroupMode != .v1 {
            mounts.append(
                Mount(
                    destination: "/sys/fs/cgroup", type: "cgroup2", source: "cgroup",
                    options: ["nosuid", "noexec", "nodev", writable]))
        }
        mounts += [
            Mount(
                destination: "/dev/mqueue", type: "mqueue", source: "mqueue", options: ["nosuid", "noexec", "nodev"]),
            Mount(
                destination: "/dev/shm", type: "tmpfs", source: "shm",
                options: ["nosuid", "noexec", "nodev", "mode=1777", "size=\(request.system?.shmSize ?? 64 << 20)"]),
        ]
        let replaced = Set(request.mounts.map { Self.normalized($0.target) })
        return mounts.filter { mount in
            !replaced.contains { mount.destination == $0 || mount.destination.hasPrefix($0 + "/") }
        }
    }

    /// sysfs shows the network namespace's interfaces, so a user namespace's root may mount it only beside a network of
    /// his own (kernel, sysfs_init_fs_context); beside the host's he gets the host's mount.
    private func systemMount(_ writable: String) -> Mount {
        if !host.footing.isRoot, request.networkMode == .host {
            return Mount(
                destination: "/sys", type: "bind", source: "/sys",
                options: ["rbind", "rprivate", "nosuid", "noexec", "nodev", "ro"])
        }
        return Mount(
            destination: "/sys", type: "sysfs", source: "sysfs", options: ["nosuid", "noexec", "nodev", writable])
    }

    /// The files that name hosts, bound like docker's.
    func nameFileMounts() -> [Mount] {
        guard let nameFilesDirectory else { return [] }
        let replaced = Set(request.mounts.map { Self.normalized($0.target) })
        return ["resolv.conf", "hostname", "hosts"].compactMap { name in
            let target = "/etc/\(name)"
            if replaced.contains(target) || replaced.contains("/etc") { return nil }
            return Mount(
                destination: target, type: "bind", source: "\(nameFilesDirectory)/\(name)",
                options: ["rbind", "rprivate"])
        }
    }

    /// The person's mounts, shallow targets first, so that one inside another lies on top of it.
    func requestedMounts() -> [Mount] {
        let sorted = request.mounts.enumerated().sorted { left, right in
            let depths = (depth(left.element.target), depth(right.element.target))
            return depths.0 == depths.1 ? left.offset < right.offset : depths.0 < depths.1
        }
        return sorted.compactMap { ociMount($0.element) }
    }

    func check(_ mounts: [MountSpec]) throws(EngineError) {
        for mount in mounts {
            guard mount.target.hasPrefix("/"), Self.normalized(mount.target) != "/", !mount.target.utf8.contains(0)
            else {
                throw EngineError(
                    .invalidArgument, "cannot mount on '\(mount.target)': it must be an absolute path other than /")
            }
            if case .bind(let path, _) = mount.source, !path.hasPrefix("/") || path.utf8.contains(0) {
                throw EngineError(.invalidArgument, "cannot mount '\(path)': it is not an absolute path")
            }
        }
    }

    private func ociMount(_ mount: MountSpec) -> Mount? {
        var options: [String]
        switch mount.source {
        // Where a volume's content lies is the engine's to know.
        case .volume: return volumes[mount.target]
        case .bind(let path, let createMissing):
            options = bindOptions(mount)
            if createMissing { options.append(Self.makeSource) }
            return Mount(
                destination: Self.normalized(mount.target), type: "bind", source: path, options: options)
        case .tmpfs(let size, let mode):
            options = ["nosuid", "nodev", "noexec", mount.readOnly ? "ro" : "rw"]
            options += mount.options ?? []
            if let size { options.append("size=\(size)") }
            if let mode { options.append("mode=\(String(mode, radix: 8))") }
            return Mount(
                destination: Self.normalized(mount.target), type: "tmpfs", source: "tmpfs", options: options)
        }
    }

    /// A read-only bind makes read-only what is mounted below its source, too, as docker does since its version 25.
    private func bindOptions(_ mount: MountSpec) -> [String] {
        let access = mount.readOnly ? "ro" : "rw"
        switch mount.recursion {
        case nil, .enabled?: return ["rbind", mount.propagation.rawValue, access]
        case .disabled?: return ["bind", mount.propagation.rawValue, access]
        case .writable?:
            return ["rbind", mount.propagation.rawValue, "rw"] + (mount.readOnly ? [Self.readOnlyTop] : [])
        // Where the kernel cannot do it, the start fails.
        case .readonly?: return ["rbind", mount.propagation.rawValue, access, "rro"]
        }
    }

    private func depth(_ path: String) -> Int { path.split(separator: "/").count }

    /// The path without doubled and trailing slashes and without `.`; `..` stays, for the kernel resolves it in the root.
    public static func normalized(_ path: String) -> String {
        "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }
}
