import Foundation
import Harness
import Testing

@Suite(.needsRoot)
struct LogTests {
    @Test func fullDiskCostsLinesButNeitherTheContainerNorTheRestOfItsLog() throws {
        try Workplace.with(image: false) { (place) throws in
            let disk = place.directory + "/disk"
            mkdir(disk, 0o700)
            let script = """
                set -e
                mount -t tmpfs -o size=16m none \(disk)
                export SPYHOP_ROOT=\(disk)/root
                \(Workplace.spyhop) import \(BusyboxRoot.path) busybox > /dev/null
                \(Workplace.spyhop) run -d --name box busybox sh -c 'while :; do echo tick; usleep 2000; done' > /dev/null
                log=$(echo $SPYHOP_ROOT/containers/*/container.log)
                dd if=/dev/zero of=\(disk)/filler bs=4k 2> /dev/null || true
                size=-1
                while [ $size != $(stat -c %s $log) ]; do size=$(stat -c %s $log); sleep 0.3; done
                rm \(disk)/filler
                while ! grep -q 'could not write' $log; do sleep 0.1; done
                \(Workplace.spyhop) inspect -f '{{.State.Status}}' box
                \(Workplace.spyhop) logs box 2>&1 | sort -u
                \(Workplace.spyhop) rm -f box
                """
            let output = place.directory + "/output"
            let command = ["/usr/bin/unshare", "-m", "/bin/sh", "-c", script]
            let child = try Child(command, environment: place.environment) { actions in
                posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
                posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
            }
            #expect(child.wait() == 0)
            let lines = Command.text(output).split(separator: "\n")
            #expect(lines.count == 4)
            #expect(lines.first == "running")
            #expect(lines.contains("tick"))
            #expect(lines.contains { $0.hasPrefix("spyhop-monitor: could not write ") })
            #expect(lines.last == "box")
        }
    }

    @Test func logsAreTailedFilteredAndStamped() throws {
        try Workplace.with { (place) throws in
            try place.run(
                "run", "--name", "talk", "busybox", "sh", "-c",
                "for i in 1 2 3 4 5; do echo line $i; done; echo oops >&2; printf partial")
            let all = try place.run("logs", "talk")
            #expect(all.output == "line 1\nline 2\nline 3\nline 4\nline 5\npartial")
            #expect(all.errors == "oops\n")
            #expect(try place.run("logs", "--tail", "2", "talk").output.hasSuffix("partial"))
            #expect(try place.run("logs", "-n", "1", "talk").output == "partial")
            let stamped = try place.run("logs", "-t", "talk").lines
            #expect(stamped.first?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z line 1/) != nil)
            #expect(try place.run("logs", "--since", "1h", "talk").lines.count == 6)
            #expect(try place.run("logs", "--until", "1h", "talk").output == "")
        }
    }

    @Test func followingEndsWithTheContainerAndMissesNothing() throws {
        try Workplace.with { (place) throws in
            try place.run(
                "run", "-d", "--name", "steady", "busybox", "sh", "-c",
                "for i in $(seq 1 300); do echo $i; usleep 1000; done")
            let followed = try place.run("logs", "-f", "steady")
            #expect(followed.lines == (1...300).map(String.init))
        }
    }

    @Test func rotationKeepsTheNewestFilesAndFollowingCrossesIt() throws {
        try Workplace.with { (place) throws in
            try place.run(
                "run", "-d", "--name", "loud", "--log-opt", "max-size=64k", "--log-opt", "max-file=3", "busybox", "sh",
                "-c",
                "seq 1 20000; sleep 0.3; seq 20001 20010")
            try place.run("wait", "loud")
            let kept = try place.run("logs", "loud").lines.compactMap { Int($0) }
            #expect(kept.last == 20010)
            #expect(kept.count < 20010)
            #expect(kept == Array((kept.first ?? 0)...20010))
            #expect(try place.run("logs", "--tail", "15", "loud").lines == (19996...20010).map(String.init))
        }
    }

    @Test func longLinesArriveAsTheyWere() throws {
        try Workplace.with { (place) throws in
            let outcome = try place.run(
                "run", "--name", "long", "busybox", "sh", "-c", "head -c 100000 /dev/zero | tr '\\0' x; echo; echo end")
            #expect(outcome.lines.map(\.count) == [100_000, 3])
            #expect(try place.run("logs", "long").lines.map(\.count) == [100_000, 3])
        }
    }
}
