import DBus
import Engine
import LinuxSystem

/// Which systemd is asked, and where it listens.
public enum SystemdBus: Sendable, Hashable {
    /// The system's.
    case system
    /// A user's, at these addresses as in `DBUS_SESSION_BUS_ADDRESS`, and in `XDG_RUNTIME_DIR`.
    case user(addresses: String?, runtimeDirectory: String?)

    /// Whether the host was booted with systemd (sd_booted(3)).
    public static var isRunning: Bool { Files.exists("/run/systemd/system") }

    /// It is a user's.
    public var isUser: Bool { if case .user = self { true } else { false } }

    /// Buses alone: systemd's own socket is private to it, and its answers were seen to be lost there.
    private var places: [DBusAddress] {
        switch self {
        case .system: return [.system]
        case .user(let addresses, let directory):
            let named = addresses.flatMap { try? DBusAddress.all(in: $0) } ?? []
            guard let directory else { return named }
            let own = DBusAddress.path(directory + "/bus")
            return named.contains(own) ? named : named + [own]
        }
    }

    /// Connects to the first that answers.
    func connect() throws(EngineError) -> DBusConnection {
        var failure = DBusError.address("")
        var isFirst = true
        for place in places {
            do throws(DBusError) { return try DBusConnection(place) } catch {
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
            hint: isUser
                ? "is there a login session, or loginctl enable-linger?"
                : "does systemd run here, and the package dbus?",
            cause: failure)
    }
}
