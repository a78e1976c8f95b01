import Engine

/// What `image diff` shows.
struct DifferenceReport {
    private let files: [ImageDifference.FileDifference]
    private let settings: [ImageDifference.SettingDifference]
    private let sharedLayers: [String]

    init(_ difference: ImageDifference, files: Bool = true, settings: Bool = true) {
        self.files = files ? difference.files : []
        self.settings = settings ? difference.settings : []
        sharedLayers = difference.sharedLayers
    }

    /// Nothing of what was asked for differs.
    var isEmpty: Bool { files.isEmpty && settings.isEmpty }

    /// `A /path`, `C /path`, `D /path` as `diff` has them, then `C Env PATH: /bin -> /usr/bin`. A path begins with `/`, and
    /// a setting never does.
    var text: String {
        files.map { "\(ExploringText.mark($0.file.change)) /\(ExploringText.line($0.file.path))\n" }.joined()
            + settings.map { "\(ExploringText.line(Self.line($0)))\n" }.joined()
    }

    private static func line(_ setting: ImageDifference.SettingDifference) -> String {
        func joined(_ mark: String, _ value: String) -> String {
            "\(mark) \(setting.name)" + (value.isEmpty ? "" : ": \(value)")
        }
        return switch (setting.old, setting.new) {
        case (nil, let new): joined("A", new ?? "")
        case (let old?, nil): joined("D", old)
        case (let old?, let new?): joined("C", "\(old) -> \(new)")
        }
    }

    /// The same for programs.
    var value: JSONValue {
        [
            "SharedLayers": .strings(sharedLayers),
            "Files": .array(
                files.map { difference in
                    let file = FileObject.value(difference.file).members ?? []
                    return .object(file + [.init(key: "OldSize", value: .integer(difference.oldSize))])
                }),
            "Settings": .array(
                settings.map { setting in
                    [
                        "Name": .string(setting.name),
                        "Old": setting.old.map { .string($0) } ?? nil,
                        "New": setting.new.map { .string($0) } ?? nil,
                    ]
                }),
        ]
    }
}
