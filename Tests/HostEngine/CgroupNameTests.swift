import Testing

@testable import HostEngine

/// Paths as engines on real hosts make them.
struct CgroupNameTests {
    private static let id = String(repeating: "0123456789abcdef", count: 4)
    private static let pod = "3f5b8e0e-6c1b-4a5d-9c3e-0123456789ab"

    @Test(arguments: [
        ("/docker/ID", ContainerOrigin.docker), ("/system.slice/docker-ID.scope", .docker),
        ("/user.slice/user-1000.slice/user@1000.service/app.slice/docker-ID.scope", .docker),
        ("/machine.slice/libpod-ID.scope", .podman), ("/libpod_parent/libpod-ID", .podman), ("/own/libpod-ID", .podman),
        ("/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope", .podman),
        ("/default/ID", .containerd), ("/system.slice/nerdctl-ID.scope", .containerd),
        ("/system.slice/cri-containerd-ID.scope", .containerd), ("/machine.slice/crio-ID.scope", .crio),
        ("/spyhop/ID", .spyhop),
        ("/kubepods/burstable/podPOD/ID", .kubernetes), ("/kubepods/podPOD/ID", .kubernetes),
        (
            "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podUNDER.slice/cri-containerd-ID.scope",
            .kubernetes
        ),
        ("/kubepods.slice/kubepods-podUNDER.slice/crio-ID.scope", .kubernetes),
        ("/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podUNDER.slice/docker-ID.scope", .kubernetes),
    ])
    func anEnginesPathIsRecognised(path: String, origin: ContainerOrigin) throws {
        let text = path.replacing("POD", with: Self.pod).replacing("UNDER", with: Self.pod.replacing("-", with: "_"))
            .replacing("ID", with: Self.id)
        let name = try #require(CgroupName(text.split(separator: "/").map(String.init)))
        #expect(name.origin == origin)
        #expect(name.id == Self.id)
        #expect(name.hasIdentifier)
        #expect(name.podUID == (origin == .kubernetes ? Self.pod : nil))
    }

    @Test(arguments: [
        ("/lxc.payload.web", ContainerOrigin.lxc, "web"), ("/lxc/web", .lxc, "web"),
        ("/machine.slice/systemd-nspawn@deb\\x2d12.service", .nspawn, "deb-12"),
        ("/machine.slice/machine-deb.scope", .nspawn, "deb"), ("/system.slice/ssh.service", .service, "ssh"),
        ("/system.slice/system-getty.slice/getty@tty1.service", .service, "getty@tty1"),
    ])
    func whatHasANameKeepsIt(path: String, origin: ContainerOrigin, name: String) throws {
        let found = try #require(CgroupName(path.split(separator: "/").map(String.init)))
        #expect(found.origin == origin)
        #expect(found.id == name)
        #expect(!found.hasIdentifier)
    }

    @Test(arguments: [
        "/", "/docker", "/system.slice", "/machine.slice/libpod-conmon-ID.scope", "/machine.slice/crio-conmon-ID.scope",
        "/lxc.monitor.web", "/user.slice/user-1000.slice/session-1.scope", "/init.scope", "/kubepods/burstable/podPOD",
        "/docker/0123", "/machine.slice/machine-qemu\\x2d1\\x2dvm.scope", "/system.slice/docker.socket",
    ])
    func whatIsNoContainerIsNone(path: String) {
        let text = path.replacing("POD", with: Self.pod).replacing("ID", with: Self.id)
        #expect(CgroupName(text.split(separator: "/").map(String.init)) == nil)
    }
}
