import DBus
import Engine
import LinuxSystem

/// Which systemd is asked, and where it listens.
public enum SystemdBus: Sendable, Hashable {
    /// The system's; without a bus, systemd's own socket, which only root may use.
    case system
    /// A user's, at these addresses as in `DBUS_SESSION_BUS_ADDRESS`, and at its own socket in `XDG_RUNTIME_DIR`.
    case user(addresses: String?, runtimeDirectory: String?)

    /// Whether the host was booted with systemd (sd_booted(3)).
    public static var isRunning: Bool { Files.exists("/run/systemd/system") }

    /// It is a user's.
    public var isUser: Bool { if case .user = self { true } else { false } }

    private var places: [(address: DBusAddress, isBus: Bool)] {
        switch self {
        case .system: return [(.system, true), (.path("/run/systemd/private"), false)]
        case .user(let addresses, let directory):
            let named = addresses.flatMap { try? DBusAddress.all(in: $0) } ?? []
            guard let directory else { return named.map { ($0, true) } }
            let own = DBusAddress.path(directory + "/bus")
            return (named.contains(own) ? named : named + [own]).map { ($0, true) }
                + [(.path(directory + "/systemd/private"), false)]
        }
    }

    /// Connects to the first that answers.
    func connect() throws(EngineError) -> DBusConnection {
        var failure = DBusError.address("")
        var isFirst = true
        for place in places {
            do throws(DBusError) { return try DBusConnection(place.address, isBus: place.isBus) } catch {
                // The bus's own words are worth more than those of what stands in for it.
                if isFirst { failure = error }
                isFirst = false
            }
        }
        guard !isFirst else {
            throw EngineError(
                .unsupported, "cannot ask the user's systemd for cgroups: nothing tells where it listens",
                hint: "set XDG_RUNTIME_DIR and DBUS_SESSION_BUS_ADDRESS as a login does")
        }
        throw EngineError(
            .unsupported, "cannot ask systemd for cgroups",
            hint: isUser ? "is there a login session, or loginctl enable-linger?" : "does systemd run here?",
            cause: failure)
    }
}
