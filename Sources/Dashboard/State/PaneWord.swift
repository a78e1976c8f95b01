/// Something that a pane says to itself by way of a dialog, a line or a form: what was it that was asked?
struct PaneWord: Sendable, Hashable {
    let value: any Hashable & Sendable

    init(_ value: some Hashable & Sendable) { self.value = value }

    static func == (left: PaneWord, right: PaneWord) -> Bool { AnyHashable(left.value) == AnyHashable(right.value) }

    func hash(into hasher: inout Hasher) { AnyHashable(value).hash(into: &hasher) }
}
