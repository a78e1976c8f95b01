/// Fields to fill in, and two buttons below them.
public struct Form: Hashable, Sendable {
    /// What a key asked for.
    public enum Outcome: Hashable, Sendable {
        /// Nothing beyond the form.
        case handled
        /// It is filled in.
        case submit
        /// It is given up.
        case cancel
        /// The key means nothing here.
        case ignored
    }

    /// Its title.
    public var title: String
    /// Its fields.
    public var fields: [FormField]
    /// The word on the button that submits it.
    public var submit: String
    /// The word on the button that gives it up.
    public var cancel = "Cancel"
    /// What its keys do.
    public var hint = "Tab next  Enter does it  Esc gives up"
    /// What is wrong with all of it, or what goes on.
    public var note: String?
    /// The field with the cursor; behind the fields come the two buttons, submit and cancel.
    public private(set) var selected = 0

    /// A form with the cursor in its first field.
    public init(title: String, fields: [FormField], submit: String) {
        self.title = title
        self.fields = fields
        self.submit = submit
    }

    /// The field that its owner calls `id`.
    public subscript(_ id: String) -> FormField? { fields.first { $0.id == id } }

    private var places: Int { fields.count + 2 }

    /// Moves the cursor to a field or button, clamped.
    public mutating func select(_ index: Int) { selected = min(max(0, index), places - 1) }

    /// Says what is wrong with fields, and moves the cursor to the first of them.
    public mutating func refuse(_ errors: [String: String]) {
        for index in fields.indices { fields[index].error = errors[fields[index].id] }
        if let first = fields.firstIndex(where: { $0.error != nil }) { selected = first }
    }

    /// Applies a key: Tab and arrows move, Enter submits (on Cancel gives up), Esc gives up, the rest edits the field.
    public mutating func apply(_ key: Key) -> Outcome {
        switch key {
        case .escape, .control("c"): return .cancel
        case .tab, .down: selected = (selected + 1) % places
        case .backTab, .up: selected = (selected + places - 1) % places
        case .enter: return selected == fields.count + 1 ? .cancel : .submit
        default:
            guard fields.indices.contains(selected) else { return applyToButton(key) }
            return fields[selected].apply(key) ? .handled : .ignored
        }
        return .handled
    }

    private mutating func applyToButton(_ key: Key) -> Outcome {
        switch key {
        case .left, .right: selected = selected == fields.count ? fields.count + 1 : fields.count
        case .character(" "): return selected == fields.count ? .submit : .cancel
        default: return .ignored
        }
        return .handled
    }

    /// Presses on a field or button: a flag turns, a choice goes on, a button does its work.
    public mutating func press(_ index: Int) -> Outcome {
        guard (0..<places).contains(index) else { return .ignored }
        selected = index
        if index == fields.count { return .submit }
        if index == fields.count + 1 { return .cancel }
        if case .text = fields[index].value { return .handled }
        _ = fields[index].apply(.character(" "))
        return .handled
    }
}
