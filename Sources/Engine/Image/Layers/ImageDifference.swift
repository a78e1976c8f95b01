/// How two images differ.
public struct ImageDifference: Sendable, Hashable, Codable {
    /// A name that is not the same in both.
    public struct FileDifference: Sendable, Hashable, Codable {
        /// As in the second image; of a removed name, as in the first.
        public var file: LayerFile
        /// Bytes in the first image; 0 when it is not there.
        public var oldSize: Int64

        /// Makes a line.
        public init(file: LayerFile, oldSize: Int64) {
            self.file = file
            self.oldSize = oldSize
        }
    }

    /// A setting that is not the same in both: `Env`, `Cmd`, `User`, a label.
    public struct SettingDifference: Sendable, Hashable, Codable {
        /// The configuration's key, `Env PATH`, `Label version`.
        public var name: String
        /// In the first image; `nil` when it is not there.
        public var old: String?
        /// In the second.
        public var new: String?

        /// Makes a line.
        public init(name: String, old: String?, new: String?) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    /// Lowest layers that both have.
    public var sharedLayers: [String]
    /// In the order of paths.
    public var files: [FileDifference]
    /// By name.
    public var settings: [SettingDifference]

    /// Makes an answer.
    public init(sharedLayers: [String], files: [FileDifference], settings: [SettingDifference]) {
        self.sharedLayers = sharedLayers
        self.files = files
        self.settings = settings
    }
}
