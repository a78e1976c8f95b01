extension Container {
    /// What leads to it alone, in an engine or in several.
    public var reference: String { id.rawValue }
}

extension Image {
    /// What leads to it alone: its identifier, with its engine where there are several.
    public var reference: String {
        EngineReference(id.rawValue).engine == nil ? EngineReference.text(id.rawValue, in: engine) : id.rawValue
    }

    /// One of its names, with its engine where there are several.
    public func reference(named name: String) -> String { EngineReference.text(name, in: engine) }
}

extension Network {
    /// What leads to it alone: its name, with its engine where there are several.
    public var reference: String { EngineReference.text(name, in: engine) }
}

extension Volume {
    /// What leads to it alone: its name, with its engine where there are several.
    public var reference: String { EngineReference.text(name, in: engine) }
}
