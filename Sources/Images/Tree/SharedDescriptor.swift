import Glibc

/// A descriptor that a cache and its users share.
final class SharedDescriptor {
    let rawValue: Int32

    init(owning rawValue: Int32) { self.rawValue = rawValue }

    deinit { _ = close(rawValue) }
}
