extension SpecCheck {
    mutating func look(at seccomp: LinuxSeccomp) {
        let at = "linux.seccomp"
        expect(seccomp.defaultAction, among: SpecWords.seccompActions, at + ".defaultAction")
        if seccomp.defaultAction == "SCMP_ACT_NOTIFY" {
            problem(at + ".defaultAction", "SCMP_ACT_NOTIFY would also hold what installs the filter")
        }
        if seccomp.defaultErrnoRet != nil { lookAtErrno(seccomp.defaultAction, at + ".defaultErrnoRet") }
        for (index, name) in (seccomp.architectures ?? []).enumerated() {
            expect(name, among: SpecWords.seccompArchitectures, "\(at).architectures[\(index)]")
        }
        for (index, flag) in (seccomp.flags ?? []).enumerated() {
            expect(flag, among: SpecWords.seccompFlags, "\(at).flags[\(index)]")
        }
        var notifies = false
        for (index, rule) in (seccomp.syscalls ?? []).enumerated() {
            look(at: rule, "\(at).syscalls[\(index)]")
            notifies = notifies || rule.action == "SCMP_ACT_NOTIFY"
        }
        lookAtListener(seccomp, notifies: notifies, at)
    }

    private mutating func lookAtListener(_ seccomp: LinuxSeccomp, notifies: Bool, _ at: String) {
        let path = seccomp.listenerPath ?? ""
        if !path.isEmpty { expectAbsolute(path, at + ".listenerPath") }
        if notifies, path.isEmpty { problem(at + ".listenerPath", "required by SCMP_ACT_NOTIFY, but missing") }
        if path.isEmpty, seccomp.listenerMetadata?.isEmpty == false {
            problem(at + ".listenerMetadata", "there is no listenerPath to tell it to")
        }
    }

    private mutating func look(at rule: LinuxSeccomp.Rule, _ at: String) {
        expect(rule.action, among: SpecWords.seccompActions, at + ".action")
        let names = (rule.names ?? []) + (rule.name.map { [$0] } ?? [])
        if names.isEmpty { problem(at + ".names", "required, but missing or empty") }
        if names.contains(where: \.isEmpty) { problem(at + ".names", "holds an empty name") }
        if rule.action == "SCMP_ACT_NOTIFY", names.contains("write") {
            problem(at + ".names", "write cannot be told of: the listener's descriptor is handed over with it")
        }
        if rule.errnoRet != nil { lookAtErrno(rule.action, at + ".errnoRet") }
        for (index, argument) in (rule.args ?? []).enumerated() {
            let place = "\(at).args[\(index)]"
            if argument.index > 5 { problem(place + ".index", "system calls have arguments 0 to 5") }
            expect(argument.op, among: SpecWords.seccompOperators, place + ".op")
        }
    }

    private mutating func lookAtErrno(_ action: String, _ place: String) {
        if action != "SCMP_ACT_ERRNO", action != "SCMP_ACT_TRACE" {
            problem(place, "only SCMP_ACT_ERRNO and SCMP_ACT_TRACE have a number")
        }
    }
}
