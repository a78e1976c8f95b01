import Engine
import LinuxSystem
import OCI

/// Whether this host can run a platform's programs.
enum PlatformCheck {
    /// - Throws: `.unsupported` when neither the processor nor an interpreter that is registered with the kernel runs them.
    static func runs(_ platform: Platform) throws(EngineError) {
        let host = Platform.host
        if platform.os == host.os, platform.architecture == host.architecture { return }
        if platform.os == host.os, host.architecture == "amd64", platform.architecture == "386" { return }
        guard platform.os == "linux", let name = interpreters[platform.architecture], isRegistered("qemu-\(name)")
        else {
            throw EngineError(
                .unsupported, "cannot run programs of \(platform.text) on this host, which is \(host.text)",
                hint: "register qemu's interpreters with binfmt_misc (package qemu-user-static)")
        }
    }

    private static func isRegistered(_ name: String) -> Bool {
        let text = try? Files.readText("/proc/sys/fs/binfmt_misc/\(name)", limit: 4096)
        return text?.hasPrefix("enabled") == true
    }

    private static let interpreters = [
        "386": "i386", "amd64": "x86_64", "arm": "arm", "arm64": "aarch64", "loong64": "loongarch64",
        "mips64": "mips64", "mips64le": "mips64el", "ppc64le": "ppc64le", "riscv64": "riscv64", "s390x": "s390x",
    ]
}
