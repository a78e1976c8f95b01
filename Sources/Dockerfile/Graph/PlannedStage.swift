/// What a stage stands on.
public enum StageBase: Sendable, Hashable {
    /// Nothing at all.
    case scratch
    /// An image, as its name was written, variables replaced.
    case image(String)
    /// Another stage, by its index in the file.
    case stage(Int)
    /// A named context, by its name.
    case context(String)
}

/// Where a copy or mount takes its files from.
public enum StageOrigin: Sendable, Hashable {
    /// A stage, by its index in the file.
    case stage(Int)
    /// A named context, by its name.
    case context(String)
    /// An image.
    case image(String)
}

/// A stage that is needed for the target.
public struct PlannedStage: Sendable, Hashable {
    /// The stage; without instructions when a named context stands in for it.
    public var stage: Dockerfile.Stage
    /// What it stands on.
    public var base: StageBase
    /// Its platform: `linux/amd64`.
    public var platform: String
    /// The indexes of the stages that it stands on, copies from or mounts.
    public var dependencies: Set<Int>

    /// Makes a stage.
    public init(stage: Dockerfile.Stage, base: StageBase, platform: String, dependencies: Set<Int>) {
        self.stage = stage
        self.base = base
        self.platform = platform
        self.dependencies = dependencies
    }
}
