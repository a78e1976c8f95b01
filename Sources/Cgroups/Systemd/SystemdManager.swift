import DBus
import Engine

/// The manager object of systemd (org.freedesktop.systemd1(5)).
struct SystemdManager {
    private let connection: DBusConnection

    private static let busName = "org.freedesktop.systemd1"
    private static let path = "/org/freedesktop/systemd1"
    private static let interface = "org.freedesktop.systemd1.Manager"
    /// How long a unit may take to start or stop, in milliseconds; systemd itself gives up after 90 seconds.
    private static let patience = 100_000

    init(_ bus: SystemdBus) throws(EngineError) { connection = try bus.connect() }

    private func call(_ method: String, _ body: [DBusValue]) throws(DBusError) -> DBusMessage {
        try connection.call(
            .call(method, of: Self.interface, at: Self.path, destination: Self.busName, body: body))
    }

    /// Starts a transient scope and waits until it runs.
    func start(_ unit: String, _ properties: [SystemdProperty]) throws(EngineError) {
        let body: [DBusValue] = [
            .string(unit), .string("fail"), SystemdProperty.list(properties), .array(of: "(sa(sv))", []),
        ]
        do throws(DBusError) {
            try listen()
            let reply: DBusMessage
            do throws(DBusError) { reply = try call("StartTransientUnit", body) } catch {
                // One of that name that failed is remembered until somebody says otherwise.
                guard error.remoteName == "org.freedesktop.systemd1.UnitExists" else { throw error }
                try? resetFailed(unit)
                reply = try call("StartTransientUnit", body)
            }
            let result = try result(of: reply)
            if result != "done" {
                throw DBusError.remote(name: Self.busName, text: "the job ended as '\(result)'")
            }
        } catch {
            throw failure("start", unit, error)
        }
    }

    /// Stops a unit and waits for it; one that is not there is fine.
    func stop(_ unit: String) throws(EngineError) {
        do throws(DBusError) {
            try listen()
            let reply = try call("StopUnit", [.string(unit), .string("replace")])
            _ = try result(of: reply)
        } catch {
            guard error.remoteName == "org.freedesktop.systemd1.NoSuchUnit" else { throw failure("stop", unit, error) }
        }
        try? resetFailed(unit)
    }

    func resetFailed(_ unit: String) throws(DBusError) { _ = try call("ResetFailedUnit", [.string(unit)]) }

    /// Puts processes into a delegated unit, in every hierarchy that systemd looks after.
    func attach(_ processes: [Int32], to unit: String) throws(DBusError) {
        let list = DBusValue.array(of: "u", processes.map { .uint32(UInt32(clamping: $0)) })
        _ = try call("AttachProcessesToUnit", [.string(unit), .string(""), list])
    }

    /// Changes properties of a unit that runs, until it ends.
    func set(_ properties: [SystemdProperty], of unit: String) throws(EngineError) {
        guard !properties.isEmpty else { return }
        do throws(DBusError) {
            _ = try call("SetUnitProperties", [.string(unit), .boolean(true), SystemdProperty.list(properties)])
        } catch {
            throw failure("change the limits of", unit, error)
        }
    }

    /// The cgroup of a scope that runs, from the root of the hierarchy.
    func cgroup(of unit: String) throws(EngineError) -> String {
        do throws(DBusError) {
            let object = try call("GetUnit", [.string(unit)]).body.first?.text ?? ""
            let reply = try connection.call(
                .call(
                    "Get", of: "org.freedesktop.DBus.Properties", at: object, destination: Self.busName,
                    body: [.string("org.freedesktop.systemd1.Scope"), .string("ControlGroup")]))
            guard let path = reply.body.first?.text, path.hasPrefix("/") else {
                throw DBusError.malformed("a scope without a cgroup")
            }
            return path
        } catch {
            throw failure("find the cgroup of", unit, error)
        }
    }

    private func listen() throws(DBusError) {
        guard connection.name != nil else { return }
        try connection.addMatch(
            "type='signal',sender='\(Self.busName)',path='\(Self.path)',interface='\(Self.interface)',member='JobRemoved'"
        )
    }

    /// Waits for the end of the job that a reply names; `done`, `failed`, `timeout` and so on.
    private func result(of reply: DBusMessage) throws(DBusError) -> String {
        guard let job = reply.body.first, case .objectPath = job else { throw DBusError.malformed("no job") }
        // Anybody may send a signal to anybody: the one that counts comes from where the reply came from.
        let signal = try connection.signal(milliseconds: Self.patience, what: "end of systemd's job") { signal in
            signal.member == "JobRemoved" && signal.interface == Self.interface && signal.sender == reply.sender
                && signal.body.count == 4 && signal.body[1] == job
        }
        return signal.body.last?.text ?? ""
    }

    private func failure(_ action: String, _ unit: String, _ error: DBusError) -> EngineError {
        switch error.remoteName {
        case "org.freedesktop.systemd1.UnitExists":
            return EngineError(
                .conflict, "cannot \(action) \(unit): systemd has a unit of that name already",
                hint: "systemctl status \(unit) tells whose it is")
        case "org.freedesktop.DBus.Error.AccessDenied", "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired":
            return EngineError(
                .system, "cannot \(action) \(unit)", hint: "only root may ask the system's systemd", cause: error)
        default: return EngineError(.system, "cannot \(action) \(unit)", cause: error)
        }
    }
}
