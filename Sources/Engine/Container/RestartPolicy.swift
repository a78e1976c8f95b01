/// What a monitor does when its container ends (`docker run --restart`).
public enum RestartPolicy: Sendable, Hashable, Codable, CustomStringConvertible {
    case no
    /// Starts again after a non-zero exit, at most `maximumRetries` times where that is not `nil`.
    case onFailure(maximumRetries: Int?)
    case always
    case unlessStopped

    /// Reads docker's spelling: `no`, `always`, `unless-stopped`, `on-failure[:n]`; `nil` when it is none of them.
    public init?(_ text: String) {
        switch text {
        case "no", "": self = .no
        case "always": self = .always
        case "unless-stopped": self = .unlessStopped
        case "on-failure": self = .onFailure(maximumRetries: nil)
        default:
            guard text.hasPrefix("on-failure:"), let retries = Int(text.dropFirst("on-failure:".count)), retries >= 0
            else { return nil }
            self = .onFailure(maximumRetries: retries == 0 ? nil : retries)
        }
    }

    /// Docker's spelling.
    public var description: String {
        switch self {
        case .no: "no"
        case .always: "always"
        case .unlessStopped: "unless-stopped"
        case .onFailure(nil): "on-failure"
        case .onFailure(let retries?): "on-failure:\(retries)"
        }
    }
}
