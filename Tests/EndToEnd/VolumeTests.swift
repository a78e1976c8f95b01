import Foundation
import Harness
import Testing

/// Volumes in real containers.
@Suite(.needsRoot)
struct VolumeTests {
    @Test func whatIsWrittenSurvivesItsContainers() throws {
        try Workplace.with { (place) throws in
            #expect(try place.run("volume", "create", "--label", "a=1", "data").output == "data\n")
            let write = ["run", "--rm", "-v", "data:/data", "busybox", "sh", "-c", "echo kept > /data/file"]
            #expect(try place.run(write).code == 0)
            let read = try place.run(
                "run", "--rm", "--mount", "type=volume,src=data,dst=/d,ro", "busybox", "sh", "-c",
                "cat /d/file; touch /d/new || echo refused")
            #expect(read.output == "kept\nrefused\n")
            #expect(try place.run("run", "--rm", "-v", "made:/data", "busybox", "true").code == 0)
            let table = try place.run("volume", "ls").lines
            #expect(table == ["DRIVER    VOLUME NAME", "local     data", "local     made"])
            #expect(try place.run("volume", "ls", "-q", "-f", "label=a").output == "data\n")
            let point = try place.run("volume", "inspect", "-f", "{{.Mountpoint}}", "data").trimmed
            #expect(point == place.root + "/volumes/data/_data")
            #expect(try String(contentsOfFile: point + "/file", encoding: .utf8) == "kept\n")
        }
    }

    @Test func usersHoldAVolume() throws {
        try Workplace.with { (place) throws in
            try place.run("create", "--name", "web", "-v", "data:/data", "busybox")
            let refused = try place.run("volume", "rm", "data")
            #expect(refused.code == 1)
            #expect(refused.errors.contains("in use by web"))
            #expect(try place.run("volume", "ls", "-qf", "dangling=true").output == "")
            #expect(try place.run("ps", "-aq", "--filter", "volume=data").lines.count == 1)
            #expect(try place.run("ps", "-a", "--format", "{{.Mounts}} {{.LocalVolumes}}").output == "data 1\n")
            try place.run("rm", "-v", "web")
            #expect(try place.run("volume", "rm", "data").output == "data\n")
            #expect(try place.run("volume", "rm", "data").errors.contains("no such volume"))
            #expect(try place.run("volume", "rm", "-f", "data").code == 0)
        }
    }

    @Test func anEmptyVolumeGetsWhatTheImageHas() throws {
        try Workplace.with(image: false) { (place) throws in
            let tree = place.directory + "/tree"
            try FileManager.default.copyItem(atPath: BusyboxRoot.path, toPath: tree)
            try FileManager.default.createDirectory(atPath: tree + "/data", withIntermediateDirectories: true)
            try "image".write(toFile: tree + "/data/file", atomically: true, encoding: .utf8)
            chown(tree + "/data/file", 1000, 2000)
            chmod(tree + "/data/file", 0o640)
            chown(tree + "/data", 1000, 1000)
            chmod(tree + "/data", 0o750)
            try place.run("import", "-c", "VOLUME /data", "-c", #"CMD ["sh"]"#, tree, "busybox:latest")
            let look = "stat -c '%u:%g %a' /data /data/file"
            let facts = "1000:1000 750\n1000:2000 640\n"
            #expect(try place.run("run", "--rm", "busybox", "sh", "-c", look).output == facts)
            #expect(try place.run("run", "--rm", "-v", "named:/data", "busybox", "sh", "-c", look).output == facts)
            #expect(try place.run("run", "--rm", "-v", "bare:/data:nocopy", "busybox", "ls", "/data").output == "")
            #expect(try place.run("volume", "ls", "-q").output == "bare\nnamed\n")
            let name = try place.run("create", "busybox", "true").trimmed
            #expect(try place.run("volume", "ls", "-q").lines.count == 3)
            let format = "{{range .Mounts}}{{.Type}} {{.Destination}} {{.RW}}{{end}} {{.Config.Volumes}}"
            #expect(
                try place.run("inspect", "-f", format, name).output == "volume /data true map[/data:map[]]\n")
            try place.run("rm", name)
            #expect(try place.run("volume", "prune", "-f").output.contains("Total reclaimed space: 5B"))
            #expect(try place.run("volume", "ls", "-q").output == "bare\nnamed\n")
        }
    }

    @Test func anonymousVolumesGoWithTheirContainer() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "--rm", "-v", "/data", "busybox", "touch", "/data/x")
            #expect(try place.run("volume", "ls", "-q").output == "")
            try place.run("run", "--name", "kept", "-v", "/data", "-v", "named:/n", "busybox", "touch", "/data/x")
            #expect(try place.run("volume", "ls", "-q").lines.count == 2)
            try place.run("run", "--rm", "--volumes-from", "kept:ro", "--name", "other", "busybox", "ls", "/data")
            #expect(try place.run("volume", "ls", "-q").lines.count == 2)
            try place.run("rm", "-v", "kept")
            #expect(try place.run("volume", "ls", "-q").output == "named\n")
            try place.run("run", "-d", "--rm", "-v", "/data", "--name", "soon", "busybox", "true")
            try place.eventually("the volume goes with its container") {
                try place.run("volume", "ls", "-q").output == "named\n"
            }
        }
    }

    @Test func volumesFromTakesWhatAnotherMounts() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "--name", "first", "-v", "data:/data", "busybox", "sh", "-c", "echo x > /data/f")
            let script = "cat /data/f; touch /data/g || echo refused"
            let outcome = try place.run("run", "--rm", "--volumes-from", "first:ro", "busybox", "sh", "-c", script)
            #expect(outcome.output == "x\nrefused\n")
            let missing = try place.run("run", "--rm", "--volumes-from", "nobody", "busybox", "true")
            #expect(missing.code == 125)
        }
    }

    @Test func aPartOfAVolumeIsMountedAndNoLinkLeadsOut() throws {
        try Workplace.with { (place) throws in
            let make = "mkdir -p /d/sub/deep; echo in > /d/sub/deep/f; ln -s /etc /d/out; ln -s ../../../../etc /d/up"
            try place.run("run", "--rm", "-v", "data:/d", "busybox", "sh", "-c", make)
            let mount = "type=volume,src=data,dst=/p,volume-subpath="
            #expect(
                try place.run("run", "--rm", "--mount", mount + "sub/deep", "busybox", "cat", "/p/f").output == "in\n")
            for bad in ["nothing", "out", "up", "../../../../etc"] {
                let refused = try place.run("run", "--rm", "--mount", mount + bad, "busybox", "ls", "/p")
                #expect(refused.code != 0, "\(bad): \(refused.output)")
            }
        }
    }

    @Test func filesGoInAndOutOfAStoppedContainersVolumes() throws {
        try Workplace.with { (place) throws in
            try place.run("create", "--name", "box", "-v", "data:/data/deep", "-v", "/anon", "busybox")
            try "hello".write(toFile: place.directory + "/in", atomically: true, encoding: .utf8)
            #expect(try place.run("cp", place.directory + "/in", "box:/data/deep/file").code == 0)
            let kept = place.root + "/volumes/data/_data/file"
            #expect(try String(contentsOfFile: kept, encoding: .utf8) == "hello")
            #expect(try place.run("cp", "box:/data/deep/file", place.directory + "/out").code == 0)
            #expect(try String(contentsOfFile: place.directory + "/out", encoding: .utf8) == "hello")
            #expect(try place.run("run", "--rm", "-v", "data:/d", "busybox", "cat", "/d/file").output == "hello")
            // Nothing of it has gone into the container's own layer.
            #expect(try place.run("diff", "box").output == "")
        }
    }

    @Test func aBoundVolumeIsTheHostsDirectory() throws {
        try Workplace.with { (place) throws in
            let directory = place.directory + "/host"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try place.run("volume", "create", "-o", "type=none", "-o", "o=bind", "-o", "device=" + directory, "bound")
            try place.run("run", "--rm", "-v", "bound:/b", "busybox", "sh", "-c", "echo there > /b/f")
            #expect(try String(contentsOfFile: directory + "/f", encoding: .utf8) == "there\n")
            try place.run("volume", "create", "-o", "type=tmpfs", "-o", "device=tmpfs", "-o", "o=size=1m", "memory")
            let look = try place.run("run", "--rm", "-v", "memory:/m", "busybox", "grep", " /m ", "/proc/mounts")
            #expect(look.output.contains("tmpfs /m tmpfs"))
            #expect(look.output.contains("size=1024k"))
            let refused = try place.run(
                "volume", "create", "-o", "type=nfs", "-o", "device=:/x", "-o", "o=addr=1.2.3.4")
            #expect(refused.code == 1)
            #expect(refused.errors.contains("mount it on the host"))
        }
    }

    @Test func killedCommandsLeaveWholeVolumes() throws {
        try Workplace.with(image: false) { (place) throws in
            let tree = place.directory + "/tree"
            try FileManager.default.copyItem(atPath: BusyboxRoot.path, toPath: tree)
            try FileManager.default.createDirectory(atPath: tree + "/data", withIntermediateDirectories: true)
            for index in 0..<300 {
                try "\(index)".write(toFile: tree + "/data/\(index)", atomically: false, encoding: .utf8)
            }
            try place.run("import", "-c", "VOLUME /data", tree, "busybox:latest")
            for round in 0..<20 {
                let victims = try [
                    place.start("create", "--name", "c\(round)", "-v", "named:/data", "-v", "/anon", "busybox", "true"),
                    place.start("volume", "rm", "named"),
                ]
                usleep(UInt32.random(in: 0...30_000))
                for victim in victims {
                    victim.signal(SIGKILL)
                    victim.wait()
                }
                place.removeContainers()
            }
            let count = try place.run("run", "--rm", "-v", "named:/data", "busybox", "sh", "-c", "ls -A /data | wc -l")
            #expect(count.trimmed == "300", "\(count.errors)")
            try place.run("volume", "prune", "-af")
            #expect(try place.run("volume", "ls", "-q").output == "")
            let left = try FileManager.default.contentsOfDirectory(atPath: place.root + "/volumes")
            #expect(left == [".lock"])
        }
    }
}
