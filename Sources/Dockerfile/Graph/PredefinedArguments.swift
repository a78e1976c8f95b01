/// ARGs that nobody has to declare, or that get their values from the build itself.
public enum PredefinedArguments {
    /// Usable in RUN without an ARG, and kept out of cache keys and history.
    public static let proxies: Set<String> = Set(
        ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"].flatMap { [$0, $0.lowercased()] })
    /// Of the platforms and the target; FROM sees them, a stage needs an ARG to see them.
    public static let platforms: Set<String> = [
        "BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT", "TARGETPLATFORM", "TARGETOS",
        "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE",
    ]
    /// Known to BuildKit; giving one without an ARG in the Dockerfile is no mistake.
    public static let builder: Set<String> = [
        "BUILDKIT_BUILD_NAME", "BUILDKIT_CACHE_MOUNT_NS", "BUILDKIT_CONTEXT_KEEP_GIT_DIR", "BUILDKIT_DOCKERFILE_CHECK",
        "BUILDKIT_INLINE_CACHE", "BUILDKIT_MULTI_PLATFORM", "BUILDKIT_SANDBOX_HOSTNAME", "BUILDKIT_SBOM_SCAN_CONTEXT",
        "BUILDKIT_SBOM_SCAN_STAGE", "BUILDKIT_SYNTAX", "SOURCE_DATE_EPOCH",
    ]

    /// The values of the platforms' arguments; a platform is `os/architecture[/variant]`.
    public static func values(
        buildPlatform: String, targetPlatform: String, target: String?
    ) -> [String: String] {
        var values = ["TARGETSTAGE": target.flatMap { $0.isEmpty ? nil : $0 } ?? "default"]
        for (prefix, platform) in [("BUILD", buildPlatform), ("TARGET", targetPlatform)] {
            let parts = platform.split(separator: "/").map(String.init)
            values[prefix + "PLATFORM"] = platform
            values[prefix + "OS"] = parts.first ?? ""
            values[prefix + "OSVERSION"] = ""
            values[prefix + "ARCH"] = parts.count > 1 ? parts[1] : ""
            values[prefix + "VARIANT"] = parts.count > 2 ? parts[2] : ""
        }
        return values
    }
}
