/// A container's process after everything was looked up: image and request are merged, names are numbers.
public struct ResolvedProcess: Sendable, Hashable {
    /// Entrypoint and command; what will be executed.
    public var arguments: [String]
    /// `KEY=VALUE`, image and request merged. `PATH`, `HOSTNAME`, `TERM` and `HOME` are added where they are missing.
    public var environment: [String]
    /// Absolute; made when missing. Empty is `/`.
    public var workingDirectory: String
    /// The user.
    public var uid: UInt32
    /// The user's group.
    public var gid: UInt32
    /// Groups beside `gid`, as in /etc/group of the container.
    public var additionalGroups: [UInt32]
    /// The user's home in the container's /etc/passwd.
    public var home: String
    /// `HOSTNAME` is added to its environment.
    public var namesHost = true

    /// Makes a process; root's unless told otherwise.
    public init(
        arguments: [String], environment: [String] = [], workingDirectory: String = "/", uid: UInt32 = 0,
        gid: UInt32 = 0, additionalGroups: [UInt32] = [], home: String = "/root"
    ) {
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.uid = uid
        self.gid = gid
        self.additionalGroups = additionalGroups
        self.home = home
    }

    /// The environment with docker's additions: `PATH` and `HOSTNAME` in front, `TERM` with a terminal, `HOME` behind.
    /// Of two values of one name the later one counts.
    func completeEnvironment(hostname: String, tty: Bool) -> [String] {
        var front = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
        if namesHost { front.append("HOSTNAME=\(hostname)") }
        if tty { front.append("TERM=xterm") }
        var places: [String: Int] = [:]
        var variables: [String] = []
        for variable in front + environment {
            let name = String(variable.prefix { $0 != "=" })
            if let place = places[name] {
                variables[place] = variable
            } else {
                places[name] = variables.count
                variables.append(variable)
            }
        }
        if places["HOME"] == nil { variables.append("HOME=\(home.isEmpty ? "/" : home)") }
        return variables
    }
}
