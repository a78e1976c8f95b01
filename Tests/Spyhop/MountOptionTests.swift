import Engine
import Testing

@testable import SpyhopCommands

struct MountOptionTests {
    private static func bind(_ path: String, create: Bool = true) -> MountSpec.Source {
        .bind(path: path, createMissing: create)
    }

    @Test(arguments: [
        ("/a:/b", MountSpec(source: bind("/a"), target: "/b")),
        ("./a:/b:ro", MountSpec(source: bind("/w/a"), target: "/b", readOnly: true)),
        ("/a:/b:rw,z,shared", MountSpec(source: bind("/a"), target: "/b", propagation: .shared)),
        ("/a/:/b/../c/", MountSpec(source: bind("/a"), target: "/c")),
    ])
    func volumesAreBinds(text: String, mount: MountSpec) throws {
        #expect(try VolumeOption.parse(text, directory: "/w") == mount)
    }

    @Test(arguments: ["/a", "data:/b", "/a:b", "/a:/", "/a:/b:bogus", ":/b", "/a:", "/a:/b:ro:x"])
    func otherVolumesAreRefused(text: String) {
        #expect(throws: EngineError.self) { try VolumeOption.parse(text, directory: "/w") }
    }

    @Test(arguments: [
        ("type=bind,src=/a,dst=/b", MountSpec(source: bind("/a", create: false), target: "/b")),
        (
            "type=bind,source=a,target=/b,readonly",
            MountSpec(source: bind("/w/a", create: false), target: "/b", readOnly: true)
        ),
        (
            "type=bind,source=/a,destination=/b,ro=false,bind-propagation=rslave",
            MountSpec(source: bind("/a", create: false), target: "/b", propagation: .rslave)
        ),
        (
            "type=tmpfs,dst=/t,tmpfs-size=64m,tmpfs-mode=1770",
            MountSpec(source: .tmpfs(size: 67_108_864, mode: 0o1770), target: "/t")
        ),
        ("type=tmpfs,destination=/t", MountSpec(source: .tmpfs(size: nil, mode: nil), target: "/t")),
    ])
    func mountsAreReadByTheirParts(text: String, mount: MountSpec) throws {
        #expect(try MountOption.parse(text, directory: "/w") == mount)
    }

    @Test(arguments: [
        "", "type=bind,dst=/b", "type=bind,src=/a", "type=volume,src=x,dst=/b", "src=/a,dst=/b", "type=bogus,dst=/b",
        "type=bind,src=/a,dst=b", "type=bind,src=/a,dst=/b,bogus=1", "type=tmpfs,src=/a,dst=/b",
        "type=bind,src=/a,dst=/b,tmpfs-size=1m", "type=bind,src=/a,dst=/b,ro=perhaps", "type=tmpfs,dst=/t,tmpfs-mode=9",
    ])
    func otherMountsAreRefused(text: String) {
        #expect(throws: EngineError.self) { try MountOption.parse(text, directory: "/w") }
    }

    @Test(arguments: [
        ("/t", MountSpec(source: .tmpfs(size: nil, mode: nil), target: "/t")),
        (
            "/t:size=1m,mode=700,ro,noexec",
            MountSpec(source: .tmpfs(size: 1_048_576, mode: 0o700), target: "/t", readOnly: true)
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
