/// Where a key counts: everywhere, or only while one of some panes has the focus.
public struct KeyContext: Sendable, Hashable {
    /// As problems of the configuration tell it.
    let name: String
    /// What the help calls it.
    let title: String

    init(_ name: String, _ title: String) {
        self.name = name
        self.title = title
    }

    static let everywhere = KeyContext("everywhere", "Everywhere")
    /// Lists of containers, images and the like.
    static let tables = KeyContext("tables", "Tables")
    /// Lists of what containers are made of.
    static let resources = KeyContext("resources", "Images, networks and volumes")

    /// All of them, in the order of the help.
    static let all: [KeyContext] = {
        var found: [KeyContext] = []
        for binding in KeyBinding.standard where !found.contains(binding.context) { found.append(binding.context) }
        return found
    }()

    /// By their names.
    public static func == (left: KeyContext, right: KeyContext) -> Bool { left.name == right.name }

    /// By the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Pane {
    /// The contexts whose keys count here, the most particular first.
    var keyContexts: [KeyContext] { kind.contexts }
}
