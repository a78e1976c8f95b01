import Harness
import Testing

/// What is taken on the disk, and setting it free.
@Suite(.needsRoot)
struct PruneTests {
    @Test func usageIsCountedInDockersColumns() throws {
        try Workplace.with { (place) throws in
            let write = "head -c 3000 /dev/zero > /data/big; ln /data/big /data/again; head -c 500 /dev/zero > /own"
            try place.run("run", "--name", "writer", "-v", "data:/data", "busybox", "sh", "-c", write)
            try place.run("tag", "busybox", "second")
            let usage = try place.run("system", "df")
            #expect(usage.lines.first?.split(separator: " ") == ["TYPE", "TOTAL", "ACTIVE", "SIZE", "RECLAIMABLE"])
            let format = "{{.Type}}:{{.TotalCount}}:{{.Active}}:{{.Size}}:{{.Reclaimable}}"
            let lines = try place.run("system", "df", "--format", format).lines
            #expect(lines.count == 4)
            #expect(lines[0].hasPrefix("Images:1:1:") && lines[0].hasSuffix(":0B (0%)"))
            #expect(lines[1] == "Containers:1:0:500B:500B (100%)")
            #expect(lines[2] == "Local Volumes:1:1:3kB:0B (0%)")
            #expect(lines[3] == "Build Cache:0:0:0B:0B")
            let verbose = try place.run("system", "df", "-v").output
            #expect(verbose.contains("Local Volumes space usage:\n\nVOLUME NAME   LINKS     SIZE\ndata          1"))
            #expect(try place.run("ps", "-as", "--format", "{{.Size}}").output.hasPrefix("500B (virtual"))
            #expect(try place.run("inspect", "-s", "-f", "{{.SizeRw}}", "writer").output == "500\n")
        }
    }

    @Test func aPruneSaysWhatWouldGoAndHowMuch() throws {
        try Workplace.with { (place) throws in
            let script = "head -c 1000 /dev/zero > /f; head -c 2000 /dev/zero > /anon/f"
            let old = try place.run("run", "--name", "old", "-v", "/anon", "busybox", "sh", "-c", script)
            #expect(old.code == 0)
            try place.run("run", "-d", "--name", "busy", "-v", "named:/n", "busybox", "sleep", "1000")
            let identifier = try place.run("inspect", "-f", "{{.Id}}", "old").trimmed
            let volume = try place.run("inspect", "-f", "{{range .Mounts}}{{.Name}}{{end}}", "old").trimmed
            let asked = try place.run("system", "prune", "--volumes", input: "n\n")
            #expect(asked.code == 0)
            #expect(asked.errors.contains("- all stopped containers (1, 1kB)\n      old (busybox)  1kB"))
            #expect(asked.errors.contains("at least one container (1, 2kB)\n      \(volume)  2kB"))
            #expect(asked.errors.contains("Together: 3kB"))
            #expect(try place.state("old") == "exited")
            let done = try place.run("system", "prune", "--volumes", input: "y\n")
            let expected =
                "Deleted Containers:\n\(identifier)\n\nDeleted Volumes:\n\(volume)\n\nTotal reclaimed space: 3kB\n"
            #expect(done.output == expected)
            #expect(try place.run("volume", "ls", "-q").output == "named\n")
            #expect(try place.state("busy") == "running")
            #expect(try place.run("volume", "prune", "-af").output == "Total reclaimed space: 0B\n")
            try place.run("rm", "-f", "busy")
            #expect(
                try place.run("volume", "prune", "-af").output
                    == "Deleted Volumes:\nnamed\n\nTotal reclaimed space: 0B\n")
            let images = try place.run("system", "prune", "-af").output
            #expect(images.contains("Deleted Images:\nUntagged: busybox:latest\n"))
            #expect(try place.run("images", "-q").output == "")
        }
    }

    @Test func filtersSpareWhatDoesNotFit() throws {
        try Workplace.with { (place) throws in
            try place.run("create", "--name", "kept", "busybox")
            try place.run("create", "--name", "gone", "--label", "old", "busybox")
            #expect(try place.run("container", "prune", "-f", "--filter", "until=1h").output.hasPrefix("Total"))
            try place.run("container", "prune", "-f", "--filter", "label=old")
            #expect(try place.run("ps", "-a", "--format", "{{.Names}}").output == "kept\n")
            try place.run("container", "prune", "-f", "--filter", "label!=old")
            #expect(try place.run("ps", "-aq").output == "")
            #expect(try place.run("system", "prune", "-f", "--volumes", "--filter", "until=1h").code == 1)
        }
    }
}
