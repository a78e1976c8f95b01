import HTTP
import Harness
import OCI
import Synchronization

@testable import Registry

/// Keeps bytes, from any task.
final class Sink: Sendable {
    private let kept = Mutex<[UInt8]>([])
    var bytes: [UInt8] { kept.withLock { $0 } }
    func take(_ more: [UInt8]) { kept.withLock { $0 += more } }
}
