import CNcurses
import Glibc

/// Opens ncurses with a description of the terminal that fits what the terminal can do.
///
/// Most terminals of today show direct colours and call themselves `xterm-256color` all the same; the descriptions that
/// say more are in a package that few have. So the terminal's own entry is read, told of direct colours, and given to
/// ncurses from a directory that lives for the length of one call. Without such an entry the 256 colours remain.
enum TerminfoPatch {
    /// An open screen, and whether its colours are direct.
    struct Opened {
        let screen: OpaquePointer
        let isDirect: Bool
    }

    static func open(_ options: ScreenOptions, direct: Bool) -> Opened? {
        if direct, let opened = openDirect(options) { return opened }
        guard let screen = sph_screen_open(options.term, nil, options.input, options.output) else { return nil }
        return Opened(screen: screen, isDirect: sph_flag("RGB") == 1 || sph_number("colors") > 256)
    }

    /// Places in terminfo's order, from term.h.
    private static let maxColors = 13
    private static let maxPairs = 14
    private static let setForeground = 359
    private static let setBackground = 360

    /// The entry with direct colours; the semicolon form of SGR 38 and 48, which more terminals know than the colon's.
    static func withDirectColors(_ entry: TerminfoEntry) -> TerminfoEntry? {
        var entry = entry
        let parts = "%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm"
        entry.set(number: maxColors, to: 0x100_0000)
        entry.set(number: maxPairs, to: 0x10000)
        guard entry.set(string: setForeground, to: "\u{1B}[38;2;" + parts),
            entry.set(string: setBackground, to: "\u{1B}[48;2;" + parts), entry.add(flag: "RGB")
        else { return nil }
        return entry
    }

    private static func openDirect(_ options: ScreenOptions) -> Opened? {
        let term = options.term
        guard let first = term.utf8.first, !term.utf8.contains(UInt8(ascii: "/")), !term.hasPrefix("."),
            let entry = read(options, first: first), let patched = withDirectColors(entry)
        else { return nil }
        let letter = String(Unicode.Scalar(first))
        // The process's number tells whose it was, should a kill come before it is removed.
        var template = Array("/tmp/spyhop-terminfo-\(getpid())-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { return nil }
        let directory = String(cString: made)
        let file = "\(directory)/\(letter)/\(term)"
        defer {
            unlink(file)
            rmdir("\(directory)/\(letter)")
            rmdir(directory)
        }
        guard mkdir("\(directory)/\(letter)", 0o700) == 0, write(patched.bytes, to: file),
            let screen = sph_screen_open(term, directory, options.input, options.output)
        else { return nil }
        return Opened(screen: screen, isDirect: sph_flag("RGB") == 1)
    }

    private static func read(_ options: ScreenOptions, first: UInt8) -> TerminfoEntry? {
        let places = options.terminfoDirectories + ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo"]
        for place in places where !place.isEmpty {
            let path = "\(place)/\(String(Unicode.Scalar(first)))/\(options.term)"
            if let bytes = contents(path), let entry = TerminfoEntry(bytes) { return entry }
        }
        return nil
    }

    private static func contents(_ path: String) -> [UInt8]? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { Glibc.close(descriptor) }
        // term(5): no entry is longer than 32768 bytes.
        var buffer = [UInt8](repeating: 0, count: 32769)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return count > 0 && count <= 32768 ? Array(buffer.prefix(count)) : nil
    }

    private static func write(_ bytes: [UInt8], to path: String) -> Bool {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { Glibc.close(descriptor) }
        return Glibc.write(descriptor, bytes, bytes.count) == bytes.count
    }
}
