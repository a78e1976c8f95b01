import Engine
import LinuxSystem

/// Turns a system call's failure into an engine's error with the sentence around it.
func inWords<Value: ~Copyable>(
    _ tried: @autoclosure () -> String, _ body: () throws(SystemError) -> Value
) throws(EngineError) -> Value {
    do throws(SystemError) {
        return try body()
    } catch {
        throw EngineError(.system, tried(), cause: error)
    }
}

/// A path from an archive as it may be shown.
func printable(_ bytes: [UInt8]) -> String { printable(String(decoding: bytes, as: UTF8.self)) }
