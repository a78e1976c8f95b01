/// How a terminal is asked for a notification of the desktop.
public enum NotificationWay: String, Hashable, Sendable, CaseIterable {
    /// `OSC 9 ; text`: iTerm2, kitty, WezTerm, Ghostty, foot, Windows Terminal.
    case osc9
    /// `OSC 777 ; notify ; title ; text`: rxvt-unicode, VTE (GNOME Terminal and its relatives).
    case osc777

    /// What is known of a terminal by its type and by VTE's own variable.
    public static func detect(term: String, hasVTE: Bool) -> NotificationWay {
        hasVTE || term.hasPrefix("rxvt") || term.hasPrefix("urxvt") ? .osc777 : .osc9
    }
}
