/// A request for a volume: what `volume create` was asked for.
public struct VolumeSpec: Sendable, Hashable, Codable {
    /// `nil`: an anonymous one, with 64 hexadecimal digits for a name.
    public var name: String?
    /// `local`, the only one here.
    public var driver: String
    /// Options of the driver (`-o`): `type`, `device`, `o`, as mount(8) takes them.
    public var options: [String: String]
    /// Key and value pairs to attach.
    public var labels: [String: String]

    /// A volume with docker's defaults.
    public init(name: String? = nil) {
        self.name = name
        driver = "local"
        options = [:]
        labels = [:]
    }
}
