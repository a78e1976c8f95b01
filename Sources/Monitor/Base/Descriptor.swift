import CLinux

/// A file descriptor with one owner: it closes when the owner goes or is given another.
struct Descriptor: ~Copyable {
    /// The kernel's number, -1 while closed.
    private(set) var number: Int32

    /// A closed one.
    init() { number = -1 }

    init(owning number: Int32) { self.number = number }

    deinit {
        if number >= 0 { _ = monitor_close(number) }
    }

    var isOpen: Bool { number >= 0 }

    mutating func close() {
        if number >= 0 { _ = monitor_close(number) }
        number = -1
    }

    /// Gives the descriptor up without closing it: it now belongs to a mount or to the whole process.
    mutating func release() -> Int32 {
        let released = number
        number = -1
        return released
    }
}
