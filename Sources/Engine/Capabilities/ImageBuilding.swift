/// Images can be built from Dockerfiles.
///
/// A task that is cancelled stops its build: its steps' processes end, finished steps stay in the cache.
public protocol ImageBuilding: Sendable {
    /// Builds an image. Throws a step's failure with its exit code in words; `onFailure` is told of the step before.
    func build(
        _ request: BuildRequest, progress: @escaping BuildProgress, onFailure: BuildFailureHandler?
    ) async throws -> BuiltImage
    /// Checks a Dockerfile and builds nothing (`docker build --check`).
    func checkBuild(_ request: BuildRequest) async throws -> [BuildWarning]
    /// The stages that can be named as a target, and ARGs that can be given a value (`--call=targets`, `--call=outline`).
    func outlineBuild(_ request: BuildRequest) async throws -> BuildOutline
    /// What is kept for later builds, the most lately used first.
    func buildCache() async throws -> [BuildCacheRecord]
    /// Removes of it what nobody uses; answers what went.
    func pruneBuildCache(_ prune: BuildCachePrune) async throws -> [BuildCacheRecord]
}

/// What can be chosen in a Dockerfile.
public struct BuildOutline: Sendable, Hashable {
    /// A stage that can be the target.
    public struct Target: Sendable, Hashable {
        /// Its name, or its number.
        public var name: String
        /// What it stands on, as written.
        public var base: String
        /// The comment above it that begins with its name.
        public var description: String
        /// It is built when no target is named.
        public var isDefault: Bool

        /// Makes a target.
        public init(name: String, base: String, description: String, isDefault: Bool) {
            self.name = name
            self.base = base
            self.description = description
            self.isDefault = isDefault
        }
    }

    /// An ARG of the chosen target or of what it stands on.
    public struct Argument: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its default; `nil` when it has none.
        public var value: String?
        /// The comment above it that begins with its name.
        public var description: String

        /// Makes an argument.
        public init(name: String, value: String?, description: String) {
            self.name = name
            self.value = value
            self.description = description
        }
    }

    /// The stages, in the file's order.
    public var targets: [Target]
    /// The arguments, in the file's order.
    public var arguments: [Argument]
    /// Identifiers of secrets that RUN asks for.
    public var secrets: [String]

    /// Makes an outline.
    public init(targets: [Target], arguments: [Argument], secrets: [String]) {
        self.targets = targets
        self.arguments = arguments
        self.secrets = secrets
    }
}

extension ImageBuilding {
    /// An engine that builds nothing.
    public func build(
        _ request: BuildRequest, progress: @escaping BuildProgress, onFailure: BuildFailureHandler?
    ) async throws -> BuiltImage {
        throw EngineError(.unsupported, "this engine does not build images")
    }

    /// An engine that builds nothing.
    public func checkBuild(_ request: BuildRequest) async throws -> [BuildWarning] {
        throw EngineError(.unsupported, "this engine does not build images")
    }

    /// An engine that builds nothing.
    public func outlineBuild(_ request: BuildRequest) async throws -> BuildOutline {
        throw EngineError(.unsupported, "this engine does not build images")
    }

    /// An engine that builds nothing keeps nothing.
    public func buildCache() async throws -> [BuildCacheRecord] { [] }

    /// An engine that builds nothing keeps nothing.
    public func pruneBuildCache(_ prune: BuildCachePrune) async throws -> [BuildCacheRecord] { [] }
}
