import CLinux
import CMonitorWire

extension Child {
    /// Becomes the program; comes back only with the errno that says why it could not.
    func execute(_ operation: sph_op) throws(SystemError) {
        try attempt(operation) { (path, arguments, environment) in monitor_execute(path, arguments, environment) }
    }

    /// What is done with each file that may be the program; 0 or -errno.
    typealias Attempt = (CString, Strings, Strings) -> Int32
    /// An array of C strings that ends with nil.
    typealias Strings = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    /// Finds the program as execvp(3) does, with the container's PATH instead of the monitor's, until one attempt succeeds.
    func attempt(_ operation: sph_op, _ attempt: Attempt) throws(SystemError) {
        let arguments = plan.list(operation.s1)
        let environment = plan.list(operation.s2)
        guard let name = arguments[0], name[0] != 0 else { throw SystemError(code: ENOENT) }
        if strchr(name, Int32(UInt8.slash)) != nil {
            try check(attempt(name, arguments, environment))
            return
        }
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
                let code = 0 - attempt(candidate.c, arguments, environment)
                switch code {
                case 0: return
                case ENOENT, ENOTDIR: break
                // Another directory may hold one that may be run; if none does, this is the better reason.
                case EACCES: worst = EACCES
                default: throw SystemError(code: code)
                }
            }
            guard directory[Int(length)] != 0 else { throw SystemError(code: worst) }
            directory += Int(length) + 1
        }
    }

    private static func path(in environment: Strings) -> CString {
        var index = 0
        while let entry = environment[index] {
            if strncmp(entry, ("PATH=" as StaticString).c, 5) == 0 { return UnsafePointer(entry + 5) }
            index += 1
        }
        return ("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" as StaticString).c
    }
}
