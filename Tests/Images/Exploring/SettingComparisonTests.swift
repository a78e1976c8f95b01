import Engine
import OCI
import Testing

@testable import Images

struct SettingComparisonTests {
    private func configuration(_ change: (inout ExecutionDefaults) -> Void) -> ImageConfiguration {
        var defaults = ExecutionDefaults()
        change(&defaults)
        return ImageConfiguration(architecture: "amd64", os: "linux", config: defaults, rootfs: .init(diffIDs: []))
    }

    private func lines(_ first: ImageConfiguration, _ second: ImageConfiguration) -> [String] {
        SettingComparison.differences(first, second).map { "\($0.name): \($0.old ?? "-") > \($0.new ?? "-")" }
    }

    @Test func allThatSaysHowContainersRunIsCompared() {
        let old = configuration {
            $0.environment = ["PATH=/bin", "OLD=1", "SAME=x=y"]
            $0.command = ["sh"]
            $0.user = "root"
            $0.exposedPorts = ["80/tcp": .init()]
            $0.labels = ["version": "1"]
        }
        let new = configuration {
            $0.environment = ["SAME=x=y", "PATH=/usr/bin:/bin", "BARE"]
            $0.command = ["sh", "-c", "a \"b\""]
            $0.entrypoint = ["/init"]
            $0.workingDirectory = "/srv"
            $0.volumes = ["/data": .init()]
            $0.stopSignal = "SIGINT"
            $0.labels = ["version": "2"]
            var check = HealthConfiguration()
            check.test = ["CMD", "true"]
            check.interval = 30_000_000_000
            check.retries = 3
            $0.healthcheck = check
        }
        #expect(
            lines(old, new) == [
                #"Cmd: ["sh"] > ["sh","-c","a \"b\""]"#, #"Entrypoint: - > ["/init"]"#, "Env BARE: - > ",
                "Env OLD: 1 > -", "Env PATH: /bin > /usr/bin:/bin", "ExposedPort 80/tcp:  > -",
                #"Healthcheck: - > ["CMD","true"] interval=30s retries=3"#, "Label version: 1 > 2",
                "StopSignal: - > SIGINT", "User: root > -", "Volume /data: - > ", "WorkingDir: - > /srv",
            ])
    }

    @Test func whatSaysNothingIsNoDifference() {
        let silent = ImageConfiguration(architecture: "amd64", os: "linux", rootfs: .init(diffIDs: ["x"]))
        let empty = configuration {
            $0.user = ""
            $0.command = []
            $0.labels = [:]
            $0.healthcheck = HealthConfiguration()
        }
        #expect(lines(silent, empty) == [])
    }

    @Test func anotherPlatformIsADifference() {
        let old = ImageConfiguration(architecture: "arm64", os: "linux", variant: "v8", rootfs: .init(diffIDs: []))
        let new = ImageConfiguration(architecture: "amd64", os: "linux", rootfs: .init(diffIDs: []))
        #expect(lines(old, new) == ["Architecture: arm64 > amd64", "Variant: v8 > -"])
    }
}
