import Engine
import LinuxSystem

/// Turns a system call's failure into the engine's error: `cannot ACTION`, and why.
func converting<Value: ~Copyable>(
    _ action: @autoclosure () -> String, _ body: () throws(SystemError) -> Value
) throws(EngineError) -> Value {
    do throws(SystemError) { return try body() } catch {
        throw EngineError(.system, "cannot \(action())", cause: error)
    }
}
