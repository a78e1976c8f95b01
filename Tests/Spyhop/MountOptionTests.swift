import Engine
import Testing

@testable import SpyhopCommands

struct MountOptionTests {
    private static func bind(_ path: String, create: Bool = true) -> MountSpec.Source {
        .bind(path: path, createMissing: create)
    }

    private static func volume(_ name: String?, noCopy: Bool = false) -> MountSpec.Source {
        .volume(MountSpec.VolumeMount(name: name, noCopy: noCopy))
    }

    private static func written(_ mode: String = "") -> MountSpec.Origin { .volumeOption(mode: mode) }

    @Test(arguments: [
        ("/a:/b", MountSpec(source: bind("/a"), target: "/b", origin: written())),
        ("./a:/b:ro", MountSpec(source: bind("/w/a"), target: "/b", readOnly: true, origin: written("ro"))),
        (
            "/a:/b:rw,z,shared",
            MountSpec(source: bind("/a"), target: "/b", propagation: .shared, origin: written("rw,z,shared"))
        ),
        ("/a/:/b/../c/", MountSpec(source: bind("/a"), target: "/c", origin: written())),
        ("/a", MountSpec(source: volume(nil), target: "/a", origin: written())),
        ("data:/b", MountSpec(source: volume("data"), target: "/b", origin: written())),
        (
            "data:/b:nocopy,ro",
            MountSpec(
                source: volume("data", noCopy: true), target: "/b", readOnly: true, origin: written("nocopy,ro"))
        ),
    ])
    func volumesAreNamedOrBound(text: String, mount: MountSpec) throws {
        #expect(try VolumeOption.parse(text, directory: "/w") == mount)
    }

    @Test(arguments: [
        "", "a", "/a:b", "/a:/", "/a:/b:bogus", ":/b", "/a:", "/a:/b:ro:x", "/", "a:/b", "a/b:/c", "-ab:/c",
        "/a:/b:ro,rw", "/a:/b:nocopy", "data:/b:rslave", "/a:/b:rslave,rshared",
    ])
    func otherVolumesAreRefused(text: String) {
        #expect(throws: EngineError.self) { try VolumeOption.parse(text, directory: "/w") }
    }

    private static func mount(
        _ source: MountSpec.Source, _ target: String, readOnly: Bool = false,
        propagation: MountSpec.Propagation = .rprivate, recursion: MountSpec.Recursion? = nil
    ) -> MountSpec {
        MountSpec(
            source: source, target: target, readOnly: readOnly, propagation: propagation, recursion: recursion,
            origin: .mountOption)
    }

    @Test(arguments: [
        ("type=bind,src=/a,dst=/b", mount(bind("/a", create: false), "/b")),
        ("type=bind,source=a,target=/b,readonly", mount(bind("/w/a", create: false), "/b", readOnly: true)),
        (
            "type=bind,source=/a,destination=/b,ro=false,bind-propagation=rslave",
            mount(bind("/a", create: false), "/b", propagation: .rslave)
        ),
        ("type=bind,src=/a,dst=/b,bind-nonrecursive", mount(bind("/a", create: false), "/b", recursion: .disabled)),
        (
            "type=bind,src=/a,dst=/b,ro,bind-recursive=writable,bind-create-src",
            mount(bind("/a"), "/b", readOnly: true, recursion: .writable)
        ),
        ("type=bind,\"src=/a,b\",dst=/b", mount(bind("/a,b", create: false), "/b")),
        ("type=tmpfs,dst=/t,tmpfs-size=64m,tmpfs-mode=1770", mount(.tmpfs(size: 67_108_864, mode: 0o1770), "/t")),
        ("type=tmpfs,destination=/t", mount(.tmpfs(size: nil, mode: nil), "/t")),
        ("dst=/b", mount(volume(nil), "/b")),
    ])
    func mountsAreReadByTheirParts(text: String, mount: MountSpec) throws {
        #expect(try MountOption.parse(text, directory: "/w") == mount)
    }

    @Test func volumesHaveDriversLabelsAndParts() throws {
        let text =
            "src=data,dst=/b,volume-nocopy,volume-subpath=a/b,volume-label=k=v,volume-driver=local,"
            + "volume-opt=type=none,\"volume-opt=o=bind,ro\",volume-opt=device=/d"
        guard case .volume(let found) = try MountOption.parse(text, directory: "/w").source else {
            Issue.record("no volume")
            return
        }
        #expect(found.name == "data")
        #expect(found.noCopy)
        #expect(found.subpath == "a/b")
        #expect(found.spec.labels == ["k": "v"])
        #expect(found.spec.options == ["type": "none", "o": "bind,ro", "device": "/d"])
    }

    @Test(arguments: [
        "", "type=bind,dst=/b", "type=bind,src=/a", "src=/a,dst=/b", "type=bogus,dst=/b", "type=bind,src=/a,dst=b",
        "type=bind,src=/a,dst=/b,bogus=1", "type=tmpfs,src=/a,dst=/b", "type=bind,src=/a,dst=/b,tmpfs-size=1m",
        "type=bind,src=/a,dst=/b,ro=perhaps", "type=tmpfs,dst=/t,tmpfs-mode=9", "type=bind,src=/a,dst=/b,volume-nocopy",
        "type=bind,src=/a,dst=/b,bind-recursive=writable", "type=bind,src=/a,dst=/b,bind-recursive=bogus",
        "type=bind,src=/a,dst=/b,ro,bind-recursive=readonly", "src=d,dst=/b,volume-subpath=/a", "src=d,dst=/b,\"ro",
        "dst=/b,volume-subpath=a", "src=dd,dst=/b,volume-opt=x", "src=dd,dst=/",
    ])
    func otherMountsAreRefused(text: String) {
        #expect(throws: EngineError.self) { try MountOption.parse(text, directory: "/w") }
    }

    @Test(arguments: [
        (
            "/t",
            MountSpec(source: .tmpfs(size: nil, mode: nil), target: "/t", origin: .tmpfsOption(options: ""))
        ),
        (
            "/t:size=1m,mode=700,ro,exec,uid=5",
            MountSpec(
                source: .tmpfs(size: 1_048_576, mode: 0o700), target: "/t", readOnly: true,
                options: ["exec", "uid=5"], origin: .tmpfsOption(options: "size=1m,mode=700,ro,exec,uid=5"))
        ),
    ])
    func tmpfsHasOptions(text: String, mount: MountSpec) throws {
        #expect(try TmpfsOption.parse(text) == mount)
    }

    @Test(arguments: ["", "t", "/", "/t:size=x", "/t:mode=8", "/t:bogus"])
    func otherTmpfsAreRefused(text: String) {
        #expect(throws: EngineError.self) { try TmpfsOption.parse(text) }
    }
}
