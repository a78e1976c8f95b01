import Dockerfile
import Engine
import OCI

/// Platforms of a build by their usual names.
enum BuildPlatform {
    /// The host's: `linux/amd64`, `linux/arm64`.
    static let host = PlatformName.normalized(Platform.host.text) ?? Platform.host.text

    /// The target's; the host's when the request names none.
    static func target(of request: BuildRequest) -> String {
        guard let text = request.platform else { return host }
        return PlatformName.normalized(text, host: host) ?? text
    }
}
