import CLinux
import CMonitorWire

extension Child {
    /// Forks; the plan goes on in the child, and this process stays as the container's init.
    func leaveInitBehind() throws(SystemError) {
        monitor_block_signals()
        let command = try check(monitor_fork())
        guard command == 0 else { attend(command) }
        // In the foreground, in a group of its own: a key like ^C must reach the command once, not through init too.
        // Signals are still blocked, or SIGTTOU would stop it here.
        _ = monitor_own_group()
        _ = monitor_terminal_foreground(0)
        monitor_unblock_signals()
        try check(monitor_death_signal(SIGKILL))
    }

    /// Passes signals on and reaps orphans until the command ends, then ends as it did.
    private func attend(_ command: Int32) -> Never {
        // The command's end of the hand-shake must be the last, and its pipes must end with it.
        _ = monitor_close_range(0, UInt32.max, 0)
        while true {
            let signal = monitor_wait_signal()
            guard signal == SIGCHLD else {
                if signal > 0 { _ = monitor_signal(command, signal) }
                continue
            }
            var code: Int32 = 0
            var killed: Int32 = 0
            while true {
                let ended = monitor_reap_any(&code, &killed)
                guard ended > 0 else { break }
                // Pid 1 cannot kill itself by a signal, so the shell's way of saying it has to do.
                if ended == command { monitor_exit(killed != 0 ? 128 + code : code) }
            }
        }
    }
}
