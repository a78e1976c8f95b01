import CNcurses

/// Opens ncurses with a description of the terminal that fits what the terminal can do.
enum TerminfoPatch {
    /// An open screen, and whether its colours are direct.
    struct Opened {
        let screen: OpaquePointer
        let isDirect: Bool
    }

    static func open(_ options: ScreenOptions, direct: Bool) -> Opened? {
        guard let screen = sph_screen_open(options.term, nil, options.input, options.output) else { return nil }
        return Opened(screen: screen, isDirect: sph_flag("RGB") == 1 || sph_number("colors") > 256)
    }
}
