/// What a cell says, as order and filter see it.
enum CellValue: Sendable, Hashable {
    /// Nothing is there, or nothing was measured.
    case nothing
    case text(String)
    /// Several of a kind: ports, networks.
    case texts([String])
    /// A figure in its plain unit: bytes, seconds, per cent.
    case number(Double)

    /// A figure that may be missing; what is no number counts as missing.
    static func figure(_ value: Double?) -> CellValue {
        guard let value, !value.isNaN else { return .nothing }
        return .number(value)
    }

    static func figure(_ value: some BinaryInteger) -> CellValue { .number(Double(value)) }

    var isText: Bool {
        switch self {
        case .text, .texts: true
        case .nothing, .number: false
        }
    }

    /// All of it as texts.
    var words: [String] {
        switch self {
        case .nothing: []
        case .text(let text): text.isEmpty ? [] : [text]
        case .texts(let texts): texts
        case .number(let number): [Format.fixed(number, number == number.rounded() ? 0 : 2)]
        }
    }
}
