import Foundation
import Harness
import Testing

/// Binds and file systems in memory, by all of docker's options.
@Suite(.needsRoot)
struct MountTests {
    /// A directory of the host with a file system mounted within, in a mount namespace of the commands' own.
    private func withMounts(_ place: Workplace, shared: Bool, _ script: String) throws -> Outcome {
        let host = place.directory + "/host"
        try FileManager.default.createDirectory(atPath: host, withIntermediateDirectories: true)
        let prepare = """
            set -e
            mount -t tmpfs outer \(host); mount --make-r\(shared ? "shared" : "private") \(host)
            mkdir \(host)/inner \(host)/late; mount -t tmpfs inner \(host)/inner
            set +e; H=\(host); S=\(Workplace.spyhop)
            \(script)
            """
        return try Command.run(
            ["/usr/bin/unshare", "-m", "--propagation", "private", "/bin/sh", "-c", prepare],
            environment: place.environment, scratch: place.directory)
    }

    @Test func aReadOnlyBindIsSoWithAllThatIsMountedBelow() throws {
        try Workplace.with { (place) throws in
            let touch = #"sh -c "touch /h/x 2>/dev/null || echo outer; touch /h/inner/x 2>/dev/null || echo inner""#
            let bind = "type=bind,src=$H,dst=/h,ro"
            let script = """
                $S run --rm -v $H:/h:ro busybox \(touch)
                $S run --rm --mount \(bind),bind-recursive=writable busybox \(touch)
                $S run --rm --mount \(bind),bind-propagation=rprivate,bind-recursive=readonly busybox \(touch)
                $S run --rm --mount type=bind,src=$H,dst=/h,bind-recursive=disabled busybox grep -c " /h" /proc/mounts
                """
            let outcome = try withMounts(place, shared: false, script)
            #expect(outcome.lines == ["outer", "inner", "outer", "outer", "inner", "1"], "\(outcome.errors)")
        }
    }

    @Test func mountsGoOutOnlyWhereTheyAreShared() throws {
        try Workplace.with { (place) throws in
            let mount = #"sh -c "mount -t tmpfs late /h/late && echo from inside > /h/late/file; sleep 1000""#
            let script = """
                $S run -d --name box --privileged -v $H:/h:rshared busybox \(mount) >/dev/null
                for i in $(seq 200); do [ -f $H/late/file ] && break; sleep 0.05; done
                cat $H/late/file; grep -c \(place.root) /proc/self/mountinfo; $S rm -f box
                """
            let outcome = try withMounts(place, shared: true, script)
            #expect(outcome.lines == ["from inside", "0", "box"], "\(outcome.errors)")
            let refused = try withMounts(place, shared: false, "$S run --rm -v $H:/h:shared busybox true; echo $?")
            #expect(refused.trimmed == "125")
            #expect(refused.errors.contains("but it is not a shared mount"))
        }
    }

    @Test func memoryIsMountedAsAskedFor() throws {
        try Workplace.with { (place) throws in
            let look = try place.run(
                "run", "--rm", "--tmpfs", "/t:exec,size=1m,uid=5,mode=700", "--mount",
                "type=tmpfs,dst=/u,tmpfs-size=2m,tmpfs-mode=1770", "busybox", "sh", "-c",
                "grep -E ' /(t|u) ' /proc/mounts; stat -c '%u %a' /t /u")
            #expect(look.output.contains("tmpfs /t tmpfs rw,nosuid,nodev,relatime,size=1024k"))
            #expect(look.output.contains("tmpfs /u tmpfs rw,nosuid,nodev,noexec,relatime,size=2048k"))
            #expect(look.output.hasSuffix("5 700\n0 1770\n"))
        }
    }

    @Test func whatIsNotThereIsToldAsDockerTellsIt() throws {
        try Workplace.with { (place) throws in
            let refused = try place.run("run", "--rm", "--mount", "type=bind,src=/nope,dst=/x", "busybox", "true")
            #expect(refused.code == 125)
            #expect(refused.errors.contains("bind source path does not exist: /nope"))
        }
    }
}
