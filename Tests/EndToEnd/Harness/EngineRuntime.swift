import Foundation
import Harness

/// The runtime that other engines are given: the built Spyhop under a name of its own, which makes it speak runc's command line.
enum EngineRuntime {
    /// The path in `directory` that an engine is told. `SPYHOP_ENGINE_RUNTIME` names another runtime, to try the tests themselves.
    static func path(in directory: String) -> String {
        if let other = ProcessInfo.processInfo.environment["SPYHOP_ENGINE_RUNTIME"], !other.isEmpty { return other }
        let link = directory + "/spyhop-oci"
        symlink(Programs.spyhop, link)
        return link
    }

    /// Whether Spyhop is what is tried.
    static let isSpyhop = (ProcessInfo.processInfo.environment["SPYHOP_ENGINE_RUNTIME"] ?? "").isEmpty
}
