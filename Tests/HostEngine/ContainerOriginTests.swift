import HostEngine
import Testing

struct ContainerOriginTests {
    @Test func originsAreCalledAsPeopleCallThem() {
        #expect(ContainerOrigin(rawValue: "cri-o") == .crio)
        #expect(ContainerOrigin(rawValue: "systemd-nspawn") == .nspawn)
    }
}
