import Engine
import OCI
import Testing

struct SpecReadingTests {
    private func read(_ text: String) throws(EngineError) -> Spec {
        try Spec.read(Array(text.utf8), name: "config.json")
    }

    private func refusal(_ text: String) -> String? {
        do throws(EngineError) {
            _ = try read(text)
            return nil
        } catch { return error.description }
    }

    @Test func namesThePathOfANumberThatIsAWord() {
        let text =
            #"{"ociVersion":"1.2.0","process":{"cwd":"/","rlimits":[{"type":"A","hard":1,"soft":1},{"type":"B","hard":"x","soft":1}]}}"#
        #expect(refusal(text) == "config.json: process.rlimits[1].hard: expected a number")
    }

    @Test func namesThePathOfWhatIsMissing() {
        #expect(refusal("{}") == "config.json: ociVersion: required, but missing")
        #expect(
            refusal(#"{"ociVersion":"1.2.0","process":{}}"#) == "config.json: process.cwd: required, but missing")
        #expect(
            refusal(#"{"ociVersion":"1.2.0","root":{"path":null}}"#)?.hasPrefix("config.json: root.path: required")
                == true)
    }

    @Test func namesThePathOfAnUnknownValue() {
        let text = #"{"ociVersion":"1.2.0","linux":{"namespaces":[{"type":"pid"},{"type":"mnt"}]}}"#
        #expect(refusal(text) == "config.json: linux.namespaces[1].type: unknown value 'mnt'")
    }

    @Test func namesKeysWithDotsInQuotes() {
        let text = #"{"ociVersion":"1.2.0","linux":{"sysctl":{"net.ipv4.ip_forward":1}}}"#
        #expect(
            refusal(text) == #"config.json: linux.sysctl["net.ipv4.ip_forward"]: expected a string"#)
    }

    @Test func tellsNumbersOutOfRangeApartFromOthers() throws {
        let text = #"{"ociVersion":"1.2.0","process":{"cwd":"/","user":{"uid":4294967296}}}"#
        #expect(refusal(text) == "config.json: process.user.uid: 4294967296 is out of range")
        let minus = #"{"ociVersion":"1.2.0","process":{"cwd":"/","user":{"uid":-1}}}"#
        #expect(refusal(minus) == "config.json: process.user.uid: -1 is out of range")
        let part = #"{"ociVersion":"1.2.0","process":{"cwd":"/","user":{"uid":1.5}}}"#
        #expect(refusal(part) == "config.json: process.user.uid: 1.5 is out of range")
        let whole = #"{"ociVersion":"1.2.0","process":{"cwd":"/","user":{"uid":1e3}}}"#
        #expect(try read(whole).process?.user.uid == 1000)
    }

    @Test func refusesWhatIsNotJSON() {
        #expect(refusal("{") == "config.json: not valid JSON: line 1, column 2: expected a member's name in quotes")
        #expect(refusal("{\n  \"a\": tru\n}") == "config.json: not valid JSON: line 2, column 11: expected true")
        #expect(refusal("{} x")?.hasSuffix("something follows the document's end") == true)
        #expect(refusal(String(repeating: "[", count: 100_000))?.hasSuffix("nested too deeply") == true)
        #expect(refusal("[]") == "config.json: the document: expected an object")
        for text in ["", "\"", "\"\\", "\"\\u12", "\"\u{1}\"", "-", "1.", "1e", "01", "[1,]", "{\"a\"}", "nul"] {
            #expect(refusal(text)?.hasPrefix("config.json: not valid JSON") == true, "\(text)")
        }
    }

    @Test func passesOverMembersItDoesNotKnow() throws {
        let text = #"{"ociVersion":"1.2.0","x":1,"process":{"cwd":"/","y":[{}]},"linux":{"netDevices":{"eth0":{}}}}"#
        #expect(try read(text).process?.cwd == "/")
    }

    @Test func takesRootForAUserWhoIsNotNamed() throws {
        #expect(try read(#"{"ociVersion":"1.2.0","process":{"cwd":"/"}}"#).process?.user == User(uid: 0, gid: 0))
        let text = #"{"ociVersion":"1.2.0","process":{"cwd":"/","user":{"uid":5,"additionalGids":[7]}}}"#
        #expect(try read(text).process?.user == User(uid: 5, gid: 0, additionalGids: [7]))
    }

    @Test func readsEveryEscape() throws {
        let text = #"{"ociVersion":"1.2.0","hostname":"\"\\\/\b\f\n\r\té\ud83d\ude00\ud83dx"}"#
        #expect(try read(text).hostname == "\"\\/\u{8}\u{c}\n\r\té😀\u{fffd}x")
    }

    @Test func keepsTheLargestNumbersWhole() throws {
        let text = """
            {"ociVersion":"1.2.0","linux":{"seccomp":{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["a"],
            "action":"SCMP_ACT_ERRNO","args":[{"index":0,"value":18446744073709551615,"op":"SCMP_CMP_EQ"}]}]}}}
            """
        #expect(try read(text).linux?.seccomp?.syscalls?.first?.args?.first?.value == UInt64.max)
    }

    @Test func writesWhatItReads() throws {
        let spec = Spec(
            process: Process(
                consoleSize: .init(height: 24, width: 80), cwd: "/", args: ["true"], apparmorProfile: "unconfined",
                scheduler: Scheduler(policy: "SCHED_FIFO", priority: 3),
                ioPriority: LinuxIOPriority(class: "IOPRIO_CLASS_BE"),
                execCPUAffinity: CPUAffinity(initial: "0")),
            root: Root(path: "rootfs"),
            mounts: [Mount(destination: "/a", uidMappings: [LinuxIDMapping(containerID: 0, hostID: 1, size: 2)])],
            hooks: Hooks(prestart: [Hook(path: "/bin/true", timeout: 3)]),
            linux: Linux(
                resources: LinuxResources(
                    devices: [LinuxDeviceCgroup(allow: false, access: "rwm")],
                    blockIO: .init(weight: 10, throttleReadBpsDevice: [.init(major: 8, minor: 0, rate: 1)]),
                    unified: ["memory.high": "1"]),
                personality: LinuxPersonality(domain: "LINUX32"),
                timeOffsets: ["monotonic": LinuxTimeOffset(secs: 1, nanosecs: 2)]))
        #expect(try Spec.read(SpecDocument.write(spec), name: "config.json") == spec)
    }
}
