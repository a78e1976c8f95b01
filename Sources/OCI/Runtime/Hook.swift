/// A program that is run at one point of a container's life, with the container's state on its standard input
/// (runtime-spec, config.md, "POSIX-platform Hooks").
public struct Hook: Sendable, Hashable, Codable {
    /// Absolute path, in the mount namespace that the hook runs in.
    public var path: String
    /// Its arguments with the name as the first, as execv takes them.
    public var args: [String]?
    /// `NAME=value`; the whole environment.
    public var env: [String]?
    /// Seconds after which it is killed; more than zero.
    public var timeout: Int?

    /// Makes a hook.
    public init(path: String, args: [String]? = nil, env: [String]? = nil, timeout: Int? = nil) {
        self.path = path
        self.args = args
        self.env = env
        self.timeout = timeout
    }
}
