/// What an image runs on, in Go's words (image-spec, image-index.md).
public struct Platform: Sendable, Hashable, Codable {
    /// GOARCH: `amd64`, `arm64`.
    public var architecture: String
    /// GOOS: `linux`.
    public var os: String
    /// The version of the system, for Windows.
    public var osVersion: String?
    /// What the system must offer, for Windows.
    public var osFeatures: [String]?
    /// The processor's variant: `v7`, `v8`.
    public var variant: String?

    enum CodingKeys: String, CodingKey {
        case architecture, os, variant
        case osVersion = "os.version"
        case osFeatures = "os.features"
    }

    /// Makes a platform.
    public init(
        architecture: String, os: String, osVersion: String? = nil, osFeatures: [String]? = nil, variant: String? = nil
    ) {
        self.architecture = architecture
        self.os = os
        self.osVersion = osVersion
        self.osFeatures = osFeatures
        self.variant = variant
    }

    /// The platform this program was compiled for.
    public static var host: Platform {
        #if arch(x86_64)
        Platform(architecture: "amd64", os: "linux")
        #elseif arch(arm64)
        Platform(architecture: "arm64", os: "linux", variant: "v8")
        #elseif arch(arm)
        Platform(architecture: "arm", os: "linux", variant: "v7")
        #elseif arch(powerpc64le)
        Platform(architecture: "ppc64le", os: "linux")
        #elseif arch(s390x)
        Platform(architecture: "s390x", os: "linux")
        #elseif arch(riscv64)
        Platform(architecture: "riscv64", os: "linux")
        #else
        Platform(architecture: "unknown", os: "linux")
        #endif
    }

    /// Whether an image for `image` runs on this platform; a variant that either leaves out does not matter.
    public func runs(_ image: Platform) -> Bool {
        guard architecture == image.architecture, os == image.os else { return false }
        guard let own = variant, let other = image.variant else { return true }
        return own == other
    }
}
