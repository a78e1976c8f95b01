import Cgroups

extension ProcessEnvironment {
    /// An ordinary user's systemd, where his login says that it listens.
    var userSystemd: SystemdBus {
        .user(addresses: value("DBUS_SESSION_BUS_ADDRESS"), runtimeDirectory: value("XDG_RUNTIME_DIR"))
    }
}
