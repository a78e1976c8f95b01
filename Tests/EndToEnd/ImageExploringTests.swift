import Foundation
import Harness
import Testing

/// `history` and `image layers`, `tree`, `diff`, `cat` on two images: `base:1` of one layer, and `app:1` of two more on it.
@Suite(.needsRoot)
struct ImageExploringTests {
    /// Writes base.tar and app.tar, docker archives, into the directory that is its argument.
    private static let script = #"""
        set -e; cd "$1"; umask 022; mkdir one two three docker
        mkdir -p one/etc one/var/cache one/usr/bin
        printf 'root:x:0:0\n' > one/etc/passwd; printf 'cached' > one/var/cache/a
        seq 1 200000 > one/usr/bin/big; ln -s usr/bin one/bin
        mkdir -p two/etc two/var; printf 'root:x:0:0\nme:x:1:1\n' > two/etc/passwd; : > two/var/.wh.cache
        mkdir -p three/etc three/srv; : > three/etc/.wh..wh..opq; printf 'new' > three/etc/new
        printf 'x' > "three/srv/$(printf 'caf\351')"; printf 'y' > "three/srv/$(printf 'e\033[2J')"
        for layer in one two three; do tar --owner=0 --group=0 -C $layer -cf docker/$layer.tar .; done
        digest() { echo "\"sha256:$(sha256sum < docker/$1.tar | cut -c1-64)\""; }
        add='{"created":"2026-01-02T03:04:05Z","created_by":"ADD root in /"}'
        cmd='{"created":"2026-01-02T03:04:06Z","created_by":"CMD [\"sh\"]","empty_layer":true}'
        run='{"created":"2026-01-03T03:04:05Z","created_by":"RUN adduser me"},{"created":"2026-01-04T03:04:05Z","created_by":"COPY \u001b[2J . /"}'
        arch=$(case $(uname -m) in x86_64) echo amd64;; aarch64) echo arm64;; *) uname -m;; esac)
        image() {
            printf "%s\n" "{\"architecture\":\"$arch\",\"os\":\"linux\",\"created\":\"$4\",\"config\":$1,
                \"rootfs\":{\"type\":\"layers\",\"diff_ids\":[$2]},\"history\":[$3]}" > docker/config.json
            shift 4; layers=$(for layer in "$@"; do echo "\"$layer.tar\""; done | paste -sd,)
            echo "[{\"Config\":\"config.json\",\"RepoTags\":[\"$name\"],\"Layers\":[$layers]}]" > docker/manifest.json
            (cd docker; tar -cf ../${name%:1}.tar config.json manifest.json $(for layer in "$@"; do echo $layer.tar; done))
        }
        name=base:1; image '{"Cmd":["sh"],"Env":["A=1"]}' "$(digest one)" "$add,$cmd" 2026-01-02T03:04:06Z one
        name=app:1; image '{"Cmd":["big"],"Env":["A=2"],"User":"me"}' "$(digest one),$(digest two),$(digest three)" \
            "$add,$cmd,$run" 2026-01-04T03:04:05Z one two three
        """#

    private func make(in directory: String) throws {
        let made = try Command.run(["/bin/sh", "-c", Self.script, "sh", directory], scratch: directory)
        try #require(made.code == 0, "\(made.errors)")
    }

    private func withImages(_ body: (Workplace) throws -> Void) throws {
        try Workplace.with(image: false) { (place) throws in
            try make(in: place.directory)
            for name in ["base", "app"] {
                let loaded = try place.run("load", "-i", "\(place.directory)/\(name).tar")
                try #require(loaded.output == "Loaded image: \(name):1\n", "\(loaded.errors)")
            }
            try body(place)
        }
    }

    @Test func historyTellsTheStepsAndTheBase() throws {
        try withImages { place in
            let base = try place.run("images", "-q", "base").trimmed
            let app = try place.run("images", "-q", "app").trimmed
            let lines = try place.run("history", "--format", "{{.ID}} {{.CreatedAt}} {{.CreatedBy}} {{.Size}}", "app:1")
                .lines
            #expect(
                lines == [
                    "\(app) 2026-01-04T03:04:05Z COPY ?[2J . / 5B", "<missing> 2026-01-03T03:04:05Z RUN adduser me 20B",
                    "\(base) 2026-01-02T03:04:06Z CMD [\"sh\"] 0B",
                    "<missing> 2026-01-02T03:04:05Z ADD root in / 1.29MB",
                ])
            #expect(try place.run("image", "history", "-q", "app:1").lines == [app, "<missing>", base, "<missing>"])
            #expect(
                try place.run("history", "-H=false", "base:1").lines.first
                    == "IMAGE          CREATED AT             CREATED BY      SIZE      COMMENT")
            let missing = try place.run("history", "nothing")
            #expect(missing.code == 1 && missing.errors.contains("no such image: nothing"))
        }
    }

    @Test func layersTellWhatTheyDoAndWhatIsWasted() throws {
        try withImages { place in
            let shown = try place.run("image", "layers", "--files", "--layer", "2", "--layer", "3", "--waste", "app:1")
            #expect(shown.code == 0)
            let lines = shown.lines
            #expect(lines.first?.split(separator: " ").joined(separator: " ") == "LAYER SIZE DIGEST CREATED BY")
            #expect(
                lines.dropFirst(3).dropLast() == [
                    "Layer 2: RUN adduser me",
                    "C  -rw-r--r--  0:0  20B  /etc/passwd",
                    "D  drwxr-xr-x  0:0  6B   /var/cache",
                    "Layer 3: COPY ?[2J . /",
                    "A  -rw-r--r--  0:0  3B   /etc/new",
                    "D  -rw-r--r--  0:0  20B  /etc/passwd",
                    "A  drwxr-xr-x  0:0  2B   /srv",
                    #"A  -rw-r--r--  0:0  1B   /srv/caf\xe9"#,
                    "A  -rw-r--r--  0:0  1B   /srv/e?[2J",
                    "WASTED    LAYERS    PATH",
                    "31B       3         /etc/passwd",
                    "6B        2         /var/cache",
                ])
            #expect(lines.last == "Total 1.29MB, 37B wasted, efficiency 99.99%")
            let tree = try place.run("image", "layers", "--tree", "--layer", "2", "app:1").output
            #expect(tree.contains("   drwxr-xr-x  0:0  20B  ├── etc\nC  -rw-r--r--  0:0  20B  │   └── passwd\n"))
            let unknown = try place.run("image", "layers", "--layer", "4", "app:1")
            #expect(unknown.code == 1 && unknown.errors.contains("there is no layer 4"))
        }
    }

    @Test func brokenRulesMakeTheExitCodeOne() throws {
        try withImages { place in
            let kept = try place.run(
                "image", "layers", "--lowest-efficiency", "0.9", "--highest-wasted-bytes", "1kB",
                "--highest-user-wasted-percent=0.5", "base:1")
            #expect(kept.code == 0 && kept.errors == "")
            let broken = try place.run(
                "image", "layers", "--lowest-efficiency", "1", "--highest-wasted-bytes", "36",
                "--highest-user-wasted-percent", "0.5", "app:1")
            #expect(broken.code == 1)
            #expect(broken.errors.split(separator: "\n").count == 3)
            #expect(broken.errors.contains("37 wasted bytes are more than --highest-wasted-bytes 36"))
            #expect(broken.output.contains("37B wasted"))
            #expect(try place.run("image", "layers", "--lowest-efficiency", "95", "app:1").code == 1)
        }
    }

    @Test func imagesStandOnEachOther() throws {
        try withImages { place in
            let lines = try place.run("image", "tree").lines
            #expect(
                lines.map { $0.prefix { $0 != ":" } } == [
                    "IMAGE       SIZE      TOTAL     LAYERS", "base", "└── app",
                ])
            let json = try place.run("image", "tree", "--format", "json").output
            #expect(json.hasPrefix(#"[{"Images":[{"ID":"sha256:"#) && json.contains(#""Names":["app:1"]"#))
        }
    }

    @Test func imagesAreComparedInFilesAndSettings() throws {
        try withImages { place in
            let files = "A /etc/new\nD /etc/passwd\nA /srv\n" + #"A /srv/caf\xe9"# + "\nA /srv/e?[2J\nD /var/cache\n"
            let settings = "C Cmd: [\"sh\"] -> [\"big\"]\nC Env A: 1 -> 2\nA User: me\n"
            let all = try place.run("image", "diff", "base:1", "app:1")
            #expect(all.output == files + settings && all.code == 0)
            let some = try place.run("image", "diff", "--exit-code", "--files-only", "base:1", "app:1")
            #expect(some.output == files && some.code == 1)
            #expect(try place.run("image", "diff", "--settings-only", "base:1", "app:1").output == settings)
            let same = try place.run("image", "diff", "--exit-code", "app:1", "app:1")
            #expect(same.output == "" && same.code == 0)
            let format = "{{range .Settings}}{{.Name}};{{end}}{{len .Files}}"
            #expect(
                try place.run("image", "diff", "--format", format, "base:1", "app:1").output == "Cmd;Env A;User;6\n")
        }
    }

    @Test func directoriesAreListed() throws {
        try withImages { (place) throws in
            #expect(
                try place.run("image", "files", "app:1").lines == [
                    "lrwxrwxrwx  0:0  0B  bin -> usr/bin", "drwxr-xr-x  0:0  0B  etc", "drwxr-xr-x  0:0  0B  srv",
                    "drwxr-xr-x  0:0  0B  usr", "drwxr-xr-x  0:0  0B  var",
                ])
            #expect(try place.run("image", "files", "app:1", "/bin").lines == ["-rw-r--r--  0:0  1.29MB  big"])
            #expect(
                try place.run("image", "files", "--format", "json", "app:1", "etc").output
                    == #"{"Path":"/etc/new","Kind":"file","Size":3,"Mode":"0644","Uid":0,"Gid":0,"Target":null}"# + "\n"
            )
            #expect(try place.run("image", "files", "app:1", "/var/cache").code == 1)
        }
    }

    @Test func filesComeOutByteForByte() throws {
        try withImages { place in
            let original = try String(contentsOfFile: place.directory + "/one/usr/bin/big", encoding: .utf8)
            #expect(try place.run("image", "cat", "app:1", "/bin/../bin/./big").output == original)
            #expect(try place.run("image", "cat", "app:1", "bin/big").output == original)
            #expect(try place.run("image", "cat", "app:1", #"srv/caf\xe9"#).output == "x")
            let hidden = try place.run("image", "cat", "app:1", "/etc/passwd")
            #expect(hidden.code == 1 && hidden.output == "" && hidden.errors.contains("no such file: /etc/passwd"))
            let directory = try place.run("image", "cat", "app:1", "/etc")
            #expect(directory.code == 1 && directory.errors.contains("is a directory"))
            let cut = try Command.run(
                ["/bin/sh", "-c", #""$0" image cat app:1 bin/big | head -n 1; echo"#, Workplace.spyhop],
                environment: place.environment, scratch: place.directory)
            #expect(cut.output == "1\n\n" && cut.errors == "")
        }
    }

    @Test(.enabled(if: Programs.installed("newuidmap") != nil, "needs the package uidmap"))
    func anOrdinaryUserLooksIntoHisImages() throws {
        try UserPlace.with { user in
            try make(in: user.directory)
            for name in ["base", "app"] {
                chmod("\(user.directory)/\(name).tar", 0o644)
                #expect(try user.run("load", "-i", "\(user.directory)/\(name).tar").code == 0)
            }
            let shown = try user.run("image", "layers", "--waste", "app:1")
            #expect(shown.lines.suffix(3).first == "31B       3         /etc/passwd", "\(shown.errors)")
            #expect(try user.run("image", "diff", "--files-only", "base:1", "app:1").lines.contains("D /etc/passwd"))
            #expect(try user.run("image", "cat", "app:1", "/etc/new").output == "new")
            #expect(try user.run("history", "-q", "app:1").lines.count == 4)
        }
    }
}
