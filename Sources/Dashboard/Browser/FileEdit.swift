import Engine

/// A file of a container that a person wants to edit.
public struct FileEdit: Sendable, Hashable {
    /// Whose it is.
    public var container: ContainerID
    /// Where it is.
    public var path: ContainerPath

    /// Names a file.
    public init(container: ContainerID, path: ContainerPath) {
        self.container = container
        self.path = path
    }
}

/// What came of editing a file.
public enum FileEditOutcome: Sendable, Hashable {
    /// The person has changed nothing.
    case unchanged
    /// It was written back.
    case written
    /// Somebody else has changed it meanwhile: nothing was written, the person's text is kept in this file of the host.
    case conflict(draft: String)
    /// It could not be done; why, in words, with the file that keeps the person's text where there is one.
    case failed(String, draft: String?)
}
