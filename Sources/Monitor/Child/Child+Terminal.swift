import CLinux
import CMonitorWire

extension Child {
    /// Opens a pseudo-terminal of the container's own devpts, sends its master to the monitor and lives on its slave.
    mutating func openTerminal() throws(SystemError) {
        let path = ("dev/ptmx" as StaticString).c
        let master = Descriptor(
            owning: try check(monitor_open_in_root(try rootDescriptor(), path, O_RDWR | O_NOCTTY)))
        var file = monitor_file()
        try check(monitor_stat(master.number, &file))
        // Character device 5:2, or an image has put something of its own there.
        guard file.mode & UInt32(S_IFMT) == UInt32(S_IFCHR), file.device == 0x502 else {
            throw SystemError(code: ENODEV)
        }
        try check(monitor_terminal_unlock(master.number))
        // By the master, not by its number: the path /dev/pts/N could be somebody else's.
        let slave = Descriptor(owning: try check(monitor_terminal_peer(master.number)))
        if plan.header.terminal_rows > 0, plan.header.terminal_columns > 0 {
            let size = (plan.header.terminal_rows, plan.header.terminal_columns)
            try check(monitor_terminal_size(slave.number, size.0, size.1))
        }
        // A further process leaves the console to the container's first.
        if target < 0 { try bindConsole(slave.number) }
        try check(monitor_send_descriptor(control, master.number))
        try check(monitor_terminal_control(slave.number))
        for standard: Int32 in 0...2 { try check(monitor_duplicate(slave.number, standard)) }
    }

    private mutating func bindConsole(_ slave: Int32) throws(SystemError) {
        let target = try find(("/dev/console" as StaticString).c, orMake: .file)
        let tree = Descriptor(owning: try check(monitor_clone_tree(slave, ("" as StaticString).c, 0)))
        try check(monitor_move_mount(tree.number, target.number))
    }
}
