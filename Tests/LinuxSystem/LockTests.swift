import Glibc
import LinuxSystem
import Testing

@Suite struct LockTests {
    @Test func twoHoldersExcludeEachOtherInOneProcess() async throws {
        try await withDirectory { path in
            let file = path + "/lock"
            let found = (before: try isFree(file), held: try isFreeWhileHeld(file), after: try isFree(file))
            #expect(found == (before: true, held: false, after: true))
        }
    }

    private func isFree(_ file: String) throws -> Bool {
        let lock = try FileLock.attempt(file)
        return lock != nil
    }

    private func isFreeWhileHeld(_ file: String) throws -> Bool {
        let held = try FileLock(file)
        let free = try isFree(file)
        _ = consume held
        return free
    }

    @Test func aRecordLockTellsItsHolderAndDiesWithIt() async throws {
        try await withDirectory { path in
            let file = path + "/lock"
            #expect(try RecordLock.holder(of: file) == nil)
            try Files.writeAtomically([], to: file)
            #expect(try RecordLock.holder(of: file) == nil)
            // perl is part of every Debian; struct flock on a 64-bit Linux.
            let script = """
                open(my $f, '+<', $ARGV[0]) or exit 9; my $lock = pack('s s x4 q q l x4', 1, 0, 0, 0, 0);
                fcntl($f, 6, $lock) or exit 8; syswrite(STDOUT, 'x'); sysread(STDIN, my $b, 1); exit 0
                """
            let input = try Pipe().take()
            let output = try Pipe().take()
            let inputEnd = OwnedDescriptor(owning: input.write)
            let outputEnd = OwnedDescriptor(owning: output.read)
            let pid: pid_t
            do {
                let childInput = OwnedDescriptor(owning: input.read)
                let childOutput = OwnedDescriptor(owning: output.write)
                pid = try Spawn(
                    path: "/usr/bin/perl", arguments: ["perl", "-e", script, file],
                    descriptors: [0: childInput.rawValue, 1: childOutput.rawValue]
                ).start()
            }
            let process = try Processes.open(pid)
            try await Readiness.shared.readable(outputEnd.rawValue)
            #expect(try RecordLock.holder(of: file) == pid)
            let second = try RecordLock.attempt(file)
            let isRefused = second == nil
            #expect(isRefused)
            #expect(Processes.startTicks(pid) != nil)
            try inputEnd.close()
            try await Readiness.shared.readable(process.rawValue)
            #expect(try Processes.reap(pidfd: process) == 0)
            #expect(try RecordLock.holder(of: file) == nil)
            #expect(Processes.startTicks(pid) == nil)
        }
    }
}
