import Cgroups
import Engine
import LinuxSystem
import Runtime

extension ContainerSpec {
    /// Refuses what makes no sense before anything is made.
    func check() throws(EngineError) {
        if let name { try NameGenerator.check(name) }
        if autoRemove, restartPolicy != .no {
            throw EngineError(
                .invalidArgument, "a container cannot be both removed at its end and restarted",
                hint: "leave out --rm or --restart")
        }
        try limits.check()
        try checkTexts()
        try checkMounts()
        try healthCheck?.check()
        try checkNetwork()
        if let parent = system?.cgroupParent { _ = try CgroupPath(parent, field: "cgroup parent") }
        _ = try RequestedDevices(system)
        if let stopSignal, !(1...64).contains(stopSignal) {
            throw EngineError(.invalidArgument, "\(stopSignal) is no signal (1 to 64)")
        }
        if let stopTimeout, stopTimeout < -1 {
            throw EngineError(.invalidArgument, "stop timeout \(stopTimeout) is negative")
        }
        guard logRotation.maximumSize > 0, (1...1000).contains(logRotation.maximumFiles) else {
            throw EngineError(.invalidArgument, "logs need a size above 0 and 1 to 1000 files")
        }
    }

    /// The kernel's interfaces end every string at a NUL.
    private func checkTexts() throws(EngineError) {
        for text in command + (entrypoint ?? []) + environment where text.utf8.contains(0) {
            throw EngineError(.invalidArgument, "a command or variable holds a NUL byte: \(text.prefix(40))")
        }
        for variable in environment where variable.isEmpty || variable.hasPrefix("=") {
            throw EngineError(.invalidArgument, "environment variable \"\(variable)\" has no name")
        }
        if let hostname {
            let isValid =
                (1...64).contains(hostname.utf8.count)
                && hostname.utf8.allSatisfy {
                    ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a) || (0x2d...0x2e).contains($0) || (0x30...0x39).contains($0)
                }
                && !hostname.hasPrefix("-") && !hostname.hasPrefix(".")
            guard isValid else {
                throw EngineError(
                    .invalidArgument, "\"\(hostname)\" is no host name", hint: "1 to 64 of a-z A-Z 0-9 . -")
            }
        }
    }

    private func checkMounts() throws(EngineError) {
        var targets: Set<[Substring]> = []
        for mount in mounts {
            let parts = mount.target.split(separator: "/")
            guard mount.target.hasPrefix("/"), !parts.isEmpty, !parts.contains(".."), !mount.target.utf8.contains(0)
            else {
                throw EngineError(
                    .invalidArgument, "mount target \"\(mount.target)\" is not an absolute path below the root")
            }
            guard targets.insert(parts.filter { $0 != "." }).inserted else {
                throw EngineError(.invalidArgument, "two mounts have the target \(mount.target)")
            }
            switch mount.source {
            case .bind(let path, let createMissing):
                guard path.hasPrefix("/"), !path.utf8.contains(0) else {
                    throw EngineError(.invalidArgument, "bind source \"\(path)\" is not an absolute path")
                }
                if !createMissing, !Files.exists(path) {
                    throw EngineError(
                        .invalidArgument,
                        "invalid mount config for type \"bind\": bind source path does not exist: \(path)",
                        hint: "-v makes it")
                }
            case .volume: break
            case .tmpfs(let size, let mode):
                guard size ?? 1 > 0, mode ?? 0 <= 0o7777 else {
                    throw EngineError(.invalidArgument, "tmpfs at \(mount.target) has a senseless size or mode")
                }
            }
        }
    }
}
