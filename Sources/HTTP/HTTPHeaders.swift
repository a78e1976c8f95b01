/// Header fields in their order; names are looked up without regard to case (RFC 9110, section 5).
public struct HTTPHeaders: Sendable, Hashable {
    /// Name and value of each field.
    public private(set) var fields: [Field] = []

    /// One header field.
    public struct Field: Sendable, Hashable {
        /// As it was spelled.
        public var name: String
        /// Without the white space around it.
        public var value: String
    }

    /// No field.
    public init() {}

    /// The first field of a name; setting replaces all of that name.
    public subscript(_ name: String) -> String? {
        get { fields.first { $0.name.lowercased() == name.lowercased() }?.value }
        set {
            fields.removeAll { $0.name.lowercased() == name.lowercased() }
            if let newValue { add(name, newValue) }
        }
    }

    /// All values of a name, in order.
    public func all(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// Adds a field behind the others.
    public mutating func add(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }
}
