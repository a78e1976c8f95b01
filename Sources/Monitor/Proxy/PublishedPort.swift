import CLinux
import CMonitorWire

/// A port of the host that leads to the container.
struct PublishedPort {
    /// Bound by the engine; open as long as the container is not ended.
    let listener: Int32
    let isStream: Bool
    /// In the container; family 0: nowhere at present.
    var target: monitor_endpoint
}
