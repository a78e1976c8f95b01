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

/// Text from an archive as it may be shown: control characters would steer the reader's terminal.
func printable(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
            result += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// A path from an archive as it may be shown.
func printable(_ bytes: [UInt8]) -> String { printable(String(decoding: bytes, as: UTF8.self)) }
