import CSeccomp
import Engine
import Glibc
import LinuxSystem
import OCI

/// Compiles a profile to a BPF program (struct sock_filter array) with libseccomp.
struct FilterCompiler {
    let profile: LinuxSeccomp
    let context: FilterContext

    /// - Throws: `.invalidArgument` naming the place in the profile, `.system` when libseccomp fails.
    func compile() throws(EngineError) -> [UInt8] {
        let fallback = try action(profile.defaultAction, profile.defaultErrnoRet, at: "defaultAction")
        guard let filter = seccomp_init(fallback) else {
            throw EngineError(
                .invalidArgument, "seccomp profile: defaultAction: '\(profile.defaultAction)' is no default")
        }
        defer { seccomp_release(filter) }
        try check(seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2), "optimise")
        for name in architectures() { try add(architecture: name, to: filter) }
        for (index, rule) in (profile.syscalls ?? []).enumerated() where context.admits(rule) {
            try add(rule, at: "syscalls[\(index)]", fallback: fallback, to: filter)
        }
        return try export(filter)
    }

    private func architectures() -> [String] {
        if let named = profile.architectures, !named.isEmpty { return named }
        let native = Self.names[context.architecture]
        return profile.archMap?.first { $0.architecture == native }?.subArchitectures ?? []
    }

    private func add(architecture name: String, to filter: scmp_filter_ctx) throws(EngineError) {
        let short = name.hasPrefix("SCMP_ARCH_") ? String(name.dropFirst("SCMP_ARCH_".count)) : name
        let token = seccomp_arch_resolve_name(short.lowercased())
        guard token != 0 else {
            throw EngineError(.invalidArgument, "seccomp profile: architectures: unknown architecture '\(name)'")
        }
        let result = seccomp_arch_add(filter, token)
        // The native one is there already.
        guard result == 0 || result == -EEXIST else { throw failure(result, "add architecture \(name)") }
    }

    private func add(
        _ rule: LinuxSeccomp.Rule, at place: String, fallback: UInt32, to filter: scmp_filter_ctx
    ) throws(EngineError) {
        let action = try action(rule.action, rule.errnoRet ?? profile.defaultErrnoRet, at: "\(place).action")
        let arguments = try comparisons(rule.args ?? [], at: place)
        let names = (rule.names ?? []) + (rule.name.map { [$0] } ?? [])
        guard !names.isEmpty else {
            throw EngineError(.invalidArgument, "seccomp profile: \(place): 'names' is missing")
        }
        // libseccomp refuses a rule that says what the default says.
        if action == fallback { return }
        for name in names {
            let number = seccomp_syscall_resolve_name(name)
            // Profiles name calls of other machines and of newer kernels, which are then never made.
            if number == __NR_SCMP_ERROR { continue }
            try add(number, action, arguments, to: filter) { "\(place): cannot filter '\(name)'" }
        }
    }

    private func add(
        _ number: Int32, _ action: UInt32, _ arguments: [scmp_arg_cmp], to filter: scmp_filter_ctx, _ what: () -> String
    ) throws(EngineError) {
        let indexes = Set(arguments.map(\.arg))
        // Several comparisons of one argument cannot hold together in libseccomp; like runc they become alternatives.
        let alternatives = indexes.count == arguments.count ? [arguments] : arguments.map { [$0] }
        for alternative in alternatives {
            let result = seccomp_rule_add_array(filter, action, number, UInt32(alternative.count), alternative)
            guard result == 0 || result == -EDOM || result == -EEXIST else {
                throw EngineError(.invalidArgument, "seccomp profile: \(what()): \(SystemError.words(-result))")
            }
        }
    }

    private func comparisons(
        _ arguments: [LinuxSeccomp.Argument], at place: String
    ) throws(EngineError) -> [scmp_arg_cmp] {
        var result: [scmp_arg_cmp] = []
        for (index, argument) in arguments.enumerated() {
            guard let comparison = Self.comparisons[argument.op] else {
                throw EngineError(
                    .invalidArgument,
                    "seccomp profile: \(place).args[\(index)].op: unknown comparison '\(argument.op)'",
                    hint: Self.comparisons.keys.sorted().joined(separator: ", "))
            }
            guard argument.index < 6 else {
                throw EngineError(
                    .invalidArgument,
                    "seccomp profile: \(place).args[\(index)].index: system calls have arguments 0 to 5")
            }
            result.append(
                scmp_arg_cmp(
                    arg: argument.index, op: comparison, datum_a: argument.value, datum_b: argument.valueTwo ?? 0))
        }
        return result
    }

    private func action(_ name: String, _ number: UInt32?, at place: String) throws(EngineError) -> UInt32 {
        switch name {
        case "SCMP_ACT_ALLOW": return sph_seccomp_allow()
        case "SCMP_ACT_ERRNO": return sph_seccomp_errno((number ?? UInt32(EPERM)) & 0xffff)
        case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD": return sph_seccomp_kill_thread()
        case "SCMP_ACT_KILL_PROCESS": return sph_seccomp_kill_process()
        case "SCMP_ACT_TRAP": return sph_seccomp_trap()
        case "SCMP_ACT_TRACE": return sph_seccomp_trace((number ?? UInt32(EPERM)) & 0xffff)
        case "SCMP_ACT_LOG": return sph_seccomp_log()
        case "SCMP_ACT_NOTIFY": return sph_seccomp_notify()
        default:
            throw EngineError(
                .invalidArgument, "seccomp profile: \(place): unknown action '\(name)'",
                hint: "SCMP_ACT_ALLOW, _ERRNO, _KILL_THREAD, _KILL_PROCESS, _TRAP, _TRACE, _LOG or _NOTIFY")
        }
    }

    private func export(_ filter: scmp_filter_ctx) throws(EngineError) -> [UInt8] {
        do throws(SystemError) {
            let file = try OwnedDescriptor.memory("seccomp")
            let result = seccomp_export_bpf(filter, file.rawValue)
            guard result == 0, lseek(file.rawValue, 0, SEEK_SET) == 0 else { throw SystemError(-result, "export") }
            return try file.readAll(limit: 1 << 20)
        } catch {
            throw EngineError(.system, "cannot compile the seccomp profile", cause: error)
        }
    }

    private func check(_ result: Int32, _ action: String) throws(EngineError) {
        if result != 0 { throw failure(result, action) }
    }

    private func failure(_ result: Int32, _ action: String) -> EngineError {
        EngineError(.system, "seccomp profile: cannot \(action): \(SystemError.words(-result))")
    }

    private static let names = ["amd64": "SCMP_ARCH_X86_64", "arm64": "SCMP_ARCH_AARCH64"]
    private static let comparisons: [String: scmp_compare] = [
        "SCMP_CMP_NE": SCMP_CMP_NE, "SCMP_CMP_LT": SCMP_CMP_LT, "SCMP_CMP_LE": SCMP_CMP_LE, "SCMP_CMP_EQ": SCMP_CMP_EQ,
        "SCMP_CMP_GE": SCMP_CMP_GE, "SCMP_CMP_GT": SCMP_CMP_GT, "SCMP_CMP_MASKED_EQ": SCMP_CMP_MASKED_EQ,
    ]
}
