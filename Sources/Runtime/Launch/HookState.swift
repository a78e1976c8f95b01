import Engine
import FoundationEssentials
import OCI

/// A state's JSON in two parts, between which the pid goes: nobody knows it before the process is made.
enum HookState {
    static func parts(_ state: State) throws(EngineError) -> [String] {
        var nameless = state
        nameless.pid = nil
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let text = String(decoding: try encoder.encode(nameless), as: UTF8.self)
            return ["{\"pid\":", "," + text.dropFirst()]
        } catch {
            throw EngineError(.invalidArgument, "cannot write the container's state for its hooks: \(error)")
        }
    }
}
