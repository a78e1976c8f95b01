import Engine
import Terminal

/// What a pane is: its keys, its state, how it moves on and what it looks like.
///
/// A kind itself knows nothing: all functions work on the dashboard's state, of which `state[Kind.self]` is the kind's own.
/// Each has a folder, and a line in `PaneList`. Whatever a pane does not care for has a default.
protocol PaneKind: SendableMetatype {
    /// What this pane alone knows.
    associatedtype State: PaneState = NoState

    static var pane: Pane { get }
    /// What menus and the help call it.
    static var title: String { get }
    /// Where its keys are looked up, the most particular first; `.everywhere` comes last.
    static var contexts: [KeyContext] { get }
    /// The keys that open its views, from everywhere.
    static var opening: [KeyBinding] { get }
    /// The keys that it brings with it.
    static var bindings: [KeyBinding] { get }
    /// The views that it brings with it, in the order of their tabs.
    static var views: [ViewDefinition] { get }
    /// What the menu offers here.
    static var menu: [Action] { get }

    // MARK: The picture

    /// Draws it; the same state gives the same picture.
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look)
    /// What the menu is about.
    static func subject(_ state: DashboardState) -> String
    /// Rows of content that its list has room for in `rect`.
    static func height(_ state: DashboardState, _ rect: Rect) -> Int
    /// How many of its rows are marked, and what narrows it, for the summary.
    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String)
    /// What a line in which one filters says of how much it finds.
    static func found(_ state: DashboardState) -> String
    /// What helps while one of its lines is typed.
    static func guide(_ word: PaneWord, _ text: String, _ state: DashboardState) -> LineGuide
    /// Whether an action makes sense now; what makes none is no hint.
    static func offers(_ action: Action, _ state: DashboardState) -> Bool
    /// Why an action cannot be done now, in words; `nil` when it can, or is another pane's.
    static func obstacle(_ action: Action, _ state: DashboardState) -> String?
    /// Those of its actions that change something: they are refused where nothing may be changed.
    static var changing: Set<Action> { get }
    /// What one may want to copy of what is chosen.
    static func copies(_ state: DashboardState) -> [Copyable]
    /// Its table as it is shown, for a file; `nil` when it has none.
    static func table(_ state: DashboardState) -> (titles: [String], rows: [[String]])?
    /// What narrows and orders it, what is chosen and how far it is scrolled; for tabs and for back and forward.
    static func position(_ state: DashboardState) -> PanePosition
    /// Goes back there, as far as it still exists.
    static func restore(_ position: PanePosition, _ state: inout DashboardState)
    /// What a screen reader says of it; `nil` lets it read what is drawn.
    static func sentence(_ state: DashboardState) -> Sentence?

    /// What would be cut off if the dashboard ended now, each as `shell in web`.
    static func losses(_ state: DashboardState) -> [String]

    // MARK: What a person does

    /// Takes a key before the key map is asked; `nil`: it is for the map. Only the focused pane is asked.
    static func type(_ key: Key, _ state: inout DashboardState) -> [Effect]?
    /// Takes pasted text.
    static func paste(_ text: String, _ state: inout DashboardState) -> [Effect]
    /// Takes what the mouse does in `rect`, cell by cell, before anything else is made of it; `nil`: it is not wanted. Moves
    /// with a button down and its release go to the focused pane, wherever they are.
    static func point(
        _ event: MouseEvent, isDouble: Bool, in rect: Rect, _ state: inout DashboardState
    ) -> [Effect]?
    /// Marks a part of the pane, or all up to there; `false` where nothing can be marked.
    static func mark(_ spot: Spot, isRange: Bool, _ state: inout DashboardState) -> Bool
    /// What the button holds once it went down on a part of the pane that can be dragged.
    static func grip(_ spot: Spot, at x: Int, _ state: DashboardState) -> ColumnPull?
    /// Drags it to a column of the screen.
    static func pull(_ held: ColumnPull, to x: Int, _ state: inout DashboardState)
    /// Does what a key asked for; `nil` when this is not its business. The focused pane is asked first, then all others.
    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]?
    /// Moves the selection or the text by rows.
    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect]
    /// Goes to the first or the last row.
    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect]
    /// Goes sideways by columns.
    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect]
    /// J, K and their kin: scrolls the text beside the list.
    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect]
    /// To the next or the previous tab.
    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect]
    /// What Enter leads to, in a word for the row of keys; empty where it is one thing among many.
    static var deeper: String { get }
    /// One level deeper.
    static func open(_ state: inout DashboardState) -> [Effect]
    /// Takes back the last thing that stands in the way; false when nothing does.
    static func back(_ state: inout DashboardState) -> Bool
    /// Opens the line in which one filters or searches.
    static func find(_ state: inout DashboardState) -> [Effect]
    /// To the next match of what was searched.
    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect]
    /// Something of it was pressed.
    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect]

    // MARK: What comes back

    /// In this line the arrows go from match to match, and not from row to row.
    static func steps(in word: PaneWord) -> Bool

    /// A line's text, with each letter when `isFinal` is false (then also the old text, when it is given up).
    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect]
    /// What is wrong in which field of a form that is being filled in.
    static func check(_ word: PaneWord, form: Form, _ state: DashboardState) -> [String: String]
    /// A form that was submitted.
    static func hear(_ word: PaneWord, form: Form, _ state: inout DashboardState) -> [Effect]
    /// An item of a dialog that was chosen.
    static func hear(_ word: PaneWord, _ state: inout DashboardState) -> [Effect]
    /// An answer of one of its errands.
    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect]
    /// Something has happened in the engine.
    static func notice(_ events: [Event], _ state: inout DashboardState)
    /// After every step: asks for what it needs on the screen; `rect` is nil while it is not there.
    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect]
}

/// An end of a list or a text.
enum Edge: Sendable, Hashable {
    case top, bottom
}

/// A pane's own part of the state.
protocol PaneState: Sendable {
    init()
}

/// Of panes that have no state of their own.
struct NoState: PaneState {}

extension PaneKind {
    static var views: [ViewDefinition] { [] }
    static var opening: [KeyBinding] { [] }
    static var bindings: [KeyBinding] { [] }
    static var menu: [Action] { [] }
    static var deeper: String { "" }

    static func subject(_ state: DashboardState) -> String { title }
    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(0, rect.height - 3) }
    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) { (0, "") }
    static func found(_ state: DashboardState) -> String { "" }
    static func guide(_ word: PaneWord, _ text: String, _ state: DashboardState) -> LineGuide { LineGuide() }
    static func offers(_ action: Action, _ state: DashboardState) -> Bool { true }
    static func obstacle(_ action: Action, _ state: DashboardState) -> String? {
        offers(action, state) ? nil : words("not possible now")
    }
    static var changing: Set<Action> { [] }
    static func copies(_ state: DashboardState) -> [Copyable] { [] }
    static func table(_ state: DashboardState) -> (titles: [String], rows: [[String]])? { nil }
    static func position(_ state: DashboardState) -> PanePosition { PanePosition() }
    static func restore(_ position: PanePosition, _ state: inout DashboardState) {}
    static func sentence(_ state: DashboardState) -> Sentence? { nil }

    static func type(_ key: Key, _ state: inout DashboardState) -> [Effect]? { nil }
    static func paste(_ text: String, _ state: inout DashboardState) -> [Effect] { [] }
    static func point(
        _ event: MouseEvent, isDouble: Bool, in rect: Rect, _ state: inout DashboardState
    ) -> [Effect]? { nil }
    static func losses(_ state: DashboardState) -> [String] { [] }
    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? { nil }
    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] { [] }
    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] { [] }
    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] { [] }
    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        let other = state.textPane
        return other == pane ? move(step, &state) : other.kind.move(step, &state)
    }
    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        state.open(.details)
        return []
    }
    static func open(_ state: inout DashboardState) -> [Effect] { [] }
    static func back(_ state: inout DashboardState) -> Bool { false }
    static func find(_ state: inout DashboardState) -> [Effect] { ContainersPane.find(&state) }
    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        LogsPane.findAgain(direction, &state)
    }
    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        return []
    }

    static func mark(_ spot: Spot, isRange: Bool, _ state: inout DashboardState) -> Bool { false }
    static func grip(_ spot: Spot, at x: Int, _ state: DashboardState) -> ColumnPull? { nil }
    static func pull(_ held: ColumnPull, to x: Int, _ state: inout DashboardState) {}

    static func steps(in word: PaneWord) -> Bool { false }
    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] { [] }
    static func check(_ word: PaneWord, form: Form, _ state: DashboardState) -> [String: String] { [:] }
    static func hear(_ word: PaneWord, form: Form, _ state: inout DashboardState) -> [Effect] { [] }
    static func hear(_ word: PaneWord, _ state: inout DashboardState) -> [Effect] { [] }
    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] { [] }
    static func notice(_ events: [Event], _ state: inout DashboardState) {}
    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] { [] }
}
