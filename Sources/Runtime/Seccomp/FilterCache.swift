import CSeccomp
import Engine
import LinuxSystem
import OCI

/// Compiled filters on disk, so that a start reads a few kilobytes instead of compiling for milliseconds.
///
/// A file holds its whole key beside the program: a name that clashes is seen, and a file that a power cut has spoilt
/// is compiled anew.
struct FilterCache {
    let directory: String

    /// The program for a profile in a context.
    func program(
        _ profile: ContainerSpec.SeccompProfile, _ context: FilterContext
    ) throws(EngineError) -> [UInt8] {
        try program(key: Self.key(profile, context)) { () throws(EngineError) in
            try FilterCompiler(profile: try Self.rules(profile), context: context).compile()
        }
    }

    /// The program for the profile of a bundle's configuration, whose rules name no conditions.
    func program(_ profile: LinuxSeccomp) throws(EngineError) -> [UInt8] {
        let context = FilterContext.host(capabilities: 0)
        let key = Self.origin(context) + Array("bundle \(profile)".utf8)
        return try program(key: key) { () throws(EngineError) in
            try FilterCompiler(profile: profile, context: context).compile()
        }
    }

    private func program(
        key: [UInt8], _ compile: () throws(EngineError) -> [UInt8]
    ) throws(EngineError) -> [UInt8] {
        var hash = Fingerprint()
        hash.add(key)
        let path = "\(directory)/\(String(hash.value, radix: 16)).bpf"
        if let stored = try? Files.read(path, limit: 4 << 20), let program = Self.decode(stored, key: key) {
            return program
        }
        let program = try compile()
        // A cache that cannot be written costs time, not the start.
        if (try? Files.makeDirectories(directory, mode: 0o700)) != nil {
            try? Files.writeAtomically(Self.encode(program, key: key), to: path, mode: 0o600)
        }
        return program
    }

    private static func rules(_ profile: ContainerSpec.SeccompProfile) throws(EngineError) -> LinuxSeccomp {
        switch profile {
        case .standard, .unconfined: StandardProfile.profile()
        case .custom(let json): try ProfileReader.read(json)
        }
    }

    static func key(_ profile: ContainerSpec.SeccompProfile, _ context: FilterContext) -> [UInt8] {
        var text = ""
        switch profile {
        case .standard, .unconfined:
            // Containers with different capabilities share a filter where no rule looks at the difference.
            let relevant = context.capabilities & StandardProfile.relevantCapabilities
            text += "standard \(String(StandardProfile.fingerprint, radix: 16)) \(String(relevant, radix: 16))"
        case .custom(let json):
            text += "custom \(String(context.capabilities, radix: 16)) \(json)"
        }
        return origin(context) + Array(text.utf8)
    }

    /// What every key begins with: another library or kernel compiles otherwise.
    private static func origin(_ context: FilterContext) -> [UInt8] {
        let version = seccomp_version()?.pointee
        var text = "libseccomp \(version?.major ?? 0).\(version?.minor ?? 0).\(version?.micro ?? 0) "
        text += "\(context.architecture) \(context.kernel.major).\(context.kernel.minor) "
        return Array(text.utf8)
    }

    static func encode(_ program: [UInt8], key: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        withUnsafeBytes(of: UInt64(key.count)) { bytes += $0 }
        withUnsafeBytes(of: checksum(program)) { bytes += $0 }
        return bytes + key + program
    }

    /// The program in a file; `nil` when it is another's or spoilt.
    static func decode(_ bytes: [UInt8], key: [UInt8]) -> [UInt8]? {
        guard bytes.count > 16 + key.count else { return nil }
        let (length, sum) = bytes.withUnsafeBytes {
            ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        guard length == UInt64(key.count), bytes[16..<16 + key.count].elementsEqual(key) else { return nil }
        let program = Array(bytes[(16 + key.count)...])
        return program.count % 8 == 0 && checksum(program) == sum ? program : nil
    }

    private static func checksum(_ program: [UInt8]) -> UInt64 {
        var hash = Fingerprint()
        hash.add(program)
        return hash.value
    }
}

extension ContainerRuntime {
    /// The seccomp program of a container; empty for none.
    func filter(
        _ profile: ContainerSpec.SeccompProfile, privileged: Bool, capabilities: UInt64
    ) throws(EngineError) -> [UInt8] {
        if privileged || profile == .unconfined { return [] }
        return try FilterCache(directory: seccompCache).program(profile, .host(capabilities: capabilities))
    }
}
