/// Something that the mouse did.
public struct MouseEvent: Hashable, Sendable {
    /// What happened.
    public enum Kind: Hashable, Sendable {
        /// A button went down.
        case press(Button)
        /// A button went up.
        case release(Button)
        /// The pointer moved while a button was down.
        case drag
        /// The pointer moved while none was; only told where `ScreenOptions.hover` asks for it.
        case move
        /// One notch of the wheel.
        case wheelUp, wheelDown
    }

    /// The buttons, by place.
    public enum Button: Hashable, Sendable {
        /// The main button.
        case left
        /// The wheel's button.
        case middle
        /// The button for menus.
        case right
    }

    /// A button went up.
    public var isRelease: Bool { if case .release = kind { true } else { false } }

    /// What happened.
    public var kind: Kind
    /// In which cell.
    public var position: Point
    /// Whether Ctrl, or Shift, was held.
    public var control: Bool, shift: Bool

    /// A mouse event.
    public init(_ kind: Kind, at position: Point, control: Bool = false, shift: Bool = false) {
        self.kind = kind
        self.position = position
        self.control = control
        self.shift = shift
    }
}
