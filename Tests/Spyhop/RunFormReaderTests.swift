import Dashboard
import Engine
import Testing

@testable import SpyhopCommands

/// The dashboard's form, read as `run -d` reads its options.
struct RunFormReaderTests {
    private static let environment = ProcessEnvironment(
        lookup: { ["HOME": "/root", "TOKEN": "secret"][$0] }, workingDirectory: "/w", isRoot: true)

    private func read(_ change: (inout RunForm) -> Void) -> Result<ContainerSpec, RunForm.Refusal> {
        var form = RunForm()
        form.image = " busybox "
        change(&form)
        return RunFormReader(environment: Self.environment, cgroupParent: nil).spec(form)
    }

    private func reasons(_ change: (inout RunForm) -> Void) -> [RunForm.Field: String] {
        guard case .failure(let refusal) = read(change) else { return [:] }
        return refusal.reasons
    }

    @Test func everyFieldLandsInTheRequest() throws {
        let spec = try read { form in
            form.name = "web"
            form.command = "sh -c 'sleep 5; echo \"done\"'"
            form.ports = "8080:80 127.0.0.1:5353:53/udp"
            form.environment = "A=1 'B=two words' TOKEN"
            form.volumes = "data:/srv ./site:/var/www:ro"
            form.network = "front"
            form.restart = "unless-stopped"
        }.get()
        let plain = PlainRun.request(
            [
                "run", "-d", "--name", "web", "-p", "8080:80", "-p", "127.0.0.1:5353:53/udp", "-e", "A=1", "-e",
                "B=two words", "-e", "TOKEN", "-v", "data:/srv", "-v", "./site:/var/www:ro", "--network", "front",
                "busybox", "sh", "-c", "sleep 5; echo \"done\"",
            ], Self.environment)
        var expected = try #require(plain?.spec)
        expected.restartPolicy = .unlessStopped
        #expect(spec == expected)
    }

    @Test func anEmptyFormIsAPlainRun() throws {
        let spec = try read { $0.autoRemove = true }.get()
        let plain = PlainRun.request(["run", "-d", "--rm", "busybox"], Self.environment)
        #expect(spec == plain?.spec)
    }

    @Test func everyWrongFieldIsTold() {
        let reasons = reasons { form in
            form.image = " "
            form.command = "sh -c 'open"
            form.ports = "80:x"
            form.environment = "=1"
            form.volumes = "data:/srv other:/srv"
            form.network = "a host"
            form.restart = "often"
        }
        #expect(Set(reasons.keys) == [.image, .command, .ports, .environment, .volumes, .network, .restart])
        #expect(reasons[.ports] == "invalid containerPort: x")
        #expect(reasons[.volumes] == "two mounts have the target /srv")
    }

    @Test func whatContradictsIsTold() {
        #expect(
            reasons {
                $0.restart = "always"
                $0.autoRemove = true
            }[.autoRemove]?.hasPrefix("--rm and --restart always contradict each other") == true)
        #expect(
            reasons {
                $0.network = "host"
                $0.ports = "80:80"
            }.keys.first == .ports)
    }

    @Test(
        arguments: [
            ("", []), ("  a  b ", ["a", "b"]), ("'a b'c", ["a bc"]), ("a\\ b", ["a b"]), ("''", [""]),
            ("\"a\\\"b\\n\"", ["a\"b\\n"]), ("'\\'", ["\\"]), ("$HOME *", ["$HOME", "*"]),
        ] as [(String, [String])])
    func wordsAreSplitAsAShellDoes(line: String, expected: [String]) { #expect(ShellWords.split(line) == expected) }

    @Test(arguments: ["'a", "\"a", "a\\", "\"a\\"])
    func whatIsNotClosedIsNoLine(line: String) { #expect(ShellWords.split(line) == nil) }
}
