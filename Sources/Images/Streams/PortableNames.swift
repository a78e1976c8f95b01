import Engine
import Glibc

/// Runs `body` with a UTF-8 locale on this thread: libarchive converts the names in pax headers to the locale's
/// encoding, and the terminal's locale must not decide how files are called.
func withPortableNames<Value>(_ body: () throws(EngineError) -> Value) throws(EngineError) -> Value {
    guard let locale = newlocale(Int32(LC_CTYPE_MASK), "C.UTF-8", nil) else { return try body() }
    let before = uselocale(locale)
    defer {
        uselocale(before)
        freelocale(locale)
    }
    return try body()
}
