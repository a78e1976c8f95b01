import Cgroups
import Logging
import Registry

extension LocalEngine {
    /// Where an engine keeps its things and what it starts. Every path is absolute.
    public struct Configuration: Sendable {
        /// The directory of everything that lasts: database, images, layers, containers, events (`--root`).
        public var root: String
        /// The directory of the monitors' sockets, gone after a reboot (`--run-root`).
        public var runRoot: String
        /// The program `spyhop-monitor`.
        public var monitorPath: String
        /// The cgroup beneath which containers' cgroups are made, relative to each hierarchy's root (`--cgroup-parent`);
        /// `nil` is the caller's own cgroup of each hierarchy.
        public var cgroupParent: String?
        /// What a monitor starts when an `autoRemove` container ended and nobody else removes it: a program and
        /// its first arguments, to which the container's identifier is added. It must call `LocalEngine.reap`.
        public var exitCommand: [String]
        /// fuse-overlayfs(1), to be used for a user's containers even where the kernel could join their layers.
        public var fuseOverlay: String?
        /// An ordinary user's systemd, to be asked for a cgroup where he has none.
        public var systemd: SystemdBus?
        /// How registries are reached; asked for when the first of them is.
        public var registries: @Sendable () throws -> RegistryConfiguration = { RegistryConfiguration() }
        /// Where the engine tells of things that no caller waits for.
        public var logger: Logger

        /// Makes a configuration; nothing is touched.
        public init(
            root: String, runRoot: String, monitorPath: String, cgroupParent: String? = nil, exitCommand: [String],
            logger: Logger
        ) {
            self.root = root
            self.runRoot = runRoot
            self.monitorPath = monitorPath
            self.cgroupParent = cgroupParent
            self.exitCommand = exitCommand
            self.logger = logger
        }
    }
}
