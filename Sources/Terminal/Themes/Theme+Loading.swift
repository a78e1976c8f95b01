extension Theme {
    /// The names of the themes inside the program, the default first.
    public static let builtInNames = ["abyss", "coral", "daylight", "mono"]

    /// A theme from inside the program; nil when there is none of that name.
    ///
    /// - Throws: `ThemeError` when the built-in file breaks the schema, which a test excludes.
    public static func builtIn(_ name: String) throws(ThemeError) -> Theme? {
        let bytes: [UInt8]
        switch name {
        case "abyss": bytes = PackageResources.abyss_yaml
        case "coral": bytes = PackageResources.coral_yaml
        case "daylight": bytes = PackageResources.daylight_yaml
        case "mono": bytes = PackageResources.mono_yaml
        default: return nil
        }
        return try Theme(yaml: String(decoding: bytes, as: UTF8.self), file: "themes/\(name).yaml")
    }

    /// A theme from the text of a file that follows docs/themes.md.
    ///
    /// - Parameters:
    ///   - yaml: the file's text.
    ///   - file: its name, for messages.
    public init(yaml: String, file: String) throws(ThemeError) {
        var reader = ThemeReader(file: file)
        self = try reader.read(yaml) { name in
            // A built-in theme has no base itself, so this cannot go round in circles.
            name == "plain" ? .plain : (try? Theme.builtIn(name)) ?? nil
        }
    }
}
