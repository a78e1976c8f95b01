import Engine
import OCI
import Testing

struct PlatformTextTests {
    @Test(arguments: [
        ("linux/arm64/v8", "linux/arm64/v8"), ("linux/amd64", "linux/amd64"), ("linux/arm/v7", "linux/arm/v7"),
        ("linux/aarch64", "linux/arm64"), ("linux/x86_64", "linux/amd64"), ("linux/amd64/v1", "linux/amd64"),
        ("linux/amd64/v3", "linux/amd64/v3"), ("linux/armhf", "linux/arm/v7"), ("linux/armel", "linux/arm/v6"),
        ("linux/arm", "linux/arm/v7"), ("linux/arm/6", "linux/arm/v6"), ("linux/i386", "linux/386"),
        ("Linux/ARM64/8", "linux/arm64/v8"), ("windows/amd64", "windows/amd64"), ("macos/arm64", "darwin/arm64"),
        ("arm64", "linux/arm64"), ("x86_64", "linux/amd64"), ("armhf", "linux/arm/v7"), ("riscv64", "linux/riscv64"),
    ])
    func platformsAreReadInEveryonesWords(text: String, platform: String) throws {
        #expect(try Platform(text: text).text == platform)
    }

    @Test func aSystemAloneIsOnTheHostsProcessor() throws {
        #expect(try Platform(text: "linux") == Platform.host)
    }

    @Test(arguments: [
        "", "/", "linux/", "linux/amd64/v1/x", "sparc9000", "linux/am d64", "lin\u{1b}ux/amd64", "linux//v7",
    ])
    func whatIsNoPlatformIsToldHarmlessly(text: String) {
        do {
            _ = try Platform(text: text)
            Issue.record("\(text) was taken")
        } catch {
            #expect(error.code == .invalidArgument && !error.message.contains("\u{1b}"))
        }
    }

    @Test func whatWasReadRunsOnWhatItNames() throws {
        let image = Platform(architecture: "arm64", os: "linux", variant: "v8")
        #expect(try Platform(text: "arm64").runs(image) && Platform(text: "linux/arm64/v8").runs(image))
        #expect(try !Platform(text: "linux/arm/v7").runs(image))
    }
}
