import CLinux
import CMonitorWire

extension Child {
    /// Becomes the program; comes back only with the errno that says why it could not.
    func execute(_ operation: sph_op) throws(SystemError) {
        let arguments = plan.list(operation.s1)
        let environment = plan.list(operation.s2)
        guard let name = arguments[0], name[0] != 0 else { throw SystemError(code: ENOENT) }
        if strchr(name, Int32(UInt8.slash)) != nil {
            try check(monitor_execute(name, arguments, environment))
            return
        }
        throw search(name, arguments, environment)
    }

    /// Tries every directory of PATH, as execvp(3) does, with the container's PATH instead of the monitor's.
    private func search(
        _ name: CString, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>,
        _ environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    ) -> SystemError {
        var directory = Self.path(in: environment)
        var candidate = Text(capacity: Int(PATH_MAX))
        var worst = ENOENT
        while true {
            let length = strcspn(directory, (":" as StaticString).c)
            candidate.clear()
            candidate.append(directory, count: Int(length))
            if length > 0 { candidate.append(byte: .slash) }
            candidate.append(name)
            if candidate.isComplete {
                let code = 0 - monitor_execute(candidate.c, arguments, environment)
                switch code {
                case ENOENT, ENOTDIR: break
                // Another directory may hold one that may be run; if none does, this is the better reason.
                case EACCES: worst = EACCES
                default: return SystemError(code: code)
                }
            }
            guard directory[Int(length)] != 0 else { return SystemError(code: worst) }
            directory += Int(length) + 1
        }
    }

    private static func path(in environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CString {
        var index = 0
        while let entry = environment[index] {
            if strncmp(entry, ("PATH=" as StaticString).c, 5) == 0 { return UnsafePointer(entry + 5) }
            index += 1
        }
        return ("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" as StaticString).c
    }
}
